import { hasVowel } from './search-index.ts'
import { splitWords, type Word } from './search-words.ts'
import { synonyms } from './synonyms.ts'

/** Bounds of what is asked instead of what was typed. */
export const wordingLimits = {
  /** Each costs a search; a query seldom holds more than two sayings. */
  MAX_WORDINGS: 6,
  /** Words of all wordings together: who types a whole official name means it as it stands. */
  MAX_WORDS: 24,
} as const

/** A word to look for. */
export interface AskedWord {
  readonly word: Word
  /**
   * How many of the typed words it stands for: a half where one was put as two, which together say
   * no more than the one.
   */
  readonly share: number
}

const sayings = synonyms
  .flatMap(({ say, means }) =>
    say.map((phrase) => ({ said: splitWords(phrase), means: splitWords(means) })),
  )
  // "Đám tang" is heard before "tang".
  .sort((a, b) => b.said.length - a.said.length)

/** What was asked, first as it stands, then with synonyms in the place of its words. */
export function wordings(asked: readonly Word[]): (readonly AskedWord[])[] {
  const all: (readonly AskedWord[])[] = [asked.map((word) => ({ word, share: 1 }))]
  const { MAX_WORDINGS, MAX_WORDS } = wordingLimits
  const most = Math.min(MAX_WORDINGS, Math.floor(MAX_WORDS / Math.max(1, asked.length)))
  for (const { said, means } of sayings) {
    for (const wording of all.slice()) {
      if (all.length >= most) return all
      const place = placeOf(said, wording)
      if (place < 0) continue
      const end = place + said.length
      const typed = wording.slice(place, end).reduce((sum, { share }) => sum + share, 0)
      const share = isShortForm(said) ? 1 : Math.min(1, typed / means.length)
      const put = means.map((word) => ({ word, share }))
      all.push([...wording.slice(0, place), ...put, ...wording.slice(end)])
    }
  }
  return all
}

/** "Xntthn": letters that stand for a word each, so that nothing is lost in writing them out. */
function isShortForm([first, ...others]: readonly Word[]): boolean {
  return first !== undefined && others.length === 0 && !hasVowel(first.plain)
}

/** Tones count where they were typed. */
function placeOf(said: readonly Word[], wording: readonly AskedWord[]): number {
  return wording.findIndex((_, place) =>
    said.every((word, at) => {
      const typed = wording[place + at]?.word
      return typed?.plain === word.plain && (!typed.marked || typed.toned === word.toned)
    }),
  )
}
