import { beforeAll, describe, expect, it } from 'vitest'
import { formsOf, piecesOf, type Translation } from '../../shared/speech/index.ts'
import { citizenTexts, type Sayable } from './inventory.ts'
import { english, textsOf } from './languages.ts'

let source: readonly Sayable[] = []
let texts: ReadonlyMap<string, Translation> = new Map()

beforeAll(async () => {
  source = await citizenTexts()
  texts = (await textsOf(english))?.texts ?? texts
})

/** The names of the values in a text, in an order of their own. */
const placeholdersOf = (text: string) =>
  piecesOf(text)
    .flatMap((piece) => ('name' in piece ? [piece.name] : []))
    .toSorted()
    .join()

describe('the English texts (`resources/voice/en/texts.json`)', () => {
  it('are there for everything that a citizen can meet', () => {
    const missing = source.filter(({ text }) => /\p{L}/u.test(text) && !texts.has(text))
    expect(missing.map(({ text, where }) => `${where}: ${text}`)).toEqual([])
  })
  it('hold nothing that no citizen meets any more', () => {
    const known = new Set(source.map(({ text }) => text))
    expect([...texts.keys()].filter((text) => !known.has(text))).toEqual([])
  })
  it('keep every value that the Vietnamese has', () => {
    const lost = [...texts].filter(([text, translation]) =>
      formsOf(translation).some((form) => placeholdersOf(form) !== placeholdersOf(text)),
    )
    expect(lost).toEqual([])
  })
  it('say one thing with every sentence, in twenty words at most', () => {
    const sentences = [...texts.values()]
      .flatMap(formsOf)
      .flatMap((form) => form.split(/[.?:\n]\s+/))
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 20)).toEqual([])
  })
})
