import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { findBrowser } from '../../electron/shell/browser.ts'
import { openHall, type Hall } from '../../electron/training/index.ts'
import type { View } from '../../shared/contract/index.ts'
import { agree, confirmToDeclare, leave } from '../fixtures/file-dossier.ts'
import { openPage } from '../fixtures/page-client.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { figure, median, type Figure } from './figure.ts'
import { CITIZEN, PROCEDURE, SLOWER, usePageSlowly, VIEWPORT, type PageUse } from './page-use.ts'
import type { Paint } from './timed-finger.ts'

const programs = fileURLToPath(new URL('../../dist/electron', import.meta.url))
const pageDir = fileURLToPath(new URL('../../dist/renderer', import.meta.url))
const SESSIONS = 500
/**
 * Code and fonts that come with the first sessions are no growth: of 5 MB, 140 kB came between the
 * hundredth and the two hundredth, 30 in the next hundred, 6 in the eighth.
 */
const WARM_UP_SESSIONS = 200

/**
 * The page in use: how soon the next screen stands after a touch, beside the least that a page with
 * the same screens needs; the longest that it is deaf, what moves under a finger, on a processor that
 * is six times slower; and its memory over a week of citizens.
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
    const use = await usePageSlowly(browser, hall.value)
    const views = await recordSession(hall.value)
    const growth = await liveThrough(browser, views)
    const ours = use.later.map((citizen) => citizen.ours)
    const touches = `${[use.first, ...ours].flat().length} touches, CPU slowed ${SLOWER}x`
    return [
      slowestFigure('question', ours.map(questions)),
      slowestFigure('screen', ours),
      slowestFigure('screen, first citizen after the page came', [use.first]),
      bareFigure(use),
      figure('page', 'longest task in use', use.longest, 'ms', '<=', 200, touches),
      figure('page', 'layout shift in use', use.shift, '', '<=', 0.001, touches),
      figure('page', `memory over ${SESSIONS} sessions`, growth, 'x', '<=', 1.05),
    ]
  } finally {
    await browser.close()
    await hall.value.close()
    await rm(dir, { recursive: true, maxRetries: 3 })
  }
}

const questions = (paints: readonly Paint[]) => paints.filter(({ question }) => question)
const middle = (paints: readonly Paint[]) => median(paints.map(({ ms }) => ms))

/** From a touch to the slowest of each citizen's screens; the citizen in the middle counts. */
function slowestFigure(what: string, citizens: readonly (readonly Paint[])[]): Figure {
  const slowest = citizens.map((paints) => Math.max(...paints.map(({ ms }) => ms)))
  const all = citizens.flat()
  const range = `${Math.min(...slowest).toFixed(0)}..${Math.max(...slowest).toFixed(0)}`
  const detail = `${citizens.length} citizens ${range}; median of ${all.length} touches ${middle(all).toFixed(0)} ms, CPU slowed ${SLOWER}x`
  return figure('page', `slowest next ${what}`, median(slowest), 'ms', '<=', 100, detail)
}

/** What is ours in it: against a page that only shows the same screens, in the same minute. */
function bareFigure({ later }: PageUse): Figure {
  const ratios = later.map(({ ours, bare }) => middle(ours) / middle(bare))
  const range = `${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)}`
  const theirs = later.flatMap(({ bare }) => bare)
  const slowest = median(later.map(({ bare }) => Math.max(...bare.map(({ ms }) => ms))))
  const baseline = `a bare page with the same screens: median ${middle(theirs).toFixed(0)} ms, slowest of a citizen ${slowest.toFixed(0)}; ${range}`
  return figure('page', 'next screen, ratio (median)', median(ratios), 'x', '<=', 1.5, baseline)
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
