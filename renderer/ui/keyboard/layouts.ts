/** Rows of the letter keys. J, F, W and Z and the apostrophe stay: names of the highlands need them. */
export const letterRows = {
  alphabet: ['abcdefghi', 'jklmnopqr', 'stuvwxyz’'],
  qwerty: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm’'],
} as const

/** How the letters are ordered. */
export type LetterOrder = keyof typeof letterRows

/** The letters that Vietnamese has beside the Latin ones. */
export const ownLetters = 'ăâđêôơư'

/**
 * Letters of S'tiêng, Ê-đê, Jrai, Bahnar and others, on the second page. The last three are a letter
 * and a breve over it: Unicode has no single character for them.
 */
export const highlandLetters = [...'ĕĭŏŭƀčñ', 'ê\u0306', 'ô\u0306', 'ơ\u0306']

/** What the digits of VNI make of letters, as their keys say it. */
export const vniMarks = [
  ['6', 'â ê ô'],
  ['7', 'ơ ư'],
  ['8', 'ă'],
  ['9', 'đ'],
] as const

/** House numbers, dates and paper numbers, on a page of their own; never for a name. */
export const digitRows = ['123456789', '0/-,.()'] as const
