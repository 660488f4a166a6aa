import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findBrowser } from '../../electron/shell/browser.ts'
import { openHall, walk, type Hall } from '../../electron/training/index.ts'
import { clipId, readVoicePack } from '../../electron/voice/index.ts'
import { CLIP_LIMITS, clipPath } from '../../shared/speech/index.ts'
import type { VoicePack } from '../../shared/speech/schema.ts'
import { inventory } from '../../scripts/voice/inventory.ts'
import { plans } from '../fixtures/plans.ts'
import { figure, percentile, type Figure } from './figure.ts'

const programs = fileURLToPath(new URL('../../dist/electron', import.meta.url))
const voice = fileURLToPath(new URL('../../resources/voice/vi', import.meta.url))
/** Every so many of the clips are decoded by the browser. */
const EVERY = 40
const TOUCHES = 15
const CODE = '1.004873'

declare global {
  interface Window {
    /** What a probe in the page has seen; times on the page's clock, ms. */
    probe: {
      touchedMs: number
      /** First sound after the last touch, as it leaves the page for the machine. */
      heardMs: number
      /** First speech after it. */
      spokenMs: number
      silentMs: number
      playing: number
    }
  }
}

/**
 * Speech in a real browser: how soon a touch is heard and how soon it silences, what the pack weighs
 * and covers, and what the page's process grows by while a whole journey is read out.
 */
export async function speechBench(): Promise<readonly Figure[]> {
  const pack = await readVoicePack(voice)
  if (!pack.ok) throw new Error(`no voice pack: ${pack.error.code}`)
  const { clips } = pack.value
  const wanted = [...(await inventory()).keys()].map(clipId)
  const covered = wanted.filter((id) => id in clips).length
  const bytes = Object.values(clips).reduce((sum, clip) => sum + clip.bytes, 0)
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
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
    await page.addInitScript(watchSounds)
    await page.goto(hall.value.url)
    const { heard, spoken, silence, grownMb } = await useIt(browser, page, hall.value)
    const wrong = await decodeSome(page, pack.value)
    const count = `${heard.length} touches`
    return [
      figure(
        'speech',
        'touch to first sound, p95',
        percentile(heard, 0.95),
        'ms',
        '<=',
        120,
        count,
      ),
      figure(
        'speech',
        'touch to its own words, p95',
        percentile(spoken, 0.95),
        'ms',
        '<=',
        120,
        count,
      ),
      figure(
        'speech',
        'new touch to silence, p95',
        percentile(silence, 0.95),
        'ms',
        '<=',
        200,
        count,
      ),
      figure('speech', 'voice pack vi', bytes / 1e6, 'MB', '<=', CLIP_LIMITS.PACK_BYTES / 1e6),
      figure(
        'speech',
        'what can be said has a clip',
        (100 * covered) / wanted.length,
        '%',
        '>=',
        100,
      ),
      figure('speech', 'clips that decode otherwise', wrong, 'clips', '<=', 0, `every ${EVERY}th`),
      figure('speech', 'memory for a journey read out', grownMb, 'MB', '<=', 40),
    ]
  } finally {
    await browser.close()
    await hall.value.close()
    await rm(dir, { recursive: true, maxRetries: 3 })
  }
}

async function useIt(browser: Browser, page: Page, hall: Hall) {
  const plan = plans[CODE]
  if (plan === undefined) throw new Error('no plan')
  const journey = walk(page)
  const toReview = async () => {
    await journey.choose(plan.group, CODE)
    await journey.goOn()
    await journey.answerAll(plan.answers)
  }
  // Once in silence: what the page itself grows by is no sound.
  await journey.identify(() => hall.world.scan('father'))
  await toReview()
  const before = await residentMb(browser, page)
  await page.locator('[data-say="frame.finish"]').click()
  await journey.waitFor('leave.title')
  await journey.goOn()
  await journey.waitFor('attract.title')
  await journey.identify(() => hall.world.scan('father'))
  await journey.waitFor('choose.title')
  await page.locator('[data-voice-key="on"]').click()
  await page.waitForFunction(() => window.probe.playing > 0)
  const heard: number[] = []
  const spoken: number[] = []
  const silence: number[] = []
  const tiles = page.locator('.tile--choice')
  const count = await tiles.count()
  for (let touch = 0; touch < TOUCHES; touch += 1) {
    // Something is being said when the finger comes.
    await page.locator('[data-voice-key="voice.again"]').click()
    await page.waitForFunction(() => window.probe.playing > 0)
    await tiles.nth(touch % count).click()
    await page.waitForFunction(() => window.probe.spokenMs > window.probe.touchedMs)
    const probe = await page.evaluate(() => window.probe)
    heard.push(probe.heardMs - probe.touchedMs)
    spoken.push(probe.spokenMs - probe.touchedMs)
    silence.push(probe.silentMs - probe.touchedMs)
  }
  await toReview()
  await page.waitForFunction(() => window.probe.playing > 0)
  const grownMb = Math.max(0, (await residentMb(browser, page)) - before)
  return { heard, spoken, silence, grownMb }
}

/** Resident memory of the browser's pages, MB. */
async function residentMb(browser: Browser, page: Page): Promise<number> {
  await page.requestGC()
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  const sizes = await Promise.all(
    pages.map(async ({ id }) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** How many of some clips the browser decodes to another length or loudness than the pack says. */
async function decodeSome(page: Page, pack: VoicePack): Promise<number> {
  const some = Object.entries(pack.clips).filter((_, index) => index % EVERY === 0)
  const told = some.map(([id, { ms, level }]) => ({
    path: `./voice/vi/${clipPath(id)}`,
    ms,
    level,
  }))
  const { LENGTH_TOLERANCE_MS, LEVEL_TOLERANCE_DB } = CLIP_LIMITS
  const limits = { ms: LENGTH_TOLERANCE_MS, dB: LEVEL_TOLERANCE_DB }
  return page.evaluate(
    async ({ told, limits }) => {
      const context = new OfflineAudioContext(1, 1, 24_000)
      let wrong = 0
      for (const { path, ms, level } of told) {
        const file = await fetch(path)
        const sound = await context.decodeAudioData(await file.arrayBuffer())
        const samples = sound.getChannelData(0)
        // Frames that are spoken, as the renderer counts them.
        const powers: number[] = []
        for (let from = 0; from < samples.length; from += 240) {
          const frame = samples.subarray(from, from + 240)
          powers.push(frame.reduce((sum, one) => sum + one * one, 0) / frame.length)
        }
        const least = Math.max(...powers) * 10 ** -3.8
        const loud = powers.filter((power) => power >= least)
        const mean = loud.reduce((sum, power) => sum + power, 0) / loud.length
        const off = Math.abs(10 * Math.log10(mean) - level)
        if (Math.abs(sound.duration * 1000 - ms) > limits.ms || off > limits.dB) wrong += 1
      }
      return wrong
    },
    { told, limits },
  )
}

/** Runs in the page before its own scripts. */
function watchSounds(): void {
  const probe = { touchedMs: 0, heardMs: 0, spokenMs: 0, silentMs: 0, playing: 0 }
  window.probe = probe
  const speaking = new Set<AudioScheduledSourceNode>()
  addEventListener(
    'pointerdown',
    () => {
      probe.touchedMs = performance.now()
      probe.silentMs = probe.touchedMs
    },
    { capture: true },
  )
  const { start } = AudioBufferSourceNode.prototype
  AudioBufferSourceNode.prototype.start = function (when = 0, ...rest) {
    const { context, buffer } = this
    const latency = context instanceof AudioContext ? context.baseLatency : 0
    const soundsMs = performance.now() + 1000 * (Math.max(0, when - context.currentTime) + latency)
    if (probe.heardMs <= probe.touchedMs) probe.heardMs = soundsMs
    // Earcons are shorter than any word.
    if ((buffer?.duration ?? 0) > 0.06) {
      if (probe.spokenMs <= probe.touchedMs) probe.spokenMs = soundsMs
      const startedMs = performance.now()
      speaking.add(this)
      probe.playing = speaking.size
      this.addEventListener('ended', () => {
        speaking.delete(this)
        probe.playing = speaking.size
        // What was already sounding when the finger came down.
        if (startedMs < probe.touchedMs) probe.silentMs = performance.now()
      })
    }
    return start.call(this, when, ...rest)
  }
}
