import { execFileSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { chromium, expect, test, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../../electron/shell/browser.ts'
import { walk, type Journey } from '../../electron/training/index.ts'
import { chromiumArgs } from '../fixtures/chromium-args.ts'
import { inventedCard, leave, walkThroughAnswers } from '../fixtures/file-dossier.ts'
import { startInService, type KioskInService } from '../fixtures/kiosk-in-service.ts'
import { openPage } from '../fixtures/page-client.ts'
import {
  inColour,
  photograph,
  SHEET_LINES,
  type Corner,
  type Scene,
} from '../fixtures/sheet-scene.ts'

/**
 * A kiosk in service whose document camera is Chromium's own fake one, which sees a file: the real
 * page, the real worker, the real core. Each test is a browser of its own before the same kiosk.
 */
test.describe.configure({ mode: 'serial' })

/** A camera takes its time, more so on a machine that does other things too. */
const PATIENT = { timeout: 20_000 } as const

const CODE = '1.001193'
/** Each visit has a card of its own: the same one twice within a moment counts once. */
let visits = 0
const size = { width: 1920, height: 1440 }
const lying: [Corner, Corner, Corner, Corner] = [
  { x: 520, y: 70 },
  { x: 1420, y: 100 },
  { x: 1460, y: 1380 },
  { x: 470, y: 1350 },
]
const good: Scene = { ...size, corners: lying, shade: 0.35 }

let at: KioskInService

test.beforeAll(async () => {
  at = await startInService()
})
test.afterAll(() => at.close())

/** Brings the visit to the first paper, quickly, and opens a browser before it. */
async function atPapers(
  args: readonly string[],
  before: (page: Page) => Promise<unknown> = async () => {},
): Promise<{ browser: Browser; page: Page; journey: Journey }> {
  const url = await at.kiosk.url
  const client = await openPage(url)
  await leave(client)
  await walkThroughAnswers(client, () => void at.world.scanText(inventedCard((visits += 1))), CODE)
  await client.screen('papers')
  client.close()
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser')
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...chromiumArgs, ...args],
  })
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  await before(page)
  await page.goto(url)
  return { browser, page, journey: walk(page) }
}

/** Switches for a camera that sees this. */
async function camera(scene: Scene): Promise<string[]> {
  const file = join(at.dir, 'camera.mjpeg')
  const picture = inColour(photograph(scene))
  const canvas = createCanvas(picture.width, picture.height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(picture.width, picture.height)
  image.data.set(picture.data)
  context.putImageData(image, 0, 0)
  const frame = await canvas.encode('jpeg', 92)
  await writeFile(join(at.dir, 'camera.jpg'), frame)
  await writeFile(file, Buffer.concat([frame, frame, frame]))
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ]
}

/** Share of the sheet's words that an independent reader finds in a picture. */
function wordsRead(file: string): number {
  const text = execFileSync('tesseract', [file, '-', '-l', 'vie', '--psm', '6'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).normalize('NFC')
  const words =
    SHEET_LINES.join(' ')
      .normalize('NFC')
      .match(/[\p{L}\d.]+/gu) ?? []
  return words.filter((word) => text.includes(word)).length / words.length
}

/** The paper goes to the counter and the visit goes on. */
async function leaveForCounter({ page, journey }: { page: Page; journey: Journey }) {
  await journey.tap(page.getByRole('button', { name: 'Nộp giấy này ở quầy' }))
  await journey.waitFor('review.title')
  await expect(page.locator('[data-say="review.paper-counter"]')).toBeVisible(PATIENT)
}

test('a sheet that lies still is captured by itself, straight and readable, and filed', async () => {
  const { browser, page, journey } = await atPapers(await camera(good))
  await journey.waitFor('papers.title-look')
  const shown = page.locator('.capture__page')
  await expect(shown).toBeVisible(PATIENT)
  const png = await shown.evaluate((image: HTMLImageElement) => {
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    return canvas.toDataURL('image/png').replace(/^.*,/, '')
  })
  await writeFile(join(at.dir, 'page.png'), Buffer.from(png, 'base64'))
  const before = wordsRead(join(at.dir, 'camera.jpg'))
  const after = wordsRead(join(at.dir, 'page.png'))
  expect(after).toBeGreaterThanOrEqual(before)
  expect(after).toBeGreaterThan(0.9)

  await journey.goOn()
  await journey.waitFor('review.title')
  await journey.declare()
  await journey.waitFor('done.title-accepted')
  const [pdf] = await readdir(at.uploads)
  const images = execFileSync('pdfimages', ['-list', join(at.uploads, pdf ?? '')], {
    encoding: 'utf8',
  })
  expect(images).toMatch(/1\s+0\s+image\s+\d+\s+\d+\s+gray\s+1\s+8\s+jpeg/)
  await browser.close()
})

const flawed: readonly [string, Scene][] = [
  ['glare', { ...good, glare: { x: 960, y: 700, radius: 90 } }],
  ['blurred', { ...good, blurs: 12 }],
  ['nothing', { ...size, corners: null }],
  ['too-dark', { ...good, light: 0.28 }],
  [
    'cut-off',
    {
      ...size,
      corners: [
        { x: 1220, y: 70 },
        { x: 2120, y: 100 },
        { x: 2160, y: 1380 },
        { x: 1170, y: 1350 },
      ],
    },
  ],
]
for (const [flaw, scene] of flawed) {
  test(`the camera sees ${flaw}: the screen says so, and the visit goes on`, async () => {
    const shown = await atPapers(await camera(scene))
    await expect(shown.page.locator(`.state [data-say="papers.flaw.${flaw}"]`)).toBeVisible(PATIENT)
    await leaveForCounter(shown)
    await shown.browser.close()
  })
}

test('there is no camera: the screen says so, and the visit goes on', async () => {
  const shown = await atPapers([])
  await expect(shown.page.locator('.state [data-say="papers.camera.missing"]')).toBeVisible(PATIENT)
  await leaveForCounter(shown)
  await shown.browser.close()
})

test('the browser does not give the camera: the screen says so, and the visit goes on', async () => {
  const shown = await atPapers(['--use-fake-device-for-media-stream', '--deny-permission-prompts'])
  await expect(shown.page.locator('.state [data-say="papers.camera.denied"]')).toBeVisible(PATIENT)
  await leaveForCounter(shown)
  await shown.browser.close()
})

test('another program holds the camera: the screen says so until it lets go', async () => {
  const shown = await atPapers(await camera({ ...size, corners: null }), (page) =>
    page.addInitScript(() => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      let held = true
      navigator.mediaDevices.getUserMedia = (wanted) =>
        held ? Promise.reject(new DOMException('', 'NotReadableError')) : real(wanted)
      addEventListener('let-go', () => (held = false))
    }),
  )
  await expect(shown.page.locator('.state [data-say="papers.camera.busy"]')).toBeVisible(PATIENT)
  await shown.page.evaluate(() => dispatchEvent(new Event('let-go')))
  await expect(shown.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  await leaveForCounter(shown)
  await shown.browser.close()
})

test('the camera is pulled out and put back: the screen follows', async () => {
  const shown = await atPapers(await camera({ ...size, corners: null }))
  await expect(shown.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  await shown.page.evaluate(() => {
    const source = document.querySelector('video')?.srcObject
    if (source instanceof MediaStream) source.getTracks()[0]?.dispatchEvent(new Event('ended'))
  })
  await expect(shown.page.locator('.state [data-say="papers.camera.pulled-out"]')).toBeVisible(
    PATIENT,
  )
  await expect(shown.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  await leaveForCounter(shown)
  await shown.browser.close()
})

test('the eye cannot be loaded at first: the camera sees all the same', async () => {
  let refused = 0
  const shown = await atPapers(await camera({ ...size, corners: null }), (page) =>
    page.route(/\/worker-[^/]*\.js$/, (route) => {
      refused += 1
      return refused > 2 ? route.continue() : route.abort()
    }),
  )
  await expect(shown.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  expect(refused).toBe(3)
  await leaveForCounter(shown)
  await shown.browser.close()
})

test('the core is killed over a captured page: the page is still there, and can be looked at', async () => {
  const { browser, page, journey } = await atPapers(await camera(good))
  await journey.waitFor('papers.title-look')
  const back = page.waitForEvent('websocket')
  process.kill((await at.kiosk.corePid()) ?? 0, 'SIGKILL')
  await back
  await expect(page.locator('body [inert]')).toHaveCount(0)
  await page.reload()
  await journey.waitFor('papers.title-look')
  await expect(page.locator('.capture__page')).toBeVisible(PATIENT)
  await browser.close()
})
