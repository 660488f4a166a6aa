/**
 * The US layout, which scanners type in whatever the system's layout is: physical key to its
 * character without and with Shift. Caps Lock is left out: a scanner does not know of it.
 */
const marks: Readonly<Record<string, readonly [string, string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
}

/** The character that a scanner means by a physical key; null where it means none. */
export function usCharacter(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = numpadDigit(code)
  if (digit !== null) return digit
  const pair = Object.hasOwn(marks, code) ? marks[code] : undefined
  return pair?.[shift ? 1 : 0] ?? null
}

/** The digit on a key of the number pad. */
export function numpadDigit(code: string): string | null {
  return /^Numpad(\d)$/.exec(code)?.[1] ?? null
}

const vietnameseCodePage = new TextDecoder('windows-1258')

/**
 * What Alt and digits of the number pad stand for: with a leading zero a byte of the Vietnamese
 * code page, above 255 a Unicode character. A number without either is of a code page that is not
 * known: U+FFFD, a character that was lost.
 */
export function altCharacter(digits: string): string {
  const value = Number(digits)
  if (digits === '' || value === 0 || value > 0xffff) return '\ufffd'
  if (value > 0xff) return String.fromCharCode(value)
  if (value < 0x80) return String.fromCharCode(value)
  return digits.startsWith('0') ? vietnameseCodePage.decode(Uint8Array.of(value)) : '\ufffd'
}
