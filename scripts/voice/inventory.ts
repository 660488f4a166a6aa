import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { loadPack } from '../../electron/catalogue/index.ts'
import { groupNames, noticeTextsSchema, noticeView } from '../../electron/session/index.ts'
import { vi } from '../../renderer/i18n/vi.ts'
import { procedurePhrases } from '../../shared/forms/index.ts'
import {
  clipText,
  formsOf,
  piecesOf,
  SOURCE,
  wordsOf,
  type Translation,
} from '../../shared/speech/index.ts'
import { nameSyllables } from './name-syllables.ts'

const resources = fileURLToPath(new URL('../../resources', import.meta.url))

/** What stands in training mode's dock is never said. */
const UNSAID = /^dock\./

/** A text that can be said: how it is written, and where the first one of its sound stands. */
export interface Sayable {
  readonly text: string
  readonly where: string
}

/** By `clipText`. */
type Inventory = ReadonlyMap<string, Sayable>

function collect() {
  const found = new Map<string, Sayable>()
  return {
    found,
    add(text: string, where: string) {
      const id = clipText(text)
      if (/[\p{L}\p{N}]/u.test(id) && !found.has(id)) found.set(id, { text, where })
    },
  }
}

/**
 * Every Vietnamese text that a citizen can meet, in the order in which a visit meets them: the page's
 * messages, with their placeholders, the notice, and the phrases of all procedures.
 */
export async function citizenTexts(): Promise<readonly Sayable[]> {
  const texts: Sayable[] = []
  for (const [key, text] of Object.entries(vi)) {
    if (!UNSAID.test(key)) texts.push({ text, where: key })
  }
  const notices: unknown = JSON.parse(await readFile(`${resources}/papers/notice.json`, 'utf8'))
  for (const edition of noticeTextsSchema.parse(notices).editions) {
    for (const hasChipReader of [false, true]) {
      const { edition: _, ...phrases } = noticeView(edition, hasChipReader)
      for (const { key, text } of Object.values(phrases)) texts.push({ text, where: key })
    }
  }
  for (const [group, name] of Object.entries(groupNames)) {
    texts.push({ text: name, where: `group.${group}` })
  }
  for (const procedure of await procedures()) {
    for (const { key, text } of procedurePhrases(procedure)) texts.push({ text, where: key })
  }
  return texts
}

async function procedures() {
  const pack = await loadPack(`${resources}/procedures`)
  if (!pack.ok) throw new Error('the procedures cannot be read: kiosk form check all')
  return pack.value
}

/** The procedures once each, those that are asked for every day first. */
export async function journeys(): Promise<readonly { code: string; name: string }[]> {
  const all = (await procedures()).toSorted(
    (one, other) => Number(other.often === true) - Number(one.often === true),
  )
  return [...new Map(all.map(({ code, shortName }) => [code, { code, name: shortName }])).values()]
}

/** Adds a text, cut at its placeholders. */
function addPieces(add: (text: string, where: string) => void, { text, where }: Sayable): void {
  for (const piece of piecesOf(text)) if ('said' in piece) add(piece.said, where)
}

/**
 * Every Vietnamese text that needs a clip: what a citizen can meet, and what the rest is put
 * together from: numbers, letters, and the syllables of places, of names and of every text.
 */
export async function inventory(): Promise<Inventory> {
  const { found, add } = collect()
  for (const text of await citizenTexts()) addPieces(add, text)
  const texts = [...found.values()].map(({ text }) => text)
  const { numbers, letters } = wordsOf(SOURCE)
  for (const word of numbers) add(word, 'number')
  for (const name of letters) add(name, 'letter')
  const places = await Promise.all(
    ['units.txt', 'former.txt'].map((name) => readFile(`${resources}/places/${name}`, 'utf8')),
  )
  const spoken = [...texts, ...nameSyllables, ...places].flatMap(
    (text) => clipText(text).match(/[\p{L}\p{M}]+/gu) ?? [],
  )
  for (const syllable of spoken) add(syllable, 'syllable')
  return found
}

/** Every English text that needs a clip; names and places are said in Vietnamese. */
export async function englishInventory(
  texts: ReadonlyMap<string, Translation>,
): Promise<Inventory> {
  const { found, add } = collect()
  for (const { text, where } of await citizenTexts()) {
    const translation = texts.get(text)
    if (translation === undefined) continue
    for (const form of formsOf(translation)) addPieces(add, { text: form, where })
  }
  const { numbers, letters } = wordsOf('en')
  for (const word of numbers) add(word, 'number')
  for (const word of letters) add(word, 'letter')
  return found
}
