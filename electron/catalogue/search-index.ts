import { oneSlip, splitWords } from './search-words.ts'

/** One name, cut into words. A procedure has several: the official name and what people call it. */
export interface IndexedText {
  /** Place of the procedure among the rows. */
  readonly row: number
  /** Word numbers in the order of the text; without tones. */
  readonly plain: readonly number[]
  readonly toned: ReadonlySet<string>
  /** The words that tell it from others: without "thủ tục", "đăng ký" and the like. */
  readonly core: readonly number[]
  /** First letters of the words, "thủ tục" left out. */
  readonly initials: string
  readonly length: number
}

/** Words that half of all names begin with. */
const ceremonial = new Set(
  splitWords('thủ tục đăng ký việc cấp giấy thực hiện về cho của và').map(({ plain }) => plain),
)

/** How a word of the query met a word of the catalogue. */
export const MATCH = { NONE: 0, SLIP: 1, PREFIX: 2, EXACT: 3 } as const

/** Bounds of what is compared. */
export const indexLimits = {
  /** A shorter beginning of a word matches too much. */
  MIN_PREFIX: 2,
  /** In a shorter word one slip makes another word. */
  MIN_SLIP: 4,
} as const

/** An inverted index over all names; a word number is its place in the sorted vocabulary. */
export function createIndex(names: readonly { readonly row: number; readonly text: string }[]) {
  const split = names.map(({ row, text }) => ({ row, text, words: splitWords(text) }))
  const vocabulary = [
    ...new Set(split.flatMap(({ words }) => words.map(({ plain }) => plain))),
  ].sort()
  const numbers = new Map(vocabulary.map((word, number) => [word, number]))
  const numberOf = (word: string) => numbers.get(word) ?? -1

  const texts = split.map(({ row, text, words }): IndexedText => {
    const head = words[0]?.plain === 'thu' && words[1]?.plain === 'tuc' ? 2 : 0
    return {
      row,
      plain: words.map(({ plain }) => numberOf(plain)),
      toned: new Set(words.map(({ toned }) => toned)),
      core: words.filter(({ plain }) => !ceremonial.has(plain)).map(({ plain }) => numberOf(plain)),
      initials: words
        .slice(head)
        .map(({ plain }) => plain.slice(0, 1))
        .join(''),
      length: text.length,
    }
  })
  const postings = vocabulary.map((): number[] => [])
  texts.forEach(({ plain }, at) => {
    for (const number of new Set(plain)) postings[number]?.push(at)
  })

  return {
    texts,
    /** The names that hold a word. */
    holding: (word: number): readonly number[] => postings[word] ?? [],
    /**
     * How well each word of the vocabulary answers a word of the query. A slip is only supposed
     * where nothing else fits.
     */
    matches(word: string): Uint8Array {
      const found = new Uint8Array(vocabulary.length)
      let any = false
      if (word.length >= indexLimits.MIN_PREFIX) {
        for (let at = lowerBound(vocabulary, word); at < vocabulary.length; at += 1) {
          if (!vocabulary[at]?.startsWith(word)) break
          found[at] = MATCH.PREFIX
          any = true
        }
      }
      const exact = numberOf(word)
      if (exact >= 0) found[exact] = MATCH.EXACT
      if (!any && exact < 0 && word.length >= indexLimits.MIN_SLIP) {
        vocabulary.forEach((known, at) => {
          if (oneSlip(known, word)) found[at] = MATCH.SLIP
        })
      }
      return found
    },
  }
}
export type SearchIndex = ReturnType<typeof createIndex>

/** The first place at which `word` could stand in a sorted list. */
function lowerBound(sorted: readonly string[], word: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}
