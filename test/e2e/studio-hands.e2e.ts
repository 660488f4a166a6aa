import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Axe from 'axe-core'
import { expect, test, type Page } from '@playwright/test'
import { readVoicePack } from '../../electron/voice/index.ts'
import { RECORDING_LIMITS } from '../../shared/speech/index.ts'
import { startStudio, type StudioProcess } from '../fixtures/studio-process.ts'

/** What the studio refuses to take, whether it is for everyone, and what a clip costs the hands. */
declare global {
  interface Window {
    readonly axe: typeof Axe
    /** How loud the one who speaks is: 1 is the microphone's ceiling. */
    loud: (gain: number) => void
    /** A sound too short for a word. */
    click: () => void
    /** Seconds for which the microphone has been there. */
    sounded: () => number
  }
}
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let dir = ''
let studio: StudioProcess | null = null
test.beforeEach(async ({ page }) => {
  dir = mkdtempSync(join(tmpdir(), 'kiosk-studio-'))
  studio = await startStudio([dir, '--tag', 'qaa', '--name', 'Tiếng Thử', '--json'])
  await page.addInitScript(() => {
    // A microphone before which somebody hums.
    const context = new AudioContext({ sampleRate: 48_000 })
    const voice = new OscillatorNode(context, { frequency: 330 })
    const distance = new GainNode(context, { gain: 0 })
    const microphone = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
    voice.connect(distance).connect(microphone)
    voice.start()
    window.loud = (gain) => {
      distance.gain.value = gain
    }
    window.click = () => {
      distance.gain.setValueAtTime(0.25, context.currentTime + 0.05)
      distance.gain.setValueAtTime(0, context.currentTime + 0.07)
    }
    window.sounded = () => context.currentTime
    navigator.mediaDevices.getUserMedia = async () => {
      await context.resume()
      return microphone.stream
    }
  })
  await page.goto(studio.url)
  await page.locator('.studio__line').waitFor()
})
test.afterEach(async () => {
  await studio?.kill()
  await rm(dir, { recursive: true })
})

const loud = (page: Page, gain: number) => page.evaluate((to) => window.loud(to), gain)
const heard = (page: Page) => page.locator('meter').evaluate((one: HTMLMeterElement) => one.value)

/** The first touch of "Ghi âm" asks for the microphone; nothing is recorded by it. */
async function openMicrophone(page: Page): Promise<void> {
  await loud(page, 0.25)
  await page.keyboard.press(' ')
  await expect.poll(() => heard(page)).toBeGreaterThan(0.1)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('.studio__key--stop')).toHaveCount(0)
}

/** Begins to record what is as loud as it is heard, and goes on for a while. */
async function record(page: Page, gain: number, hears: (level: number) => boolean): Promise<void> {
  await loud(page, gain)
  await expect.poll(async () => hears(await heard(page))).toBe(true)
  await page.keyboard.press(' ')
  await expect(page.locator('.studio__key--stop')).toBeVisible()
  await speak(page, 4 * RECORDING_LIMITS.SHORTEST_MS)
}

const speak = (page: Page, ms: number) =>
  page.evaluate(
    (seconds) =>
      new Promise<void>((resolve) => {
        const from = window.sounded()
        const look = () =>
          window.sounded() - from >= seconds ? resolve() : requestAnimationFrame(look)
        look()
      }),
    ms / 1000,
  )

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations: found } = await page.evaluate(
    (values): Promise<Axe.AxeResults> =>
      window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
    WCAG,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`))
}

test('what nobody would understand is refused with what to do, and nothing of it is kept', async ({
  page,
}) => {
  const complaint = page.locator('.studio__complaint')
  const line = await page.locator('.studio__line').innerText()
  await openMicrophone(page)
  // A click, and then nothing more.
  await record(page, 0, (level) => level === 0)
  await page.evaluate(() => window.click())
  await speak(page, 4 * RECORDING_LIMITS.SHORTEST_MS)
  await page.keyboard.press(' ')
  await expect(complaint).toContainText('Ngắn quá')

  for (const [gain, hears, says] of [
    [0, (level: number) => level === 0, 'Không nghe thấy gì'],
    [0.006, (level: number) => level > 0.004 && level < 0.01, 'Nhỏ quá'],
    [4, (level: number) => level >= 0.98, 'To quá'],
  ] as const) {
    await record(page, gain, hears)
    // It is refused the same way to whoever wants to keep it at once.
    await page.keyboard.press(gain === 0 ? ' ' : 'Enter')
    await expect(complaint).toContainText(says)
    await expect(page.locator('.studio__line')).toHaveText(line)
  }
  expect(await readVoicePack(dir)).toMatchObject({ value: { clips: {} } })
})

test('its screens are for everyone', async ({ page }) => {
  const found = [...(await violations(page))]
  await openMicrophone(page)
  await record(page, 0.25, (level) => level > 0.1)
  found.push(...(await violations(page)))
  await page.keyboard.press(' ')
  await expect(page.getByRole('button', { name: 'Giữ', exact: true })).toBeEnabled()
  found.push(...(await violations(page)))
  const line = page.locator('.studio__line')
  const text = await line.innerText()
  await page.keyboard.press('Enter')
  await expect(line).not.toHaveText(text)
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('[data-recorded="true"]')).toBeVisible()
  found.push(...(await violations(page)))
  // Nothing is heard: the complaint stands there.
  await record(page, 0, (level) => level === 0)
  await page.keyboard.press(' ')
  await expect(page.locator('.studio__complaint')).not.toBeEmpty()
  found.push(...(await violations(page)))
  await page.goto(`${new URL(page.url()).origin}/studio/index.html#none`)
  await page.reload()
  await page.locator('.studio__note').waitFor()
  found.push(...(await violations(page)))
  expect(found).toEqual([])
})

test('a clip is two touches, and the machine is ready for the next one at once', async ({
  page,
}) => {
  const line = page.locator('.studio__line')
  await openMicrophone(page)
  const machineMs: number[] = []
  let touches = 0
  for (let clip = 0; clip < 5; clip += 1) {
    const text = await line.innerText()
    await record(page, 0.25, (level) => level > 0.1)
    touches += 1
    const beganMs = performance.now()
    await page.keyboard.press('Enter')
    touches += 1
    await expect(line).not.toHaveText(text)
    machineMs.push(performance.now() - beganMs)
  }
  const pack = await readVoicePack(dir)
  expect(pack.ok && Object.keys(pack.value.clips)).toHaveLength(5)
  expect(touches).toBe(10)
  const middle = machineMs.toSorted((a, b) => a - b)[2] ?? Number.NaN
  process.stdout.write(
    `# studio: ${touches / 5} touches a clip, the machine ${Math.round(middle)} ms\n`,
  )
})
