import { fold, toneLast, words } from '../../shared/domain/vietnamese.ts'

/** One word of a name or of a query. */
export interface Word {
  /** Without tones; final y as i, since "kí" and "ký", "lí" and "lý" are both written. */
  readonly plain: string
  /** With its tone at the end, to tell exact matches; hỏi for ngã, which half the country mixes. */
  readonly toned: string
  /** Whether it was written with any mark; where it was not, all of them may only be missing. */
  readonly marked: boolean
}

/** Splits a text into words. */
export function splitWords(text: string): Word[] {
  return words(text).map(toWord)
}

/** The same for many texts of few different words. */
export function createSplitting(): (text: string) => readonly Word[] {
  const known = new Map<string, Word>()
  return (text) =>
    words(text).map((word) => {
      const split = known.get(word) ?? toWord(word)
      known.set(word, split)
      return split
    })
}

function toWord(word: string): Word {
  return {
    plain: withFinalI(fold(word)),
    toned: withFinalI(toneLast(word)).replace('\u0303', '\u0309'),
    marked: /[\p{M}đ]/u.test(word.normalize('NFD')),
  }
}

/** "ký" is "kí". */
export function withFinalI(word: string): string {
  return word.replace(/^([bcdđghklmnprstvx]+)y/, '$1i')
}

/** Whether a word may have been meant by one that was typed: marks that are missing say nothing. */
export function soundsTheSame(typed: Word, toned: string): boolean {
  if (!typed.marked || typed.toned === toned) return true
  return !/\p{M}$/u.test(typed.toned) && toned.startsWith(typed.toned)
}

/**
 * The word without what a keyboard meant to turn into marks: "dangw", "keets", "dang1". Null where
 * nothing of the kind is in it. No Vietnamese syllable has s, x, r, f, j, w, z after its head,
 * and nobody types a tone before a vowel: "visa" is left alone.
 */
export function withoutKeys(plain: string): string | null {
  const head = /^(?:dd|tr|[a-z])/.exec(plain)?.[0] ?? ''
  if (head === '') return null
  const rest = plain
    .slice(head.length)
    .replace(/[0-9wz]|[sxrfj](?![aeiouy])/g, '')
    .replace(/aa|ee|oo/g, (pair) => pair.slice(1))
  // "dduwowngf" and "sinhd" alike: the d of đ is typed beside the first one or at the end.
  const meant = withFinalI(`${head === 'dd' ? 'd' : head}${rest.replace(/d$/, '')}`)
  return meant === plain || meant.length < 2 ? null : meant
}
