import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { findBrowser } from '../../../electron/shell/browser.ts'
import { inventedCitizens } from '../../../electron/training/citizens.ts'
import { walk } from '../../../electron/training/index.ts'
import { createTrainingScanner } from '../../../electron/training/scanner.ts'
import { agree } from '../../fixtures/file-dossier.ts'
import { startKiosk } from '../../fixtures/kiosk-process.ts'
import { openPage } from '../../fixtures/page-client.ts'
import { putProfile, realProfile } from '../../fixtures/real-profile.ts'
import { figure, median, percentile, type Figure } from '../figure.ts'

/** The first of each warms everything up. */
const SCANS = 21
const PULLS = 6

const IDENTIFY = 'h1 [data-say="identify.title"]'
const CONFIRM = 'h1 [data-say="confirm.title"]'
const AWAY = '[data-say="reader.disconnected"]'
const WAITING = '[data-say="identify.waiting"]'
const FINISH = '[data-say="frame.finish"]'

/**
 * From the last byte of a card on a real pseudo-terminal to "this is you" as the core gives it and
 * as Chromium has laid it out; and from the pulled cable to the screen that says so, and from the
 * cable that is back to the screen that waits for a card. A built kiosk, its page, no simulation
 * but the far end of the line.
 */
export async function scannerFigures(): Promise<readonly Figure[]> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser: install Chromium')
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const made = await createTrainingScanner({ dir })
  if (!made.ok) throw new Error(`no scanner: ${made.error}`)
  const device = made.value
  const dataDir = join(dir, 'kiosk')
  await putProfile(dataDir, realProfile({ scanner: { path: device.path, baud: 9600 } }))
  const kiosk = startKiosk(['--headless', '--data-dir', dataDir])
  const url = await kiosk.url
  await kiosk.line(/scanner: ready/)

  const core = await openPage(url)
  const toCore: number[] = []
  for (let turn = 0; turn < SCANS; turn += 1) {
    await core.act({ type: 'start' })
    await agree(core)
    await core.screen('identify')
    const began = performance.now()
    device.scan(cardOf(turn))
    await core.screen('confirm')
    toCore.push(performance.now() - began)
    await core.act({ type: 'finish' })
    await core.screen('attract')
  }
  core.close()

  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  try {
    await page.goto(url)
    const toPage: number[] = []
    for (let turn = 0; turn < SCANS; turn += 1) {
      await page.locator('.action .btn--go').click()
      await walk(page).agree()
      await page.locator(IDENTIFY).waitFor()
      // Another card than the last one, which would be a double read.
      toPage.push(await until(page, CONFIRM, () => device.scan(cardOf(turn + 1))))
      await page.locator(FINISH).click()
      await page.locator('h1 [data-say="attract.title"]').waitFor()
    }

    const pulled: number[] = []
    const usable: number[] = []
    await page.locator('.action .btn--go').click()
    await walk(page).agree()
    for (let turn = 0; turn < PULLS; turn += 1) {
      await page.locator(WAITING).first().waitFor()
      pulled.push(await until(page, AWAY, () => void device.unplug()))
      const back = device.plug
      usable.push(await until(page, WAITING, () => void back()))
    }
    const scans = `${SCANS - 1} cards, median ${median(toPage.slice(1)).toFixed(0)} ms`
    const pulls = `the slowest of ${PULLS}`
    return [
      figure(
        'devices',
        'last byte → card in the view (p95)',
        percentile(toCore.slice(1), 0.95),
        'ms',
        '<=',
        150,
      ),
      figure(
        'devices',
        'last byte → "this is you" (p95)',
        percentile(toPage.slice(1), 0.95),
        'ms',
        '<=',
        150,
        scans,
      ),
      figure('devices', 'scanner pulled → on screen', Math.max(...pulled), 'ms', '<=', 1000, pulls),
      figure(
        'devices',
        'scanner back → waits for a card',
        Math.max(...usable),
        'ms',
        '<=',
        2000,
        pulls,
      ),
    ]
  } finally {
    await browser.close()
    await kiosk.close()
    await device.close()
    await rm(dir, { recursive: true, maxRetries: 3 })
  }
}

function cardOf(turn: number): string {
  return inventedCitizens[turn % inventedCitizens.length]?.payload ?? ''
}

/** Milliseconds from a deed to the moment at which the page has laid out what it shows of it. */
async function until(page: Page, selector: string, deed: () => void): Promise<number> {
  const shown = page.evaluate(watchFor, selector)
  // The watch must stand before the deed: this answer comes after it in the same queue.
  await page.evaluate(() => null)
  const began = performance.timeOrigin + performance.now()
  deed()
  return (await shown) - began
}

/** Runs in the page: the wall-clock time at which the element is there and laid out. */
function watchFor(selector: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector)
      if (found === null || found.getBoundingClientRect().height === 0) return
      observer.disconnect()
      resolve(performance.timeOrigin + performance.now())
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { subtree: true, childList: true, attributes: true })
    look()
  })
}
