import { describe, expect, it } from 'vitest'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { secret } from '../../shared/speech/index.ts'
import { SPEECH_LIMITS } from './limits.ts'
import type { Samples } from './sound.ts'
import { createSpeech, type Said } from './speech.ts'

const CLIP_MS = 1_000

/** Sound on a clock that the test moves; every clip lasts a second. */
function createHall(known: readonly string[]) {
  let nowMs = 0
  const timers: { atMs: number; run: () => void }[] = []
  const sounds: { text: string; fromMs: number; endMs: number }[] = []
  const said: Said[] = []
  const subtitles: (string | null)[] = []
  const texts = new Map<Samples, string>()
  const samplesOf = (text: string): Samples => {
    const samples = new Float32Array((SPEECH_LIMITS.SAMPLE_RATE * CLIP_MS) / 1000)
    texts.set(samples, text)
    return samples
  }
  let cleared = 0
  const after = (ms: number, run: () => void) => {
    const timer = { atMs: nowMs + ms, run }
    timers.push(timer)
    return () => void timers.splice(timers.indexOf(timer), 1)
  }
  const speech = createSpeech({
    out: {
      now: () => nowMs / 1000,
      play(samples, atS) {
        const fromMs = Math.max(atS * 1000, nowMs)
        const length = (samples.length / SPEECH_LIMITS.SAMPLE_RATE) * 1000
        const sound = { text: texts.get(samples) ?? 'earcon', fromMs, endMs: fromMs + length }
        sounds.push(sound)
        return () => (sound.endMs = Math.min(sound.endMs, nowMs + SPEECH_LIMITS.FADE_MS))
      },
      setVolume() {},
      decode: async () => new Float32Array(1),
    },
    clips: {
      has: (_, text) => known.includes(text),
      ready: (_, text) => samplesOf(text),
      load: async (_, text) => samplesOf(text),
      bytes: () => 0,
      clear: () => (cleared += 1),
    },
    after,
    wait: (ms) => new Promise((resolve) => after(ms, () => resolve())),
    onSaid: (one) => said.push(one),
    onSubtitle: (text) => subtitles.push(text),
    instead: { said: 'xem trên màn hình', private: false },
    voicesOf: () => [{ lang: 'vi', has: (text) => known.includes(text) }],
  })
  /** Lets everything happen that is due within so long. */
  async function pass(ms: number): Promise<void> {
    const until = nowMs + ms
    for (;;) {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
      const next = timers.toSorted((left, right) => left.atMs - right.atMs)[0]
      if (next === undefined || next.atMs > until) break
      timers.splice(timers.indexOf(next), 1)
      nowMs = next.atMs
      next.run()
    }
    nowMs = until
  }
  const heard = () =>
    sounds
      .filter(({ fromMs, endMs, text }) => text !== 'earcon' && endMs > fromMs)
      .map((one) => one.text)
  const soundingAt = (ms: number) => sounds.filter((one) => one.fromMs <= ms && one.endMs > ms)
  return {
    speech,
    pass,
    heard,
    said,
    sounds,
    subtitles,
    soundingAt,
    now: () => nowMs,
    cleared: () => cleared,
  }
}

const phrase = (text: string): Phrase => ({ key: `key.${text}`, text })
const screen = ['một', 'hai', 'ba'].map(phrase)
const known = ['một', 'hai', 'ba', 'nguyễn', 'an', 'xem trên màn hình', 'bắt đầu']
const on = { on: true, speed: 3, volume: 2 }

describe('what is said when', () => {
  it('is nothing while the voice is off', async () => {
    const hall = createHall(known)
    hall.speech.screen(screen)
    await hall.pass(5_000)
    expect(hall.sounds).toEqual([])
  })
  it('a screen, one thing after another, with its subtitles in step', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen(screen)
    await hall.pass(10_000)
    expect(hall.heard()).toEqual(['một', 'hai', 'ba'])
    expect(hall.said.map(({ key }) => key)).toEqual(['key.một', 'key.hai', 'key.ba'])
    expect(hall.subtitles.filter((text) => text !== null)).toEqual(['một', 'hai', 'ba'])
    expect(hall.subtitles.at(-1)).toBeNull()
    const [first, second] = hall.sounds
    expect((second?.fromMs ?? 0) - (first?.endMs ?? 0)).toBeCloseTo(420, 0)
  })
  it('a touch cuts it off at once, and a tile says itself', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen(screen)
    await hall.pass(500)
    hall.speech.touch(true)
    const touchedMs = hall.now()
    await hall.pass(50)
    expect(hall.soundingAt(touchedMs + SPEECH_LIMITS.FADE_MS + 1).map(({ text }) => text)).toEqual([
      'earcon',
    ])
    hall.speech.touched({ kind: 'tile', phrases: [phrase('ba')], letter: '' })
    await hall.pass(3_000)
    expect(hall.said.map(({ key }) => key)).toEqual(['key.một', 'key.ba'])
  })
  it('a key is named when it leads nowhere, and not when another screen comes', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    const key = { kind: 'key', phrases: [phrase('ba')], letter: '' } as const
    hall.speech.touched(key)
    await hall.pass(2_000)
    expect(hall.heard()).toEqual(['ba'])
    hall.speech.touched(key)
    hall.speech.screen([phrase('một')])
    await hall.pass(3_000)
    expect(hall.heard()).toEqual(['ba', 'một'])
  })
  it('pauses, and goes on with what was cut off', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen(screen)
    await hall.pass(1_800)
    hall.speech.pause()
    await hall.pass(5_000)
    expect(hall.said.map(({ key }) => key)).toEqual(['key.một', 'key.hai'])
    hall.speech.resume()
    await hall.pass(5_000)
    expect(hall.said.map(({ key }) => key)).toEqual(['key.một', 'key.hai', 'key.hai', 'key.ba'])
  })
  it('an alert comes at once, news when there is silence', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen([phrase('một')])
    hall.speech.news([phrase('hai')])
    await hall.pass(5_000)
    expect(hall.heard()).toEqual(['một', 'hai'])
    hall.speech.screen([phrase('một')])
    await hall.pass(200)
    hall.speech.alert([phrase('ba')])
    await hall.pass(5_000)
    expect(hall.said.at(-1)?.key).toBe('key.ba')
  })
  it('of news that pile up, only the last are still told', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen([phrase('một')])
    hall.speech.news([phrase('hai')])
    hall.speech.news([phrase('ba')])
    await hall.pass(5_000)
    expect(hall.heard()).toEqual(['một', 'ba'])
  })
  it('forgets every sound when it is turned off', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen(screen)
    await hall.pass(500)
    hall.speech.choose({ ...on, on: false }, null)
    const atMs = hall.now()
    await hall.pass(5_000)
    expect(hall.soundingAt(atMs + 100)).toEqual([])
    expect(hall.cleared()).toBe(1)
  })
})

describe('a headset', () => {
  const name: Phrase = { ...secret('Nguyễn An'), key: 'value.name' }
  it('alone hears what is private', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen([name])
    await hall.pass(3_000)
    expect(hall.heard()).toEqual(['xem trên màn hình'])
    hall.speech.route('headset')
    hall.speech.screen([name])
    await hall.pass(5_000)
    expect(hall.heard()).toEqual(['xem trên màn hình', 'nguyễn', 'an'])
    expect(hall.said.map(({ route }) => route)).toEqual(['speaker', 'headset'])
  })
  it('pulled out in mid-sentence ends private speech at once', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.route('headset')
    hall.speech.screen([name, phrase('một')])
    await hall.pass(1_200)
    hall.speech.route('speaker')
    const pulledMs = hall.now()
    await hall.pass(5_000)
    expect(hall.soundingAt(pulledMs + SPEECH_LIMITS.FADE_MS + 1)).toEqual([])
    expect(hall.said).toHaveLength(1)
  })
  it('pulled out while nothing private is said changes nothing', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.route('headset')
    hall.speech.screen(screen)
    await hall.pass(1_200)
    hall.speech.route('speaker')
    await hall.pass(5_000)
    expect(hall.heard()).toEqual(['một', 'hai', 'ba'])
  })
  it('lets the keys of the keyboard be heard, of which the hall hears only that they were pressed', async () => {
    const hall = createHall([...known, 'bê', 'sao'])
    hall.speech.choose(on, null)
    const letter = { kind: 'letter', phrases: [], letter: 'b' } as const
    hall.speech.touched(letter)
    await hall.pass(2_000)
    expect(hall.heard()).toEqual(['sao'])
    hall.speech.route('headset')
    hall.speech.touched(letter)
    await hall.pass(2_000)
    expect(hall.heard()).toEqual(['sao', 'bê'])
  })
})

describe('while somebody speaks into the microphone', () => {
  it('nothing sounds, whatever comes', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.screen(screen)
    await hall.pass(500)
    hall.speech.touched({ kind: 'key', phrases: [phrase('bắt đầu')], letter: '' })
    hall.speech.hold()
    const quietFromMs = hall.now() + SPEECH_LIMITS.FADE_MS
    hall.speech.alert([phrase('hai')])
    hall.speech.news([phrase('ba')])
    hall.speech.say([phrase('hai')])
    hall.speech.resume()
    hall.speech.touch(true)
    hall.speech.earcon('attention')
    await hall.pass(5_000)
    expect(hall.sounds.filter(({ endMs }) => endMs > quietFromMs)).toEqual([])
    hall.speech.release()
    await hall.pass(5_000)
    expect(hall.heard()).toEqual(['một'])
    hall.speech.say([phrase('hai')])
    await hall.pass(5_000)
    expect(hall.heard()).toEqual(['một', 'hai'])
  })

  it('a screen that comes is read afterwards', async () => {
    const hall = createHall(known)
    hall.speech.choose(on, null)
    hall.speech.hold()
    hall.speech.screen(screen)
    await hall.pass(5_000)
    expect(hall.heard()).toEqual([])
    hall.speech.release()
    await hall.pass(10_000)
    expect(hall.heard()).toEqual(['một', 'hai', 'ba'])
  })
})
