import type { Browser, Page } from 'playwright-core'
import { walk, type Hall } from '../../electron/training/index.ts'
import { plans } from '../fixtures/plans.ts'
import { copyScreens, openBarePage } from './bare-page.ts'
import { timedFinger, type Noted, type Paint, type TimedFinger } from './timed-finger.ts'

/** A small kiosk's processor, of this one. */
export const SLOWER = 6
export const VIEWPORT = { width: 1080, height: 1920 }
/** Answered by touches alone, so that no typing hides a slow screen. */
export const PROCEDURE = { group: 'civil-status', code: '1.004873' }
export const CITIZEN = 'father'
/** After the first: enough that the middle one does not tell of the machine's moods. */
const LATER_CITIZENS = 5

/** What citizens saw, one after the other, and beside each but the first the bare page. */
export interface PageUse extends Omit<Noted, 'paints'> {
  readonly first: readonly Paint[]
  readonly later: readonly { readonly ours: readonly Paint[]; readonly bare: readonly Paint[] }[]
}

/**
 * A few filings by touches on the real page of a slow machine, in turns with a bare page that shows
 * the same screens. The first citizen meets code that has not run before.
 */
export async function usePageSlowly(browser: Browser, hall: Hall): Promise<PageUse> {
  const page = await browser.newPage({ viewport: VIEWPORT, hasTouch: true })
  const finger = await timedFinger(page)
  await page.goto(hall.url)
  await walk(page).waitFor('attract.title')
  // Loading is another figure; from here on the page is in use.
  await page.locator('.library').waitFor({ state: 'attached' })
  await useFromHere(page, finger)

  const copies = await copyScreens(page)
  await fileOnce(page, hall, async (target) => {
    if (await finger.touch(target)) await copies.add()
  })
  const { paints: first } = await finger.noted()

  const bare = await openBarePage(browser, copies.drawn(), VIEWPORT)
  await useFromHere(bare.page, bare.finger)
  const later = []
  for (let citizen = 0; citizen < LATER_CITIZENS; citizen += 1) {
    const before = await finger.noted()
    await fileOnce(page, hall, async (target) => void (await finger.touch(target)))
    const beforeBare = await bare.finger.noted()
    for (const _ of first) await bare.finger.touch(bare.page.locator('.btn--go'))
    later.push({
      ours: (await finger.noted()).paints.slice(before.paints.length),
      bare: (await bare.finger.noted()).paints.slice(beforeBare.paints.length),
    })
  }
  const { longest, shift } = await finger.noted()
  await page.close()
  await bare.page.close()
  return { first, later, longest, shift }
}

async function useFromHere(page: Page, finger: TimedFinger): Promise<void> {
  await finger.rest()
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await finger.start()
}

/** From the first screen to the receipt and back to the first screen. */
async function fileOnce(
  page: Page,
  hall: Hall,
  touch: (...target: Parameters<TimedFinger['touch']>) => Promise<void>,
): Promise<void> {
  const journey = walk(page, touch)
  await journey.identify(() => hall.world.scan(CITIZEN))
  await journey.choose(PROCEDURE.group, PROCEDURE.code)
  await journey.goOn()
  await journey.answerAll(plans[PROCEDURE.code]?.answers ?? {})
  await journey.pledge()
  await journey.tap(page.locator('[data-say="frame.finish"]'))
  await journey.waitFor('leave.title')
  await journey.goOn()
  await journey.waitFor('attract.title')
}
