import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { View } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { language } from '../i18n/language.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onVoiceWish } from './controls.ts'
import { jack, routeOf } from './headset.ts'
import { SPEECH_LIMITS } from './limits.ts'
import {
  isVoiceKey,
  livePhrases,
  nameOf,
  phrasesOf,
  topScreen,
  touchedAt,
  typedIn,
} from './on-screen.ts'
import { openPageSpeech } from './page-speech.ts'
import type { Speech } from './speech.ts'
import { speedKeys, volumeKeys } from './voice-words.ts'

/** Says what is on the screen, where a voice is there. Nothing of it is to be seen. */
export function Speaker() {
  const { view } = useKiosk()
  const canSpeak = view.kiosk.voice !== null
  const standing = language().tag
  const [speech, setSpeech] = useState<Speech | null>(null)
  useEffect(() => {
    if (!canSpeak) return
    let wanted = true
    let opened: Speech | null = null
    void openPageSpeech(language()).then((next) => {
      if (!wanted) return
      opened = next?.speech ?? null
      setSpeech(opened)
    })
    return () => {
      wanted = false
      opened?.close()
    }
  }, [canSpeak, standing])
  return speech === null ? null : <Speaking key={standing} speech={speech} view={view} />
}

function Speaking({ speech, view }: { readonly speech: Speech; readonly view: View }) {
  const { display } = view
  const isIn = useSyncExternalStore(jack.subscribe, jack.isIn)
  const route = routeOf(view.kiosk.voice?.headset ?? 'none', isIn)
  // Until now it was silent, whatever was chosen: a page that was loaded anew begins by saying so.
  const before = useRef({ ...display, voice: { ...display.voice, on: false } })
  // The route first: what is said next must already know where it is heard.
  useEffect(() => speech.route(route), [speech, route])
  useEffect(() => readScreens(speech), [speech])
  useEffect(() => {
    speech.choose(display.voice, changeWords(before.current, display))
    before.current = display
  }, [speech, display])
  const warned = view.idle.state === 'warned'
  useEffect(() => {
    if (warned) speech.earcon('attention')
  }, [speech, warned])
  const done = view.session.screen === 'done'
  useEffect(() => {
    if (done) speech.earcon('done')
  }, [speech, done])
  useEffect(
    () =>
      onVoiceWish((wish) => {
        if (typeof wish === 'object') speech.say(wish.say)
        else if (wish === 'hush') speech.touch(true)
        else if (wish === 'again') readAgain(speech)
        else speech[wish]()
      }),
    [speech],
  )
  return null
}

/** The screen once more, as it stands now: with what was wrong on it since it came. */
function readAgain(speech: Speech): void {
  const top = topScreen(document)
  if (top !== null) speech.screen(phrasesOf(top))
}

/** What is said of a choice; null where nothing changed. */
function changeWords(
  { voice: before, blank }: View['display'],
  { voice: now, blank: isBlank }: View['display'],
): Phrase | null {
  if (before.on !== now.on) return words(now.on ? 'voice.on' : 'voice.off')
  if (before.speed !== now.speed) return words(speedKeys[now.speed] ?? 'voice.speed')
  if (before.volume !== now.volume) return words(volumeKeys[now.volume] ?? 'voice.volume')
  if (blank !== isBlank) return words(isBlank ? 'voice.blank-on' : 'voice.blank-off')
  return null
}

/** Follows what is on the screen and what is touched. Returns how to leave it. */
function readScreens(speech: Speech): () => void {
  let shown: { name: string; heading: Element | null } = { name: '', heading: null }
  let known = new Set<string>()
  let settling: ReturnType<typeof setTimeout> | undefined

  const fresh = (phrases: readonly Phrase[]) =>
    phrases.filter(({ key, text }) => !known.has(`${key} ${text}`))

  function look(): void {
    const top = topScreen(document)
    if (top === null) return
    const name = nameOf(top)
    const { alerts, news } = livePhrases(top)
    const isNew = name !== shown.name || top.heading !== shown.heading
    if (isNew) {
      shown = { name, heading: top.heading }
      speech.screen(phrasesOf(top))
    } else {
      const wrong = fresh(alerts)
      const changed = fresh(news)
      if (wrong.length > 0) speech.alert(wrong)
      if (changed.length > 0) speech.news(changed)
    }
    known = new Set([...alerts, ...news].map(({ key, text }) => `${key} ${text}`))
  }
  const observer = new MutationObserver(() => {
    clearTimeout(settling)
    settling = setTimeout(look, SPEECH_LIMITS.SETTLE_MS)
  })
  observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  const down = ({ target }: PointerEvent) => {
    // What the voice's own keys do with what was cut off, they say themselves.
    if (isVoiceKey(target)) speech.pause()
    else speech.touch(touchedAt(target) !== null)
  }
  let last: { label: Element | null; ms: number } = { label: null, ms: 0 }
  const click = ({ target, timeStamp: ms }: MouseEvent) => {
    // A label clicks its box by itself, right behind the finger's own click.
    const label = target instanceof Element ? target.closest('label') : null
    const twice = label !== null && label === last.label && ms - last.ms < SPEECH_LIMITS.ECHO_MS
    last = { label, ms }
    const touched = touchedAt(target)
    if (touched !== null && !twice) speech.touched(touched)
  }
  /** What a keyboard on the desk or the pad's own digits write. */
  const typed = (event: Event) => {
    const what = event instanceof InputEvent ? typedIn(event) : null
    if (what !== null) speech.touched(what)
  }
  const options = { capture: true }
  document.addEventListener('input', typed, options)
  document.addEventListener('pointerdown', down, options)
  document.addEventListener('click', click, options)
  look()
  return () => {
    clearTimeout(settling)
    observer.disconnect()
    document.removeEventListener('input', typed, options)
    document.removeEventListener('pointerdown', down, options)
    document.removeEventListener('click', click, options)
  }
}
