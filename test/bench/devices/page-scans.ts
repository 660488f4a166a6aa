import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { browserPreferences, findBrowser } from '../../../electron/shell/browser.ts'
import { openHall, typeCard } from '../../../electron/training/index.ts'
import { filmCard } from '../../fixtures/camera-film.ts'
import { startKiosk } from '../../fixtures/kiosk-process.ts'
import { sampleCardText } from '../../fixtures/procedure.ts'
import { putProfile, realProfile } from '../../fixtures/real-profile.ts'
import { figure, median, type Figure } from '../figure.ts'

const programs = fileURLToPath(new URL('../../../dist/electron', import.meta.url))
const ROUNDS = 10
/** A browser that is driven from outside may type too slowly for a scanner when it is busy. */
const HEARD_MS = 3_000

/** What a citizen waits for when the page itself reads the card: typed, or seen by the camera. */
export async function pageScanFigures(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    return [
      figure(
        'devices',
        'typed card: last key to next screen (median)',
        median(await typedRounds(join(dir, 'typed'))),
        'ms',
        '<=',
        150,
      ),
      figure(
        'devices',
        'camera: touch to "this is me", camera opened (median)',
        median(await cameraRounds(join(dir, 'camera'))),
        'ms',
        '<=',
        2_000,
      ),
    ]
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** A Chromium with what our browser shell writes into its profile. */
async function open(dir: string, url: string, args: string[]): Promise<BrowserContext> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser: install Chromium')
  await mkdir(join(dir, 'browser', 'Default'), { recursive: true })
  await writeFile(
    join(dir, 'browser', 'Default', 'Preferences'),
    browserPreferences(new URL(url).origin),
  )
  return chromium.launchPersistentContext(join(dir, 'browser'), {
    executablePath,
    viewport: { width: 1080, height: 1920 },
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', ...args],
  })
}

async function typedRounds(dir: string): Promise<number[]> {
  const hall = await openHall({ programs, dataDir: dir, stderr: 'ignore' })
  if (!hall.ok) throw new Error('the kiosk did not start')
  const context = await open(dir, hall.value.url, [])
  try {
    const page = await context.newPage()
    await page.addInitScript(markScreens, { key: 'Enter', screen: 'card-part.name' })
    await page.goto(hall.value.url)
    await page.locator('.dock').waitFor()
    const rounds: number[] = []
    while (rounds.length < ROUNDS) {
      await typeCard(page, 'father')
      const heard = await page
        .locator('h1 [data-say="card-part.name"]')
        .waitFor({ timeout: HEARD_MS })
        .then(() => true)
        .catch(() => false)
      if (heard) {
        rounds.push(await between(page))
        await page.locator('[data-say="frame.finish"]').click()
        await page.locator('h1 [data-say="attract.title"]').waitFor()
      }
    }
    return rounds
  } finally {
    await context.close()
    await hall.value.close()
  }
}

async function cameraRounds(dir: string): Promise<number[]> {
  await mkdir(dir, { recursive: true })
  const film = join(dir, 'card.mjpeg')
  await filmCard(sampleCardText, { mjpeg: film, png: join(dir, 'card.png') })
  await putProfile(join(dir, 'kiosk'), realProfile({ cardCamera: true }))
  const kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'kiosk')])
  const url = await kiosk.url
  const context = await open(dir, url, [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ])
  try {
    const page = await context.newPage()
    await page.addInitScript(markScreens, { key: '', screen: 'confirm.title' })
    await page.goto(url)
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.locator('.action .btn--go').click()
      await page.locator('h1 [data-say="confirm.title"]').waitFor()
      rounds.push(await between(page))
      await page.locator('[data-say="frame.finish"]').click()
      await page.locator('h1 [data-say="attract.title"]').waitFor()
    }
    return rounds
  } finally {
    await context.close()
    await kiosk.close()
  }
}

/** Milliseconds from the last `begin` to the first `end` after it. */
function between(page: Page): Promise<number> {
  return page.evaluate(() => {
    const last = (name: string) =>
      performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN
    return last('end') - last('begin')
  })
}

/** Runs in the page: marks a key going down, or a touch, and the screen that follows it. */
function markScreens(told: { key: string; screen: string }): void {
  const begin = (event: Event) => performance.mark('begin', { startTime: event.timeStamp })
  addEventListener(
    'keydown',
    (event) => {
      if (event.key === told.key) begin(event)
    },
    true,
  )
  if (told.key === '') addEventListener('click', begin, true)
  let shown = false
  new MutationObserver(() => {
    const there = document.querySelector(`h1 [data-say="${told.screen}"]`) !== null
    if (there && !shown) performance.mark('end')
    shown = there
  }).observe(document, { subtree: true, childList: true, attributes: true })
}
