import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { walk } from '../../electron/training/index.ts'
import { filmCard } from '../fixtures/camera-film.ts'
import { startKiosk } from '../fixtures/kiosk-process.ts'
import { sampleCardText } from '../fixtures/procedure.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { qrOf } from '../fixtures/slip-qr.ts'
import { openKioskBrowser } from './kiosk-browser.ts'

/**
 * A kiosk without a scanner, whose camera over the tray reads the card: Chromium's own capture from
 * a film, the switches and the permission of our browser shell, our WebAssembly from our own origin.
 */
let dir = ''
test.beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-camera-'))
})
test.afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

test('a card under the document camera is identified where there is no scanner', async () => {
  const film = { mjpeg: join(dir, 'card.mjpeg'), png: join(dir, 'card.png') }
  await filmCard(sampleCardText, film)
  // A reader that nobody here wrote says that the film shows this card.
  expect(await qrOf(film.png)).toBe(sampleCardText)
  await putProfile(join(dir, 'kiosk'), realProfile({ cardCamera: true }))
  const kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'kiosk')])
  const url = await kiosk.url
  const context = await openKioskBrowser(dir, url, [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film.mjpeg}`,
  ])
  const page = await context.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  const start = page.locator('.action .btn--go')
  await start.waitFor()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((one) => /wasm|worker|watch/.test(one))).toEqual([])

  await start.click()
  await walk(page).agree()
  await page.locator('h1 [data-say="confirm.title"]').waitFor()
  await expect(page.locator('body')).toContainText('Nguyễn Văn Ví Dụ')
  await expect(page.locator('body')).toContainText('Ấp Mẫu, Xã Thử')
  expect(asked.some((one) => one.endsWith('.wasm'))).toBe(true)
  expect(asked.filter((one) => new URL(one).hostname !== '127.0.0.1')).toEqual([])
  expect(complaints).toEqual([])
  expect(kiosk.said.join()).not.toMatch(/083090000000|Ví Dụ/)
  await context.close()
  await kiosk.close()
})

test('the decoder cannot be loaded at first: the card is read all the same', async () => {
  const film = { mjpeg: join(dir, 'card.mjpeg'), png: join(dir, 'card.png') }
  await filmCard(sampleCardText, film)
  await putProfile(join(dir, 'kiosk'), realProfile({ cardCamera: true }))
  const kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'kiosk')])
  const url = await kiosk.url
  const context = await openKioskBrowser(dir, url, [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film.mjpeg}`,
  ])
  const page = await context.newPage()
  let asked = 0
  await page.route(/\/decode\.worker-[^/]*\.js$/, (route) => {
    asked += 1
    return asked > 2 ? route.continue() : route.abort()
  })
  await page.goto(url)
  await page.locator('.action .btn--go').click()
  await walk(page).agree()
  await page.locator('h1 [data-say="confirm.title"]').waitFor()
  expect(asked).toBe(3)
  await context.close()
  await kiosk.close()
})

test('without a camera the citizen is told where to go, and the screen stays', async () => {
  await putProfile(join(dir, 'kiosk'), realProfile({ cardCamera: true }))
  const kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'kiosk')])
  const url = await kiosk.url
  const context = await openKioskBrowser(dir, url, [
    '--use-fake-device-for-media-stream=device-count=0',
  ])
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('.action .btn--go').click()
  await walk(page).agree()
  await page.locator('[data-say="reader.camera-missing"]').first().waitFor()
  await context.close()
  await kiosk.close()
})

test('our own page may look through the camera, without sound; another page gets neither', async () => {
  await putProfile(join(dir, 'kiosk'), realProfile({ cardCamera: true }))
  const kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'kiosk')])
  const url = await kiosk.url
  const context = await openKioskBrowser(dir, url, ['--use-fake-device-for-media-stream'])
  const page = await context.newPage()
  const capture = (wanted: { video?: true; audio?: true }) =>
    page.evaluate(async (constraints) => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(constraints)
        return stream.getTracks().map((track) => `${track.kind} ${track.readyState}`)
      } catch (error) {
        return error instanceof DOMException ? error.name : 'no exception of the page'
      }
    }, wanted)
  await page.goto(url)
  expect(await capture({ video: true })).toEqual(['video live'])
  expect(await capture({ audio: true })).toBe('NotAllowedError')
  await page.route('https://stranger.example/', (route) => route.fulfill({ body: 'a page' }))
  await page.goto('https://stranger.example/')
  expect(await capture({ video: true })).toBe('NotAllowedError')
  expect(await capture({ audio: true })).toBe('NotAllowedError')
  await context.close()
  await kiosk.close()
})
