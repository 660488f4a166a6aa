import { startsWord } from './compose.ts'
import type { Written } from './syllable.ts'

/** What a box takes. */
export interface Box {
  /** `words`: each word of a name has its capital. */
  readonly capitals: 'words' | 'none'
  /** In letters. */
  readonly maxLength: number
}

/** What became of words that were said: all of them stand in the box, the first ones, or none. */
export type Taken = 'whole' | 'part' | 'none'

/**
 * Writes what was said at the caret, as typing would: apart from the words beside it, a name with its
 * capitals, and no more words than the box has room for. Pure.
 */
export function writeSaid(
  { before, after }: Written,
  said: string,
  { capitals, maxLength }: Box,
): { readonly written: Written; readonly taken: Taken } {
  const words = (capitals === 'words' ? asName(said) : said).split(/\s+/u).filter(Boolean)
  const lead = before === '' || /\s$/u.test(before) ? '' : ' '
  const tail = after === '' || /^[\s,.;]/u.test(after) ? '' : ' '
  for (let count = words.length; count > 0; count -= 1) {
    const next = `${before}${lead}${words.slice(0, count).join(' ')}`.normalize('NFC')
    if ([...next, ...tail, ...after].length <= maxLength) {
      const taken = count === words.length ? 'whole' : 'part'
      return { written: { before: next, after: tail + after }, taken }
    }
  }
  return { written: { before, after }, taken: 'none' }
}

/** Only what a name is written with, each word with its capital. */
function asName(said: string): string {
  const letters = said.toLocaleLowerCase('vi').replaceAll(/[^\p{L}\p{M}'’ʼ -]/gu, ' ')
  return Array.from(letters.normalize('NFC')).reduce(
    (name, letter) => name + (startsWord(name) ? letter.toLocaleUpperCase('vi') : letter),
    '',
  )
}
