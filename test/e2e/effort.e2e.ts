import { localDate } from '../../shared/domain/local-time.ts'
import { createPlaces } from '../../electron/places/index.ts'
import { shipped } from '../../electron/places/testing.ts'
import { trainingCommune, usualWay } from '../../electron/training/index.ts'
import { sum } from '../bench/effort/cost.ts'
import { effortWorld } from '../bench/effort/index.ts'
import { costOfForm } from '../bench/effort/measure.ts'
import { costOfBeginning, placeInGroup } from '../bench/effort/screens.ts'
import { expect, test } from './kiosk.ts'

/**
 * The counter of the effort benchmark against the real page: what it says that a filing costs is what
 * the page's own input layer counts while somebody files it.
 */

/** Tells of every touch, of those on a key, and of every screen that is drawn anew. */
const COUNTERS = `
  addEventListener('pointerup', ({ isTrusted, target }) => {
    if (!isTrusted) return
    void counted('tap')
    if (target.closest('.key') !== null) void counted('key')
  }, true)
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        const title = node.matches('h1') ? node : node.querySelector('h1')
        if (title !== null) void counted('screen ' + title.querySelector('[data-say]')?.dataset.say)
      }
    }
  }).observe(document, { childList: true, subtree: true })
`

const { pack } = await effortWorld()

// Choices and a list of ethnic groups; two cards, a date, words, an old place and a paper; a table.
for (const code of ['1.004873', '1.000656', '2.000635', '1.001776', '2.001019']) {
  test(`${code} costs what the counter says`, async ({ kiosk, page }) => {
    const procedure = pack.find((one) => one.code === code)
    const way = procedure && usualWay(procedure, localDate(Date.now()))
    if (!procedure || !way) throw new Error(`nobody files ${code}`)
    const heard: string[] = []
    await page.exposeFunction('counted', (what: string) => void heard.push(what))
    await page.addInitScript({ content: COUNTERS })
    await page.reload()

    const { journey, hall } = kiosk
    await expect(page.locator('[data-say="attract.hint"]')).toBeVisible()
    await hall.world.scan(way.citizen)
    await journey.agree()
    await journey.waitFor('confirm.title')
    await journey.goOn()
    await journey.choose(procedure.group, code)
    await journey.goOn()
    let listed = false
    for (const { key, answer, scan } of way.answers) {
      const field = procedure.form.fields.find((one) => one.key === key)
      await journey.waitFor(`procedure.${code}.question.${field?.wordsOf ?? key}`)
      if (field?.input.kind === 'address') {
        await expect(page.locator('.keys, [data-say="address.other"]').first()).toBeVisible()
        listed ||= (await page.locator('[data-say="address.other"]').count()) > 0
      }
      if (scan !== null) {
        await hall.world.scanText(scan)
        await expect(page.locator('[data-say="second-card.yes"]')).toBeVisible()
      }
      await journey.answer(answer)
    }
    await journey.waitFor('papers.*', 'review.title')
    await journey.answerAll({})
    await journey.declare()
    await journey.waitFor('done.title-accepted')
    await expect(page.locator('.dossier')).toHaveText(/^H19\.99-\d{8}-0000001$/)
    expect((await hall.world.state()).accepted).toBe(1)

    const places = listed ? createPlaces(shipped, trainingCommune) : null
    const expected = sum([
      costOfBeginning(placeInGroup(procedure, pack)),
      costOfForm(procedure, way.known, way.path, places),
    ])
    const screens = heard.filter((what) => /^screen (?!submitting)/.test(what))
    expect({
      taps: heard.filter((what) => what === 'tap').length,
      keys: heard.filter((what) => what === 'key').length,
      characters: journey.charactersTyped(),
      screens: screens.length,
    }).toEqual({
      taps: expected.taps,
      keys: expected.keys,
      characters: expected.characters,
      screens: expected.screens,
    })
  })
}
