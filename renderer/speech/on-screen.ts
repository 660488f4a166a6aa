import type { Phrase } from '../../shared/domain/phrase.ts'
import { words } from '../i18n/t.ts'
import { phraseAt } from './marked.ts'

/** What is on the screen and not read out: marks of place, and keys that are the same everywhere. */
const UNREAD =
  '.step, .shelf__keys, .row__edit, .chosen, .strip, .keys, .digits, [aria-hidden="true"], [role="timer"]'
/** Where words change by themselves, and are then said. */
const LIVE = '[role="alert"], [role="status"], [aria-live="polite"]'

/** The screen that lies on top, and the phrases that it is known by. */
export interface TopScreen {
  readonly root: Element
  readonly heading: Element
}

/** What a citizen sees at the moment: the curtain, what covers the page, or the page. */
export function topScreen(page: Document): TopScreen | null {
  const curtain = page.querySelector('.curtain')
  if (curtain !== null) return { root: curtain, heading: curtain }
  const root = page.querySelector('.cover .screen') ?? page.querySelector('.screen')
  const heading = root?.querySelector('h1') ?? null
  return root === null || heading === null ? null : { root, heading }
}

/** By what one screen is told from another. */
export function nameOf({ heading }: TopScreen): string {
  const element = heading.matches('[data-say]') ? heading : heading.querySelector('[data-say]')
  const phrase = element === null ? undefined : phraseAt(element)
  return phrase === undefined ? '' : `${phrase.key} ${phrase.text}`
}

const isShown = (element: Element) =>
  element.closest(UNREAD) === null && element.checkVisibility({ visibilityProperty: true })

function phrasesIn(elements: Iterable<Element>): Phrase[] {
  return Array.from(elements)
    .filter(isShown)
    .map(phraseAt)
    .filter((phrase) => phrase !== undefined)
}

/** A screen in the order in which it is read: title, hint, what stands on it, what to do. */
export function phrasesOf({ root, heading }: TopScreen): readonly Phrase[] {
  const within = root.querySelector('main') ?? root
  const read = phrasesIn(within.querySelectorAll('[data-say]'))
  const title = phrasesIn(heading.querySelectorAll('[data-say]'))
  const guidance = root.querySelector('.strip__words > [data-say]')
  const last = guidance === null ? undefined : phraseAt(guidance)
  const known = new Set(title.map(({ text }) => text))
  const rest = read.filter(({ text }) => !known.has(text))
  const isNew = last !== undefined && ![...title, ...rest].some(({ text }) => text === last.text)
  return [...title, ...rest, ...(isNew ? [last] : [])]
}

/** What stands where words change by themselves. */
export function livePhrases({ root }: TopScreen): {
  readonly alerts: readonly Phrase[]
  readonly news: readonly Phrase[]
} {
  const live = [...root.querySelectorAll(LIVE)]
  const isAlert = (element: Element) => element.closest('[role="alert"]') !== null
  // A region may lie within another.
  const words = [
    ...new Set(live.flatMap((region) => Array.from(region.querySelectorAll('[data-say]')))),
  ]
  return {
    alerts: phrasesIn(words.filter(isAlert)),
    news: phrasesIn(words.filter((element) => !isAlert(element))),
  }
}

/** Something that was touched: a tile is chosen and stays, a key mostly leads on. */
export interface Touched {
  readonly kind: 'tile' | 'key' | 'letter'
  readonly phrases: readonly Phrase[]
  /** What a key of the keyboard writes. */
  readonly letter: string
}

/** A key that is about the voice itself. */
export const isVoiceKey = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-voice-key]') !== null

/** What a touch has hit; null beside everything that can be touched. */
export function touchedAt(target: EventTarget | null): Touched | null {
  if (!(target instanceof Element)) return null
  const control = target.closest('button, label, a')
  if (control === null || isVoiceKey(control)) return null
  const phrases = phrasesIn(control.querySelectorAll('[data-say]'))
  const name = control.getAttribute('aria-label') ?? control.textContent
  const letter = isMasked(control) ? MASK : name
  // Of the keyboard, a key with a word says it; one that writes is the citizen's own.
  if (control.matches('.key--word')) return { kind: 'tile', phrases: wordsOf(control), letter: '' }
  if (control.matches('.key')) return { kind: 'letter', phrases: wordsOf(control), letter }
  if (!control.matches('label')) return { kind: 'key', phrases, letter: '' }
  return { kind: 'tile', phrases: [...phrases, ...chosenNow(target)], letter: '' }
}

const wordsOf = (control: Element): readonly Phrase[] =>
  [...control.querySelectorAll('[data-say]')].flatMap((word) => phraseAt(word) ?? [])

/** Of a tile whose box itself was pressed, as a keyboard does, it is already known what it is now. */
function chosenNow(target: Element): readonly Phrase[] {
  if (!(target instanceof HTMLInputElement)) return []
  return [words(target.checked ? 'frame.chosen' : 'keys.unchosen')]
}

/** What stands for a letter that not even the one who types it is told. */
export const MASK = '•'
export const isMasked = (element: Element): boolean => element.closest('[data-masked]') !== null

/** What was typed into a box on a keyboard of the system. */
export function typedIn({ inputType, data, target }: InputEvent): Touched | null {
  if (inputType.startsWith('delete')) {
    return { kind: 'tile', phrases: [words('keyboard.delete')], letter: '' }
  }
  if (data === null) return null
  const masked = target instanceof Element && isMasked(target)
  return { kind: 'letter', phrases: [], letter: masked ? MASK : data }
}
