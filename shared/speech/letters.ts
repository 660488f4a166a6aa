import { digitsInEnglish } from './english-numbers.ts'
import { digitsInWords } from './numbers.ts'

/** Names of letters as they are told on the telephone, where they are no syllable of their own. */
const letterNames: Readonly<Record<string, string>> = {
  b: 'bê',
  c: 'xê',
  d: 'dê',
  f: 'ép',
  g: 'giê',
  h: 'hát',
  j: 'gi',
  k: 'ca',
  l: 'en lờ',
  m: 'em mờ',
  n: 'en nờ',
  p: 'pê',
  q: 'quy',
  r: 'e rờ',
  s: 'ét sờ',
  t: 'tê',
  v: 'vê',
  w: 'vê kép',
  x: 'ích xì',
  y: 'i dài',
  z: 'dét',
  đ: 'đê',
  // Of the highlands: a breve makes a vowel short. How their speakers name them is to be confirmed.
  ĕ: 'e ngắn',
  ĭ: 'i ngắn',
  ŏ: 'o ngắn',
  ŭ: 'u ngắn',
  ƀ: 'bê gạch ngang',
  č: 'xê dấu mũ ngược',
  ñ: 'en nờ dấu ngã',
  // A breve by itself stands over the letter that was said before it.
  '\u0306': 'ngắn',
}

/** One character by its name; empty for what has none. */
export function characterInWords(character: string): string {
  const small = character.toLowerCase()
  if (/\d/.test(small)) return digitsInWords(small)
  return letterNames[small] ?? (/\p{L}/u.test(small) ? small : '')
}

/** Every name of a letter. */
export const namesOfLetters: readonly string[] = [...Object.values(letterNames), ...'aăâeêioôơuư']

/** Marks of Vietnamese letters by their English names, by what they become when taken apart. */
const englishMarks: Readonly<Record<string, string>> = {
  '\u0302': 'with a hat',
  '\u0306': 'with a breve',
  '\u031b': 'with a horn',
  '\u0300': 'grave',
  '\u0301': 'acute',
  '\u0303': 'tilde',
  '\u0309': 'hook',
  '\u0323': 'dot below',
  '\u030c': 'with a caron',
}

/** One character by its English name; empty for what has none. */
export function characterInEnglish(character: string): string {
  const small = character.toLowerCase()
  if (/\d/.test(small)) return digitsInEnglish(small)
  if (small === 'đ') return 'd with a stroke'
  if (small === 'ƀ') return 'b with a stroke'
  if (small in englishMarks) return englishMarks[small] ?? ''
  const [letter = '', ...marks] = small.normalize('NFD')
  if (!/[a-z]/.test(letter)) return ''
  return [letter, ...marks.flatMap((mark) => englishMarks[mark] ?? [])].join(' ')
}

/** What English names of letters are put together from. */
export const englishLetterWords: readonly string[] = [
  ...'abcdefghijklmnopqrstuvwxyz',
  'd with a stroke',
  'b with a stroke',
  ...Object.values(englishMarks),
]
