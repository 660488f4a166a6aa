import type { Page } from '@playwright/test'
import { usualWay } from '../../electron/training/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { sum } from '../bench/effort/cost.ts'
import { effortWorld } from '../bench/effort/index.ts'
import { costOfForm } from '../bench/effort/measure.ts'
import { costOfBeginning, placeInGroup } from '../bench/effort/screens.ts'
import { plans } from '../fixtures/plans.ts'
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

const CODE = '1.004873'

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
        all.map((tile) => tile.querySelector('use')?.getAttribute('href') ?? ''),
      )
      expect(drawn).not.toContain('')
      // Peoples have no pictures: their tiles look alike, and are told apart by ear.
      expect([1, drawn.length]).toContain(new Set(drawn).size)
      const tile = page.locator('.tile--choice', { has: page.locator(`input[value="${value}"]`) })
      const label = await tile.locator('.tile__word [data-say]').getAttribute('data-say')
      taps += 1
      await tile.click()
      await hear(label ?? '')
    },
  }
}

test('a dossier is filed by pictures and voice, without a word that must be read', async ({
  kiosk,
  page,
}, info) => {
  test.setTimeout(180_000)
  await listen(page)
  const { journey, hall } = kiosk
  const me = withoutReading(page)
  const plan = plans[CODE]
  if (plan === undefined) throw new Error(`no plan for ${CODE}`)

  await journey.waitFor('attract.title')
  await me.tap('.tile:has(use[href="#listen"])')
  await me.hear('notice.title')
  await me.goOn()
  await me.hear('identify.title')
  await hall.world.scan('father')
  await me.hear('confirm.title')
  await me.goOn()
  await me.hear('choose.title')
  await me.choose(plan.group)
  await me.goOn()
  await me.hear('choose.group-title')
  await me.choose(CODE)
  await me.goOn()
  await me.hear(/prepare\.title/)
  await me.goOn()
  for (const [asked, value] of Object.entries(plan.answers)) {
    const question = `procedure.${CODE}.question.${asked}`
    await me.hear(question)
    if (value === null) await me.tap('.action .btn:not(.btn--go)')
    else {
      await me.choose(value)
      await me.goOn()
    }
  }
  await me.hear('review.title')
  await me.tap('.pledge .tile--choice')
  await me.hear(`procedure.${CODE}.declaration`)
  await me.goOn()
  await journey.waitFor('done.title-accepted')
  await me.hear('done.title-accepted')
  expect((await hall.world.state()).accepted).toBe(1)

  const { pack } = await effortWorld()
  const procedure = pack.find((one) => one.code === CODE)
  const way = procedure && usualWay(procedure, localDate(Date.now()))
  if (!procedure || !way) throw new Error(`nobody files ${CODE}`)
  const reading = sum([
    costOfBeginning(placeInGroup(procedure, pack)),
    costOfForm(procedure, way.known, way.path, null),
  ])
  expect(me.taps()).toBeLessThanOrEqual(1.5 * reading.taps)

  const said = await page.evaluate(() => window.saidKeys)
  await info.attach('said.json', { body: JSON.stringify(said), contentType: 'application/json' })
  const { taps } = reading
  process.stdout.write(`# ${CODE} by pictures and voice: ${me.taps()} taps, by reading: ${taps}\n`)
})
