import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { chromium, expect, test, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../../electron/shell/browser.ts'
import {
  connectWorld,
  readWorldFile,
  trainingProfile,
  walk,
  type Journey,
} from '../../electron/training/index.ts'
import { walkThroughAnswers } from '../fixtures/file-dossier.ts'
import { startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile } from '../fixtures/real-profile.ts'
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
const worldProgram = fileURLToPath(new URL('../../dist/electron/world.mjs', import.meta.url))
const size = { width: 1920, height: 1440 }
const lying: [Corner, Corner, Corner, Corner] = [
  { x: 520, y: 70 },
  { x: 1420, y: 100 },
  { x: 1460, y: 1380 },
  { x: 470, y: 1350 },
]
const good: Scene = { ...size, corners: lying, shade: 0.35 }

let dir = ''
let world: ChildProcess
let kiosk: KioskProcess
let scan: () => Promise<void>

test.beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-camera-'))
  world = fork(worldProgram, ['--data-dir', join(dir, 'world')], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  if (world.stdout === null) throw new Error('no world')
  const [line] = await new Promise<[string]>((resolve) => {
    if (world.stdout) createInterface(world.stdout).once('line', (text) => resolve([text]))
  })
  const found = await readWorldFile(String(JSON.parse(line).file))
  scan = () => connectWorld(found.control).scan('father')
  await putProfile(join(dir, 'data'), trainingProfile(found))
  kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'data')])
  await kiosk.url
})
test.afterAll(async () => {
  await kiosk.close()
  world.kill()
  await rm(dir, { recursive: true, force: true, maxRetries: 3 })
})

/** Brings the visit to the first paper, quickly, and opens a browser before it. */
async function atPapers(
  args: readonly string[],
  before: (page: Page) => Promise<unknown> = async () => {},
): Promise<{ browser: Browser; page: Page; journey: Journey }> {
  const url = await kiosk.url
  const client = await openPage(url)
  const { session } = await client.see(() => true)
  if (session.screen !== 'attract') await client.act({ type: 'finish' })
  await walkThroughAnswers(client, () => void scan(), CODE)
  await client.screen('papers')
  client.close()
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser')
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...args],
  })
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
  await before(page)
  await page.goto(url)
  return { browser, page, journey: walk(page) }
}

/** Switches for a camera that sees this. */
async function camera(scene: Scene): Promise<string[]> {
  const file = join(dir, 'camera.mjpeg')
  const picture = inColour(photograph(scene))
  const canvas = createCanvas(picture.width, picture.height)
  const context = canvas.getContext('2d')
  const image = context.createImageData(picture.width, picture.height)
  image.data.set(picture.data)
  context.putImageData(image, 0, 0)
  const frame = await canvas.encode('jpeg', 92)
  await writeFile(join(dir, 'camera.jpg'), frame)
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
  await writeFile(join(dir, 'page.png'), Buffer.from(png, 'base64'))
  const before = wordsRead(join(dir, 'camera.jpg'))
  const after = wordsRead(join(dir, 'page.png'))
  expect(after).toBeGreaterThanOrEqual(before)
  expect(after).toBeGreaterThan(0.9)

  await journey.goOn()
  await journey.waitFor('review.title')
  await journey.goOn()
  await journey.waitFor('declare.title')
  await journey.goOn()
  await journey.waitFor('done.title-accepted')
  const uploads = join(dir, 'world/training/portal/uploads')
  const [pdf] = await readdir(uploads)
  const images = execFileSync('pdfimages', ['-list', join(uploads, pdf ?? '')], {
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
    const at = await atPapers(await camera(scene))
    await expect(at.page.locator(`.state [data-say="papers.flaw.${flaw}"]`)).toBeVisible(PATIENT)
    await leaveForCounter(at)
    await at.browser.close()
  })
}

test('there is no camera: the screen says so, and the visit goes on', async () => {
  const at = await atPapers([])
  await expect(at.page.locator('.state [data-say="papers.camera.missing"]')).toBeVisible(PATIENT)
  await leaveForCounter(at)
  await at.browser.close()
})

test('the browser does not give the camera: the screen says so, and the visit goes on', async () => {
  const at = await atPapers(['--use-fake-device-for-media-stream', '--deny-permission-prompts'])
  await expect(at.page.locator('.state [data-say="papers.camera.denied"]')).toBeVisible(PATIENT)
  await leaveForCounter(at)
  await at.browser.close()
})

test('another program holds the camera: the screen says so until it lets go', async () => {
  const at = await atPapers(await camera({ ...size, corners: null }), (page) =>
    page.addInitScript(() => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
      let held = true
      navigator.mediaDevices.getUserMedia = (wanted) =>
        held ? Promise.reject(new DOMException('', 'NotReadableError')) : real(wanted)
      addEventListener('let-go', () => (held = false))
    }),
  )
  await expect(at.page.locator('.state [data-say="papers.camera.busy"]')).toBeVisible(PATIENT)
  await at.page.evaluate(() => dispatchEvent(new Event('let-go')))
  await expect(at.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  await leaveForCounter(at)
  await at.browser.close()
})

test('the camera is pulled out and put back: the screen follows', async () => {
  const at = await atPapers(await camera({ ...size, corners: null }))
  await expect(at.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  await at.page.evaluate(() => {
    const source = document.querySelector('video')?.srcObject
    if (source instanceof MediaStream) source.getTracks()[0]?.dispatchEvent(new Event('ended'))
  })
  await expect(at.page.locator('.state [data-say="papers.camera.pulled-out"]')).toBeVisible(PATIENT)
  await expect(at.page.locator('.state [data-say="papers.flaw.nothing"]')).toBeVisible(PATIENT)
  await leaveForCounter(at)
  await at.browser.close()
})

test('the core is killed over a captured page: the page is still there, and can be looked at', async () => {
  const { browser, page, journey } = await atPapers(await camera(good))
  await journey.waitFor('papers.title-look')
  const back = page.waitForEvent('websocket')
  process.kill((await kiosk.corePid()) ?? 0, 'SIGKILL')
  await back
  await expect(page.locator('body [inert]')).toHaveCount(0)
  await page.reload()
  await journey.waitFor('papers.title-look')
  await expect(page.locator('.capture__page')).toBeVisible(PATIENT)
  await browser.close()
})
