import { RESTS, type Step } from '../../shared/speech/index.ts'
import type { ClipStore } from './clip-store.ts'
import { SPEECH_LIMITS } from './limits.ts'
import type { Samples, SoundOut } from './sound.ts'

type Clip = Extract<Step, { kind: 'clip' }>

/** Words that are said in one go, as they may be heard on the route of the moment. */
export interface Utterance {
  readonly key: string
  /** What the subtitle shows while it is said. */
  readonly text: string
  readonly steps: readonly Step[]
  /** Something in it is for the headset alone. */
  readonly private: boolean
}

export interface PlayerPorts {
  readonly out: SoundOut
  readonly clips: Pick<ClipStore, 'load' | 'ready'>
  readonly wait: (ms: number) => Promise<void>
  /** Called at the moment at which an utterance is heard. */
  readonly onSaid: (utterance: Utterance) => void
  /** The words that are being said, or null. */
  readonly onSubtitle: (text: string | null) => void
}

/** Says one thing after another, until it is told to be silent. */
export interface Player {
  /** What was being said is cut off. */
  say(utterances: readonly Utterance[]): void
  /** After what is to be said; in the place of what was added so before and has not begun. */
  append(utterances: readonly Utterance[]): void
  /** A sound that is no speech; it cuts nothing off. */
  play(samples: Samples): void
  stop(): void
  /** Silent, until `resume` begins the utterance that was cut off anew. */
  pause(): void
  resume(): void
  setSpeed(speed: number): void
  state(): 'silent' | 'speaking' | 'paused'
  /** Whether something private is being said or waits to be. */
  holdsPrivate(): boolean
}

export function createPlayer({ out, clips, wait, onSaid, onSubtitle }: PlayerPorts): Player {
  let queue: Utterance[] = []
  /** Place in the queue of what is being said. */
  let place = 0
  /** Place in the queue where that begins which was added to it. */
  let added = 0
  let state: 'silent' | 'speaking' | 'paused' = 'silent'
  let speed = 1
  /** Whoever began in an earlier turn has nothing more to say. */
  let turn = 0
  let playing: { readonly endS: number; readonly stop: () => void }[] = []

  const toClip = ({ lang, text }: Clip) =>
    clips.ready(lang, text, speed) ?? clips.load(lang, text, speed)

  function hush(): void {
    turn += 1
    for (const { stop } of playing) stop()
    playing = []
    onSubtitle(null)
  }

  async function speak(mine: number): Promise<void> {
    let atS = 0
    for (; place < queue.length; place += 1) {
      const utterance = queue[place]
      if (utterance === undefined) break
      let begun = false
      for (const step of utterance.steps) {
        if (step.kind === 'rest') {
          atS += step.ms / 1000 / speed
          continue
        }
        const clip = toClip(step)
        const samples = clip instanceof Promise ? await clip : clip
        if (mine !== turn) return
        if (samples === null) continue
        const nowS = out.now()
        atS = Math.max(atS, nowS)
        playing = playing.filter(({ endS }) => endS > nowS)
        const endS = atS + samples.length / SPEECH_LIMITS.SAMPLE_RATE
        playing.push({ endS, stop: out.play(samples, atS) })
        if (!begun) {
          begun = true
          const aheadMs = (atS - nowS) * 1000
          if (aheadMs > 1) await wait(aheadMs)
          if (mine !== turn) return
          onSaid(utterance)
          onSubtitle(utterance.text)
        }
        atS = endS
        const idleMs = (atS - out.now()) * 1000 - SPEECH_LIMITS.AHEAD_MS
        if (idleMs > 0) await wait(idleMs)
        if (mine !== turn) return
      }
      if (begun) atS += RESTS.PHRASE_MS / 1000 / speed
    }
    const restMs = (atS - out.now()) * 1000
    if (restMs > 0) await wait(restMs)
    if (mine !== turn) return
    // What came in meanwhile.
    if (place < queue.length) return speak(mine)
    state = 'silent'
    onSubtitle(null)
  }

  function begin(): void {
    state = 'speaking'
    void speak(turn)
  }

  function say(utterances: readonly Utterance[]): void {
    hush()
    queue = [...utterances]
    added = queue.length
    place = 0
    begin()
  }

  return {
    say,
    append(utterances) {
      if (state === 'silent') say(utterances)
      else queue = [...queue.slice(0, Math.max(added, place + 1)), ...utterances]
    },
    play(samples) {
      out.play(samples, 0)
    },
    stop() {
      hush()
      queue = []
      place = 0
      state = 'silent'
    },
    pause() {
      if (state !== 'speaking') return
      hush()
      state = 'paused'
    },
    resume() {
      if (state !== 'paused') return
      begin()
    },
    setSpeed(next) {
      speed = next
    },
    state: () => state,
    holdsPrivate: () => queue.slice(place).some((utterance) => utterance.private),
  }
}
