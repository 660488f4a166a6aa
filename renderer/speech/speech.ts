import type { Phrase } from '../../shared/domain/phrase.ts'
import { RESTS, SPEEDS, VOLUMES, type Route, type Step } from '../../shared/speech/index.ts'
import { code } from '../i18n/values.ts'
import type { ClipStore } from './clip-store.ts'
import { earconSamples, type Earcon } from './earcons.ts'
import { SPEECH_LIMITS } from './limits.ts'
import type { Touched } from './on-screen.ts'
import { createPlayer, type Player, type PlayerPorts, type Utterance } from './player.ts'
import type { SoundOut } from './sound.ts'
import { utteranceOf, type Hearing } from './utterance.ts'

/** What was said, for tests and for whoever measures; a listener gets it, nothing keeps it. */
export interface Said {
  readonly key: string
  /** The clips, by what they say. On the loudspeaker none of them is private. */
  readonly clips: readonly string[]
  /** The rest behind each of them, ms; behind the last the one between two phrases. */
  readonly restsMs: readonly number[]
  readonly route: Route
}

export interface SpeechPorts extends Omit<PlayerPorts, 'clips' | 'onSaid'> {
  readonly out: SoundOut
  readonly clips: ClipStore
  readonly after: (ms: number, run: () => void) => () => void
  readonly onSaid: (said: Said) => void
  /** What is said on the loudspeaker where something private stands. */
  readonly instead: Hearing['instead']
  readonly voicesOf: Hearing['voicesOf']
}

/** How a citizen wants to hear it. */
export interface VoiceChoice {
  readonly on: boolean
  /** Places in `SPEEDS` and `VOLUMES`. */
  readonly speed: number
  readonly volume: number
}

/** Decides what is said when. */
export interface Speech {
  /** Another choice of the citizen's; `words` says so. */
  choose(choice: VoiceChoice, words: Phrase | null): void
  /** A screen has come; it is read from the top. */
  screen(phrases: readonly Phrase[]): void
  /** Words that came by themselves: an alert cuts off what is being said, news waits for its end. */
  alert(phrases: readonly Phrase[]): void
  news(phrases: readonly Phrase[]): void
  /** A finger came down: at once silence, and a sound that it was heard. */
  touch(onKey: boolean): void
  /** What the finger chose. */
  touched(what: Touched): void
  /** What the keypad stands on; what is being said ends. */
  say(phrases: readonly Phrase[]): void
  pause(): void
  resume(): void
  /** Somebody speaks into the microphone: not a sound, whatever comes. */
  hold(): void
  /** A screen that came meanwhile is read now. */
  release(): void
  earcon(earcon: Earcon): void
  /** A headset that is pulled out leaves nothing private to be heard. */
  route(route: Route): void
  state: Player['state']
  /** Another voice takes its place. */
  close(): void
}

/** The rest behind each clip. */
function restsIn(steps: readonly Step[]): readonly number[] {
  const restsMs: number[] = []
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'rest') continue
    const next = steps[at + 1]
    if (next === undefined) restsMs.push(RESTS.PHRASE_MS)
    else restsMs.push(next.kind === 'rest' ? next.ms : 0)
  }
  return restsMs
}

export function createSpeech(ports: SpeechPorts): Speech {
  const { out, clips, after, instead, voicesOf } = ports
  let choice: VoiceChoice = { on: false, speed: 3, volume: 2 }
  let route: Route = 'speaker'
  let onScreen: readonly Phrase[] = []
  let forgetKey = () => {}
  let held: 'no' | 'yes' | 'and a screen came' = 'no'

  const player = createPlayer({
    out,
    clips,
    wait: ports.wait,
    onSubtitle: ports.onSubtitle,
    onSaid: ({ key, steps }) =>
      ports.onSaid({
        key,
        clips: steps.flatMap((step) => (step.kind === 'clip' ? [step.text] : [])),
        restsMs: restsIn(steps),
        route,
      }),
  })
  const speaks = () => choice.on && held === 'no'
  const speed = () => SPEEDS[choice.speed] ?? 1
  const hear = (phrases: readonly Phrase[]): Utterance[] =>
    phrases.flatMap((phrase) => utteranceOf(phrase, { route, voicesOf, instead }) ?? [])

  /** Makes ready what the next touch may say. */
  function preload(phrases: readonly Phrase[]): void {
    const wanted = hear(phrases)
      .flatMap(({ steps }) => steps)
      .filter((step) => step.kind === 'clip')
    void (async () => {
      for (const { lang, text } of wanted.slice(0, SPEECH_LIMITS.PRELOAD_CLIPS)) {
        if (!choice.on) return
        await clips.load(lang, text, speed())
      }
    })()
  }

  function earcon(name: Earcon): void {
    if (held !== 'no') return
    player.play(earconSamples(name, SPEECH_LIMITS.SAMPLE_RATE))
  }

  return {
    choose(next, words) {
      const turned = next.on !== choice.on
      choice = next
      player.setSpeed(speed())
      out.setVolume(VOLUMES[next.volume] ?? 1)
      if (!next.on) {
        player.stop()
        if (turned && words !== null) player.say(hear([words]))
        if (turned) clips.clear()
        return
      }
      if (words === null || held !== 'no') return
      player.say(hear(turned ? [words, ...onScreen] : [words]))
      if (turned) preload(onScreen)
    },
    screen(phrases) {
      forgetKey()
      onScreen = phrases
      if (held !== 'no') held = 'and a screen came'
      if (!speaks()) return
      player.say(hear(phrases))
      preload(phrases)
    },
    alert(phrases) {
      forgetKey()
      earcon('refused')
      if (speaks()) player.say(hear(phrases))
    },
    news(phrases) {
      if (speaks()) player.append(hear(phrases))
    },
    touch(onKey) {
      forgetKey()
      if (!choice.on) return
      player.stop()
      if (onKey) earcon('heard')
    },
    touched({ kind, phrases, letter }) {
      if (!speaks()) return
      switch (kind) {
        case 'tile':
          return player.say(hear(phrases))
        case 'letter':
          // What is written is private, whatever the key; the hall hears that it was (EN 301 549, 5.1.3.8).
          if (route === 'speaker') player.say(hear([{ ...code('•', false), key: 'value.letter' }]))
          else if (phrases.length > 0) player.say(hear(phrases))
          else player.say(hear([{ ...code(letter, true), key: 'value.letter' }]))
          return
        case 'key':
          forgetKey = after(SPEECH_LIMITS.NAME_KEY_AFTER_MS, () => {
            if (player.state() === 'silent') player.say(hear(phrases))
          })
          return
      }
    },
    say(phrases) {
      forgetKey()
      if (speaks()) player.say(hear(phrases))
    },
    pause: player.pause,
    resume() {
      if (held === 'no') player.resume()
    },
    hold() {
      forgetKey()
      player.stop()
      held = 'yes'
    },
    release() {
      const came = held === 'and a screen came'
      held = 'no'
      if (came && choice.on) player.say(hear(onScreen))
    },
    earcon,
    route(next) {
      if (next === route) return
      route = next
      if (next === 'speaker' && player.holdsPrivate()) player.stop()
    },
    state: player.state,
    close() {
      forgetKey()
      player.stop()
      clips.clear()
    },
  }
}
