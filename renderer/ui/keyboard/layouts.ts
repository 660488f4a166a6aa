/** Rows of the letter keys. J, F, W and Z and the apostrophe stay: names of the highlands need them. */
export const letterRows = {
  alphabet: ['abcdefghi', 'jklmnopqr', 'stuvwxyz’'],
  qwerty: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm’'],
} as const

/** How the letters are ordered. */
export type LetterOrder = keyof typeof letterRows

/** The letters that Vietnamese has beside the Latin ones. */
export const ownLetters = 'ăâđêôơư'

/** Letters of S'tiêng, Ê-đê, Jrai and others, on the second page. */
export const highlandLetters = 'ĕĭŏŭƀčñ'

/** House numbers, dates and paper numbers, on a page of their own; never for a name. */
export const digitRows = ['123456789', '0/-,.()'] as const
