/** How digits stand in their box: in groups, or as an amount with its thousands apart. Pure. */
import { count, grouped } from '../../i18n/format.ts'

/** `sizes` are the groups from the left, their sum is the longest entry; so is `length`. */
export type DigitFormat =
  | { readonly kind: 'groups'; readonly sizes: readonly number[] }
  | { readonly kind: 'thousands'; readonly length: number }

/** A personal number as it stands on the card: "083 090 000000". */
export const personalNumberFormat: DigitFormat = { kind: 'groups', sizes: [3, 3, 6] }

/** A telephone number as people say it: "0901 234 567". */
export const phoneFormat: DigitFormat = { kind: 'groups', sizes: [4, 3, 3] }

/** How many digits there is room for. */
export function longest(format: DigitFormat): number {
  return format.kind === 'thousands'
    ? format.length
    : format.sizes.reduce((sum, size) => sum + size, 0)
}

/** The digits of a text, as many as the format takes; an amount starts with no idle zero. */
export function digitsOf(text: string, format: DigitFormat): string {
  const digits = text.replaceAll(/\D/g, '')
  const meant = format.kind === 'thousands' ? digits.replace(/^0+(?=\d)/, '') : digits
  return meant.slice(0, longest(format))
}

/** The digits as they are shown. */
export function showDigits(digits: string, format: DigitFormat): string {
  if (format.kind === 'groups') return grouped(digits, ...format.sizes)
  return digits === '' ? '' : count(Number(digits))
}

/** Where the caret stands in what is shown, behind so many digits. */
export function caretBehind(shown: string, count: number): number {
  let at = 0
  for (let left = count; left > 0 && at < shown.length; at += 1) {
    if (/\d/.test(shown.charAt(at))) left -= 1
  }
  return at
}
