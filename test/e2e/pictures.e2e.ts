import type { Page } from '@playwright/test'
import { usualWay } from '../../electron/training/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { sum } from '../bench/effort/cost.ts'
import { effortWorld } from '../bench/effort/index.ts'
import { costOfForm } from '../bench/effort/measure.ts'
import { pictureCost } from '../bench/effort/pictures.ts'
import { costOfBeginning, placeInGroup } from '../bench/effort/screens.ts'
import { expect, test } from './kiosk.ts'

/**
 * A dossier by pictures and voice: whoever cannot read knows a tile by its drawing, hears it when it
 * is touched, and goes on with the key that is always at the same place.
 */
declare global {
  interface Window {
    saidKeys: string[]
  }
}

const { pack } = await effortWorld()

/** Keeps what is said. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.saidKeys = []
    addEventListener('kiosk:said', (event) => {
      if (event instanceof CustomEvent) window.saidKeys.push(event.detail.key)
    })
  })
  await page.reload()
}

/** Somebody who looks for drawings, listens, and reads nothing. */
function withoutReading(page: Page) {
  let taps = 0
  const hear = (key: string | RegExp) =>
    expect.poll(() => page.evaluate(() => window.saidKeys.join(' '))).toMatch(key)
  const tap = async (selector: string) => {
    taps += 1
    await page.locator(selector).click()
  }
  return {
    taps: () => taps,
    hear,
    tap,
    goOn: () => tap('.action .btn--go'),
    /** Touches the tile of a value: known by a drawing that no other tile has, it says itself. */
    async choose(value: string): Promise<void> {
      const tiles = page.locator('.tile--choice')
      const drawn = await tiles.evaluateAll((all) =>
        all.map((tile) => tile.querySelector('.draw use')?.getAttribute('href') ?? 'none'),
      )
      // Peoples have no pictures: their tiles look alike, and are told apart by ear.
      const different = drawn.every((one) => one === 'none') ? 1 : drawn.length
      expect(new Set(drawn).size).toBe(different)
      const tile = page.locator('.tile--choice', { has: page.locator(`input[value="${value}"]`) })
      const label = await tile.locator('.tile__word [data-say]').getAttribute('data-say')
      taps += 1
      await tile.click()
      await hear(label ?? '')
    },
  }
}

// Choices, peoples among them; choices and a number.
for (const code of ['1.004873', '2.000884']) {
  test(`${code} is filed by pictures and voice, without a word that must be read`, async ({
    kiosk,
    page,
  }, info) => {
    const procedure = pack.find((one) => one.code === code)
    const way = procedure && usualWay(procedure, localDate(Date.now()))
    if (!procedure || !way) throw new Error(`nobody files ${code}`)
    await listen(page)
    const { journey, hall } = kiosk
    const me = withoutReading(page)

    await journey.waitFor('attract.title')
    await me.tap('.tile:has(use[href="#listen"])')
    await me.hear('notice.title')
    await me.goOn()
    await me.hear('identify.title')
    await hall.world.scan(way.citizen)
    await me.hear('confirm.title')
    await me.goOn()
    await me.hear('choose.title')
    await me.choose(procedure.group)
    await me.goOn()
    await me.hear('choose.group-title')
    await me.choose(code)
    await me.goOn()
    await me.hear(/prepare\.title/)
    await me.goOn()
    for (const { key, answer } of way.answers) {
      await me.hear(`procedure.${code}.question.${key}`)
      if (answer === null) await me.tap('.action .btn:not(.btn--go)')
      else if (/^\d+$/.test(answer)) {
        for (const digit of answer) await me.tap(`.digits .key:text-is("${digit}")`)
        await me.hear('value.letter')
        await me.goOn()
      } else {
        await me.choose(answer)
        await me.goOn()
      }
    }
    await me.hear('review.title')
    await me.tap('.pledge .tile--choice')
    await me.hear(`procedure.${code}.declaration`)
    await me.goOn()
    await journey.waitFor('done.title-accepted')
    await me.hear('done.title-accepted')
    expect((await hall.world.state()).accepted).toBe(1)

    const { taps } = sum([
      costOfBeginning(placeInGroup(procedure, pack)),
      costOfForm(procedure, way.known, way.path, null),
    ])
    expect(me.taps()).toBe(taps + pictureCost(procedure, way.path, pack, null).more)

    const said = await page.evaluate(() => window.saidKeys)
    await info.attach('said.json', { body: JSON.stringify(said), contentType: 'application/json' })
    process.stdout.write(
      `# ${code} by pictures and voice: ${me.taps()} taps, by reading: ${taps}\n`,
    )
  })
}
