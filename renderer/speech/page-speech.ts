import { SOURCE, type Voice } from '../../shared/speech/index.ts'
import type { Language } from '../i18n/language.ts'
import { phraseInLanguage } from '../i18n/language.ts'
import { words } from '../i18n/t.ts'
import { after } from '../after.ts'
import { createClipStore, fetchIndex, type ClipStore } from './clip-store.ts'
import { nowSaid } from './now-said.ts'
import { openSoundOut, type SoundOut } from './sound.ts'
import { createSpeech, type Said, type Speech } from './speech.ts'

/** The event by which the page tells what it says: `detail` is a `Said`. */
export const SAID_EVENT = 'kiosk:said'

/** The page's one voice. */
export interface PageSpeech {
  readonly speech: Speech
  readonly clips: ClipStore
}

const out: SoundOut = openSoundOut()

/**
 * The voice of the page's language, once its list of clips is there; null where it cannot be had.
 * Names and places are Vietnamese in every language, and so is what a voice has no clip for.
 */
export async function openPageSpeech({ tag, texts }: Language): Promise<PageSpeech | null> {
  const source = await fetchIndex(SOURCE)
  if (source === null) return null
  const own = tag === SOURCE ? null : await fetchIndex(tag)
  const indexes = new Map([[SOURCE, source], ...(own === null ? [] : [[tag, own] as const])])
  const clips = createClipStore(indexes, out.decode)
  const voiceOf = (lang: string): Voice => ({ lang, has: (text) => clips.has(lang, text) })
  // A language that is only spoken says the Vietnamese texts.
  const sourceVoices = own !== null && texts.size === 0 ? [voiceOf(tag)] : []
  const voicesOf = (lang: string) =>
    lang === SOURCE ? [...sourceVoices, voiceOf(SOURCE)] : [voiceOf(lang)]
  const { text, lang } = phraseInLanguage(words('voice.private'))
  const speech = createSpeech({
    out,
    clips,
    voicesOf,
    instead: { said: text, private: false, ...(lang === undefined ? {} : { lang }) },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    after,
    onSubtitle: nowSaid.set,
    onSaid: (said: Said) => dispatchEvent(new CustomEvent(SAID_EVENT, { detail: said })),
  })
  return { speech, clips }
}
