import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type Page, type Response } from 'playwright-core'
import { findBrowser } from '../../electron/shell/browser.ts'
import { openHall } from '../../electron/training/index.ts'
import { serveEmptyPage } from './empty-page.ts'
import { figure, median, type Figure } from './figure.ts'

const programs = fileURLToPath(new URL('../../dist/electron', import.meta.url))
/** The first warms browser, disk and core up. */
const ROUNDS = 12
/** Three weights of Be Vietnam Pro, each in a Latin and a Vietnamese part. */
const FONTS_KB = 110
const MARK = 'touched'

/** A page: its main button, and what shows that a touch on it was answered. */
interface Subject {
  readonly url: string
  readonly button: string
  readonly answer: string
}

/**
 * Weight of the first load, and time to interactive: from the start of the navigation until the
 * main button is drawn where a finger hits it, nothing covers or disables it, and a touch at that
 * moment is answered. For the kiosk this needs the core's first snapshot, for the empty React page
 * its first drawing; the answer itself (a way to the core, the next screen) is waited for but not
 * timed. Both in one Chromium, in turns, with nothing cached.
 */
export async function pageBench(): Promise<readonly Figure[]> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser: install Chromium')
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const empty = await serveEmptyPage(join(dir, 'empty'))
  const hall = await openHall({ programs, dataDir: join(dir, 'kiosk'), stderr: 'ignore' })
  if (!hall.ok) throw new Error('the kiosk did not start')
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const kiosk: Subject = {
      url: hall.value.url,
      button: '.action .btn--go',
      answer: 'h1 [data-say="notice.title"]',
    }
    const plain: Subject = { url: empty.url, button: '#go', answer: '#touched' }
    const { code, fonts } = await weigh(browser, kiosk)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const our = await load(browser, kiosk, backToFirstScreen)
      const their = await load(browser, plain)
      if (round === 0) continue
      ours.push(our)
      theirs.push(their)
    }
    const ratio = median(ours.map((ms, at) => ms / (theirs[at] ?? Number.NaN)))
    const baseline = `empty Vite + React page ${median(theirs).toFixed(0)} ms, kiosk ${median(ours).toFixed(0)} ms; ${ours.length} rounds`
    return [
      figure('page', 'first load, gzip', code, 'kB', '<=', 170),
      figure('page', 'fonts of the first load', fonts, 'kB', '<=', FONTS_KB),
      figure('page', 'time to interactive, ratio (median)', ratio, 'x', '<=', 1.5, baseline),
    ]
  } finally {
    await browser.close()
    await hall.value.close()
    empty.close()
    await rm(dir, { recursive: true, maxRetries: 3 })
  }
}

/** Opens the page as one that was never here; milliseconds until a touch that was answered. */
async function load(
  browser: Browser,
  subject: Subject,
  after: (page: Page) => Promise<void> = async () => {},
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(touchWhenReady, { button: subject.button, mark: MARK })
    await page.goto(subject.url)
    await page.locator(subject.answer).waitFor()
    const ms = await page.evaluate((mark) => performance.getEntriesByName(mark)[0]?.startTime, MARK)
    if (ms === undefined) throw new Error('the page was not touched')
    await after(page)
    return ms
  } finally {
    await context.close()
  }
}

/** The core keeps the session; the next load begins at its beginning again. */
async function backToFirstScreen(page: Page): Promise<void> {
  await page.locator('[data-say="frame.finish"]').click()
  await page.locator('h1 [data-say="attract.title"]').waitFor()
}

/**
 * Runs in the page before its own scripts: marks the moment at which a finger would hit the
 * button, and touches it.
 */
function touchWhenReady(told: { button: string; mark: string }): void {
  const observer = new MutationObserver(() => {
    const button = document.querySelector(told.button)
    if (!(button instanceof HTMLElement)) return
    // Laying out what was drawn belongs to the time.
    const { x, y, width, height } = button.getBoundingClientRect()
    // Finds nothing under `inert`, nor what another element covers.
    const hit = document.elementFromPoint(x + width / 2, y + height / 2)
    if (hit === null || !button.contains(hit)) return
    performance.mark(told.mark)
    observer.disconnect()
    button.click()
  })
  observer.observe(document, { subtree: true, childList: true, attributes: true })
}

/**
 * Kilobytes that the page loads until it rests on its first screen, the dock of training mode
 * included. Code as it would come gzipped; woff2 is compressed as it is.
 */
async function weigh(browser: Browser, subject: Subject): Promise<{ code: number; fonts: number }> {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  const answers: Response[] = []
  page.on('response', (answer) => answers.push(answer))
  await page.goto(subject.url)
  await page.locator(subject.button).waitFor()
  await page.waitForLoadState('networkidle')
  const weights = { code: 0, fonts: 0 }
  for (const answer of answers) {
    const type = answer.headers()['content-type'] ?? ''
    if (type.startsWith('font/')) weights.fonts += (await answer.body()).length / 1000
    if (/html|javascript|css/.test(type)) {
      weights.code += gzipSync(await answer.body()).length / 1000
    }
  }
  await page.close()
  return weights
}
