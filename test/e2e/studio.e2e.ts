import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { writeWav } from '../../scripts/voice/wav.ts'
import { clipText, opusLengthMs } from '../../shared/speech/index.ts'
import { clipId } from '../../electron/voice/index.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import playwright from '../../playwright.config.ts'
import { runCli } from '../fixtures/run-cli.ts'
import { startStudio, type StudioProcess } from '../fixtures/studio-process.ts'
import { expect, test } from './kiosk.ts'

/**
 * A pack for an invented language, from the microphone to the citizen's ear: recorded in the studio
 * with Chromium's fake microphone, checked, signed, loaded, chosen on the first screen and heard.
 */
const dir = mkdtempSync(join(tmpdir(), 'kiosk-studio-'))
const microphone = join(dir, 'microphone.wav')

// Chromium plays it again and again: a tone and a rest in turn, so that any second has some of both.
const RATE = 48_000
const samples = Float32Array.from({ length: RATE }, (_, at) =>
  at % (RATE / 2) < RATE / 4 ? 0.25 * Math.sin((2 * Math.PI * 330 * at) / RATE) : 0,
)
writeFileSync(microphone, writeWav({ rate: RATE, samples }))

test.use({
  permissions: ['microphone'],
  launchOptions: {
    ...playwright.use?.launchOptions,
    args: [
      ...(playwright.use?.launchOptions?.args ?? []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
    ],
  },
})
let studio: StudioProcess | null = null
test.afterEach(async () => {
  await studio?.close()
})
test.afterAll(() => rm(dir, { recursive: true, force: true }))

const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Records the line that the studio stands on, and gives its text. */
async function recordLine(page: Page): Promise<string> {
  const line = page.locator('.studio__line')
  const text = await line.innerText()
  await key(page, 'Ghi âm').click()
  const loudness = () => page.locator('meter').evaluate((one: HTMLMeterElement) => one.value)
  // Of one tone alone it might have come for the last moment only, which is too short to keep.
  await expect.poll(loudness).toBeGreaterThan(0.1)
  await expect.poll(loudness).toBeLessThan(0.05)
  await expect.poll(loudness).toBeGreaterThan(0.1)
  await key(page, 'Dừng').click()
  await expect(key(page, 'Giữ')).toBeEnabled()
  await key(page, 'Giữ').click()
  await expect(line).not.toHaveText(text)
  return text
}

test('an invented language: recorded, checked, signed, loaded, chosen and heard', async ({
  kiosk,
  page,
  context,
}) => {
  const pack = join(dir, 'qaa')
  studio = await startStudio([pack, '--tag', 'qaa', '--name', 'Tiếng Thử', '--json'])
  const desk = await context.newPage()
  const complaints: string[] = []
  desk.on('pageerror', (error) => complaints.push(error.message))
  desk.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await desk.goto(studio.url)
  await desk.locator('.studio__line').waitFor()
  const first = await recordLine(desk)
  const skipped = await desk.locator('.studio__line').innerText()
  await desk.keyboard.press('ArrowRight')
  const third = await recordLine(desk)
  expect(complaints).toEqual([])

  // What the studio wrote is a sound that Chromium decodes, as long as our own parser says.
  await desk.keyboard.press('ArrowLeft')
  const lengths = await desk.evaluate(
    async (id) => {
      const headers = { Authorization: `Bearer ${location.hash.slice(1)}` }
      const bytes = await (await fetch(`/api/clips/${id}`, { headers })).arrayBuffer()
      const context = new OfflineAudioContext(1, 48_000, 48_000)
      const copy = Array.from(new Uint8Array(bytes))
      const sound = await context.decodeAudioData(bytes)
      const peak = sound.getChannelData(0).reduce((most, one) => Math.max(most, Math.abs(one)), 0)
      return { ms: sound.duration * 1000, peak, copy }
    },
    clipId(clipText(first)),
  )
  expect(lengths.peak).toBeGreaterThan(0.05)
  expect(lengths.ms).toBeCloseTo(opusLengthMs(Uint8Array.from(lengths.copy)) ?? 0, 0)

  // Nobody without the token, and no other page, gets at the pack.
  const { origin } = new URL(studio.url)
  expect((await desk.request.get(`${origin}/api/state`)).status()).toBe(403)
  await desk.close()
  expect(await studio.close()).toBe(0)

  const checked = await runCli(['language', 'check', pack, '--json'])
  expect(checked).toMatchObject({ code: 0, complaints: [] })
  expect(JSON.parse(checked.stdout)).toMatchObject({ language: 'qaa', problems: [], recorded: 2 })

  const files = kioskFiles(kiosk.dataDir)
  const data = ['--data-dir', kiosk.dataDir]
  const unsigned = await runCli(['language', 'load', pack, ...data])
  expect(unsigned).toMatchObject({ code: 1, complaints: [expect.stringContaining('not signed')] })
  const privateKey = join(files.training, 'pack-key.pem')
  const signed = await runCli(['language', 'sign', pack, '--key', privateKey, '--version', '1'])
  expect(signed).toMatchObject({ code: 0, complaints: [] })
  const loaded = await runCli(['language', 'load', pack, ...data])
  expect(loaded).toMatchObject({ code: 0, complaints: [] })

  const fetched: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/voice/') && pathname.endsWith('.opus')) fetched.push(pathname)
  })
  await page.addInitScript(() => {
    window.said = []
    addEventListener('kiosk:said', (event) => {
      if (event instanceof CustomEvent) window.said.push(event.detail)
    })
  })
  await kiosk.restartShell()
  await page.locator('[data-say="attract.languages"]').click()
  await page.locator('.tile--choice', { hasText: 'Tiếng Thử' }).click()
  // The voice of the language is opened when the core has said that the page stands in it.
  const opened = page.waitForResponse((answer) => answer.url().endsWith('/voice/qaa/pack.json'))
  await page.locator('.action .btn--go').click()
  await opened
  await page.locator('h1 [data-say="attract.title"]').waitFor()
  await page.locator('[data-voice-key="on"]').click()
  const said = () => page.evaluate(() => window.said.flatMap(({ clips }) => clips))
  await expect.poll(said).toContain(clipText(first))
  await expect.poll(said).toContain(clipText(skipped))
  const path = (lang: string, text: string) => {
    const id = clipId(clipText(text))
    return `/voice/${lang}/clips/${id.slice(0, 2)}/${id}.opus`
  }
  await expect.poll(() => fetched).toContain(path('qaa', first))
  await expect.poll(() => fetched).toContain(path('vi', skipped))
  expect(fetched).not.toContain(path('vi', first))
  expect(fetched).not.toContain(path('qaa', skipped))
  expect(third).not.toBe(first)

  // A kiosk has no studio: neither its page nor what the page asks for.
  const kioskOrigin = new URL(page.url()).origin
  for (const address of ['/studio/index.html', '/studio/', '/api/state']) {
    expect((await page.request.get(`${kioskOrigin}${address}`)).status()).toBe(404)
  }
})
