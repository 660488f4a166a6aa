import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { clipText } from '../../shared/speech/index.ts'
import { expect, fileIt, test, walkToReview } from './kiosk.ts'

/** As the page tells it: see `renderer/speech/speech.ts`. */
interface Said {
  readonly key: string
  readonly clips: readonly string[]
  readonly route: string
}

declare global {
  interface Window {
    said: Said[]
    sounds: { startedMs: number[]; stoppedMs: number[]; playing: number }
  }
}

/** Keeps what the page says, and counts the sounds that really run. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.said = []
    addEventListener('kiosk:said', (event) => {
      if (event instanceof CustomEvent) window.said.push(event.detail)
    })
    const sounds = { startedMs: [] as number[], stoppedMs: [] as number[], playing: 0 }
    window.sounds = sounds
    const { start, stop } = AudioBufferSourceNode.prototype
    AudioBufferSourceNode.prototype.start = function (...how) {
      sounds.startedMs.push(performance.now())
      sounds.playing += 1
      this.addEventListener('ended', () => (sounds.playing -= 1))
      return start.apply(this, how)
    }
    AudioBufferSourceNode.prototype.stop = function (...how) {
      sounds.stoppedMs.push(performance.now())
      return stop.apply(this, how)
    }
  })
  await page.reload()
}

const saidKeys = (page: Page) => page.evaluate(() => window.said.map(({ key }) => key))

/** Turns the voice on, as a citizen does. */
async function turnOn(page: Page): Promise<void> {
  const key = page.locator('[data-voice-key="on"]')
  await key.click()
  await expect(key).toHaveAttribute('aria-pressed', 'true')
}

test('nothing is said until it is asked for; then each screen is read from the top', async ({
  kiosk,
  page,
}) => {
  await listen(page)
  await expect(page.locator('[data-voice-key="on"]')).toHaveAttribute('aria-pressed', 'false')
  expect(await saidKeys(page)).toEqual([])
  await turnOn(page)
  await expect.poll(() => saidKeys(page)).toContain('attract.title')
  expect((await saidKeys(page))[0]).toBe('voice.on')

  await page.locator('.action .btn--go').click()
  await expect.poll(() => saidKeys(page)).toContain('notice.hint')
  const asked = await saidKeys(page)
  expect(asked.indexOf('notice.title')).toBeLessThan(asked.indexOf('notice.hint'))

  await kiosk.journey.agree()
  await kiosk.hall.world.scan('father')
  await expect.poll(() => saidKeys(page), { timeout: 30_000 }).toContain('confirm.number')
  // Every key of the screen was said by a clip that runs, none of it out of the reach of the clock.
  const { sounds, said } = await page.evaluate(() => ({ sounds: window.sounds, said: window.said }))
  expect(sounds.startedMs.length).toBeGreaterThan(said.length)
})

test('the loudspeaker never says what is on the card', async ({ kiosk, page }) => {
  await listen(page)
  await turnOn(page)
  await page.locator('.action .btn--go').click()
  await kiosk.journey.agree()
  await kiosk.hall.world.scan('father')
  await expect
    .poll(() => saidKeys(page), { timeout: 60_000 })
    .toEqual(expect.arrayContaining(['value.name', 'value.number', 'value.address']))
  const said = await page.evaluate(() => window.said)
  expect(new Set(said.map(({ route }) => route))).toEqual(new Set(['speaker']))
  const own = said.filter(({ key }) => key.startsWith('value.'))
  for (const { clips } of own) expect(clips).toEqual([clipText('xem trên màn hình')])
  const words = said.flatMap(({ clips }) => clips)
  for (const own of ['nguyễn', 'ví dụ', 'ấp', 'mẫu', 'sao']) expect(words).not.toContain(own)
})

test('a touch silences what is being said, and a tile says itself', async ({ kiosk, page }) => {
  await listen(page)
  await turnOn(page)
  await kiosk.journey.identify(() => kiosk.hall.world.scan('father'))
  await kiosk.journey.waitFor('choose.title')
  await expect.poll(() => saidKeys(page)).toContain('choose.title')
  const beside = page.locator('h1')
  await beside.dispatchEvent('pointerdown')
  await expect.poll(() => page.evaluate(() => window.sounds.playing)).toBe(0)
  await expect(page.locator('.strip__said')).toHaveCount(0)

  const word = page.locator('.tile--choice .tile__word [data-say]').first()
  const key = await word.getAttribute('data-say')
  await page.locator('.tile--choice').first().click()
  await expect.poll(async () => (await saidKeys(page)).at(-1)).toBe(key)
})

test('speed and loudness go in steps, and the next citizen finds them as they were', async ({
  kiosk,
  page,
}) => {
  await listen(page)
  await turnOn(page)
  const speed = page.locator('[data-voice-key="voice.speed"]')
  const volume = page.locator('[data-voice-key="voice.volume"]')
  await speed.click()
  await expect(speed).toHaveAttribute('aria-label', 'Nhanh, chậm: Đọc hơi nhanh')
  await expect.poll(() => saidKeys(page)).toContain('voice.speed.4')
  await volume.click()
  await expect(volume).toHaveAttribute('aria-label', 'To, nhỏ: Tiếng to')

  await page.locator('[data-voice-key="voice.pause"]').click()
  await expect(page.locator('[data-voice-key="voice.resume"]')).toBeVisible()
  await expect.poll(() => page.evaluate(() => window.sounds.playing)).toBe(0)
  await page.locator('[data-voice-key="voice.again"]').click()
  await expect.poll(async () => (await saidKeys(page)).at(-1)).toMatch(/^attract\./)

  await kiosk.journey.goOn()
  await page.locator('[data-say="frame.finish"]').click()
  await page.locator('h1 [data-say="attract.title"]').waitFor()
  await expect(page.locator('[data-voice-key="on"]')).toHaveAttribute('aria-pressed', 'false')
  await expect(speed).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => window.sounds.playing)).toBe(0)
  await turnOn(page)
  await expect(speed).toHaveAttribute('aria-label', 'Nhanh, chậm: Đọc vừa')
  await expect(volume).toHaveAttribute('aria-label', 'To, nhỏ: Tiếng vừa')
})

test('a whole journey is read out, every word of it from a clip', async ({ kiosk, page }, info) => {
  await listen(page)
  await turnOn(page)
  const missing: string[] = []
  page.on('response', (answer) => {
    if (answer.url().includes('/voice/') && answer.status() !== 200) missing.push(answer.url())
  })
  await walkToReview(kiosk, '1.004873')
  await fileIt(kiosk)
  await kiosk.journey.waitFor('done.title-accepted')
  await expect.poll(() => saidKeys(page)).toContain('done.title-accepted')
  const said = await page.evaluate(() => window.said)
  const keys = said.map(({ key }) => key)
  // Quick hands leave some screens before they are begun; the questions take longer.
  expect(keys.filter((key) => key.startsWith('procedure.1.004873.question.'))).not.toEqual([])
  expect(missing).toEqual([])
  // For `npm run voice -- --wav`.
  const path = info.outputPath('said.json')
  await writeFile(path, JSON.stringify(said))
  await info.attach('said.json', { path, contentType: 'application/json' })
})
