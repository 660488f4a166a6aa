import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { findBrowser } from '../../electron/shell/browser.ts'
import { openHall, walk, type Hall } from '../../electron/training/index.ts'
import type { View } from '../../shared/contract/index.ts'
import { agree, confirmToDeclare, leave } from '../fixtures/file-dossier.ts'
import { openPage } from '../fixtures/page-client.ts'
import { plans } from '../fixtures/plans.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { figure, percentile, type Figure } from './figure.ts'
import { timedFinger, type Noted } from './timed-finger.ts'

const programs = fileURLToPath(new URL('../../dist/electron', import.meta.url))
const pageDir = fileURLToPath(new URL('../../dist/renderer', import.meta.url))
const VIEWPORT = { width: 1080, height: 1920 }
/** A small kiosk's processor, of this one. */
const SLOWER = 6
/** Answered by touches alone, so that no typing hides a slow screen. */
const PROCEDURE = { group: 'civil-status', code: '1.004873' }
const CITIZEN = 'father'
/** Enough touches that the slowest one alone is not the figure. */
const FILINGS = 5
const SESSIONS = 500
/**
 * Code and fonts that come with the first sessions are no growth: of 5 MB, 140 kB came between the
 * hundredth and the two hundredth, 30 in the next hundred, 6 in the eighth.
 */
const WARM_UP_SESSIONS = 200

/**
 * The page in use: how soon the next screen stands after a touch, the longest that it is deaf, what
 * moves under a finger, on a processor that is six times slower; and its memory over a week of
 * citizens.
 */
export async function pageLifeBench(): Promise<readonly Figure[]> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser: install Chromium')
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const hall = await openHall({ programs, dataDir: join(dir, 'kiosk'), stderr: 'ignore' })
  if (!hall.ok) throw new Error('the kiosk did not start')
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const { noted, first } = await useSlowly(browser, hall.value)
    const views = await recordSession(hall.value)
    const growth = await liveThrough(browser, views)
    const touches = `${noted.paints.length} touches, CPU slowed ${SLOWER}x`
    return [
      paintFigure('first citizen after the page came', noted.paints.slice(0, first)),
      paintFigure('every later citizen', noted.paints.slice(first)),
      figure('page', 'longest task in use', noted.longest, 'ms', '<=', 200, touches),
      figure('page', 'layout shift in use', noted.shift, '', '<=', 0.001, touches),
      figure('page', `memory over ${SESSIONS} sessions`, growth, 'x', '<=', 1.05),
    ]
  } finally {
    await browser.close()
    await hall.value.close()
    await rm(dir, { recursive: true, maxRetries: 3 })
  }
}

function paintFigure(who: string, paints: readonly number[]): Figure {
  return figure(
    'page',
    `next screen after a touch, p95, ${who}`,
    percentile(paints, 0.95),
    'ms',
    '<=',
    100,
    `median ${Math.round(percentile(paints, 0.5))} of ${paints.length}, CPU slowed ${SLOWER}x`,
  )
}

/**
 * A few filings by touches on the real page of a slow machine. `first`: how many of the touches were
 * the first citizen's, for whom the page's code had not run before.
 */
async function useSlowly(browser: Browser, hall: Hall): Promise<{ noted: Noted; first: number }> {
  const page = await browser.newPage({ viewport: VIEWPORT, hasTouch: true })
  const finger = await timedFinger(page)
  await page.goto(hall.url)
  const journey = walk(page, finger.touch)
  await journey.waitFor('attract.title')
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  // Loading is another figure; from here on the page is in use.
  await finger.start()
  let first = 0
  for (let filing = 0; filing < FILINGS; filing += 1) {
    await journey.identify(() => hall.world.scan(CITIZEN))
    await journey.choose(PROCEDURE.group, PROCEDURE.code)
    await journey.goOn()
    await journey.answerAll(plans[PROCEDURE.code]?.answers ?? {})
    await journey.pledge()
    await journey.tap(page.locator('[data-say="frame.finish"]'))
    await journey.waitFor('leave.title')
    await journey.goOn()
    await journey.waitFor('attract.title')
    if (filing === 0) first = (await finger.noted()).paints.length
  }
  const noted = await finger.noted()
  await page.close()
  return { noted, first }
}

/** The views of one visit, from the first screen to the declaration and back. */
async function recordSession(hall: Hall): Promise<readonly View[]> {
  const page = await openPage(hall.url)
  const views: View[] = []
  let last = ''
  const recording = setInterval(() => {
    void page.see((view) => {
      const shown = JSON.stringify(view.session)
      if (shown !== last) views.push(view)
      last = shown
      return true
    })
  }, 1)
  await page.screen('attract')
  await page.act({ type: 'start' })
  await agree(page)
  await page.screen('identify')
  await page.see(({ devices }) => devices.scanner.state === 'ready')
  await hall.world.scan(CITIZEN)
  await page.screen('confirm')
  await confirmToDeclare(page, PROCEDURE.code)
  await leave(page)
  clearInterval(recording)
  page.close()
  return views
}

/** Bytes of the page's memory after so many sessions, as a multiple of what it had warmed up. */
async function liveThrough(browser: Browser, views: readonly View[]): Promise<number> {
  const [first] = views
  if (first === undefined) throw new Error('nothing was recorded')
  const served = await serveView(first, pageDir)
  const page = await browser.newPage({ viewport: VIEWPORT })
  await page.goto(served.url)
  await page.locator('h1').waitFor()
  const cdp = await page.context().newCDPSession(page)
  const live = async (sessions: number) => {
    for (let session = 0; session < sessions; session += 1) {
      for (const view of views) {
        served.show(view)
        await nextFrame(page)
      }
    }
    return memoryOf(cdp)
  }
  const warm = await live(WARM_UP_SESSIONS)
  const after = await live(SESSIONS)
  await page.close()
  await served.close()
  return after / warm
}

const nextFrame = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())))

async function memoryOf(cdp: CDPSession): Promise<number> {
  // What the first frees may hold more.
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize
}
