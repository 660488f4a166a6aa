import type { Phrase } from '../../shared/domain/phrase.ts'
import { aloud, secret } from '../../shared/speech/index.ts'
import { code } from '../i18n/values.ts'
import { textLanguage } from '../i18n/language.ts'
import { words } from '../i18n/t.ts'
import { phraseAt } from '../speech/marked.ts'
import { wordsIn, type Stop } from './stops.ts'

/** What is said of a place: what it is, how it stands, and which of how many it is. */
export function spokenOfStop(
  { element, keys }: Stop,
  { index, count }: { readonly index: number; readonly count: number },
): readonly Phrase[] {
  const own = keys.length > 0 ? rowWords(element, keys) : ownWords(element)
  return [...own, words('keys.place', { index, count })]
}

/** A thing that is chosen, filled in, pressed or read. */
function ownWords(element: HTMLElement): readonly Phrase[] {
  if (!(element instanceof HTMLInputElement)) return [...nameOf(element), ...stateOf(element)]
  const isTile = element.type === 'radio' || element.type === 'checkbox'
  if (!isTile) return [...labelOf(element), boxWords(element.value)]
  const chosen = element.checked ? [words('frame.chosen')] : []
  return [...labelOf(element), ...chosen]
}

const stateOf = (element: HTMLElement): readonly Phrase[] =>
  element.getAttribute('aria-pressed') === 'true' ? [words('keys.on')] : []

/** What stands in a box; it is the citizen's own. */
function boxWords(value: string): Phrase {
  if (value.trim() === '') return words('keys.empty')
  const told = /^[\d\s./]+$/.test(value) ? code(value, true) : secret(value)
  return { ...told, key: 'value.entry' }
}

/** A name that stands in the language of the page already. */
const labelled = (key: string | undefined, text: string): Phrase => ({
  key: key ?? 'value.label',
  text,
  lang: textLanguage(),
})

const phrasesIn = (element: HTMLElement): readonly Phrase[] =>
  wordsIn(element).flatMap((word) => phraseAt(word) ?? [])

/** The accessible name, which where it is given begins with the face; its words carry the key. */
function nameOf(element: HTMLElement): readonly Phrase[] {
  const phrases = phrasesIn(element)
  const label = element.getAttribute('aria-label')
  if (label !== null) return [labelled(phrases[0]?.key, label)]
  if (phrases.length > 0) return phrases
  const { textContent: face } = element
  return face === '' ? [] : [{ ...letterName(face), key: 'value.key' }]
}

/** A letter is on the keyboard for all to see; only that it was pressed is private. */
const letterName = (face: string) => ([...face].length === 1 ? code(face, false) : aloud(face))

function labelOf(input: HTMLInputElement): readonly Phrase[] {
  const named = input.getAttribute('aria-labelledby')?.split(' ') ?? []
  const elements = named.flatMap((id) => document.getElementById(id) ?? [])
  const labels = [...elements, ...(input.labels ?? [])]
  const phrases = labels.flatMap((label) => phrasesIn(label))
  const own = input.getAttribute('aria-label')
  if (phrases.length > 0) return phrases
  return own === null ? [] : [labelled(undefined, own)]
}

/** A row of keys by its name, or by its first key and its last. */
function rowWords(row: HTMLElement, keys: readonly HTMLElement[]): readonly Phrase[] {
  const enter = words('keys.enter')
  const label = row.getAttribute('aria-label')
  if (label !== null) return [labelled(undefined, label), enter]
  const [first, last] = [keys[0], keys.at(-1)].map((key) => (key ? nameOf(key)[0] : undefined))
  if (first === undefined || last === undefined) return [enter]
  return [words('keys.row', { first, last }), enter]
}
