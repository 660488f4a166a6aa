/** How many keys of the on-screen keyboard a text takes. */

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/u
const OWN_MARKS = /[\u0302\u0306\u031b]/gu
/** What stands on the keyboard's page of digits. */
const ON_DIGITS = /[\d/,.()-]/u

/**
 * Keys of finished letters, one more a tone; a page of the keyboard that has to be turned is a key
 * too. Capitals of names come by themselves, and nobody is asked for others.
 */
export function directKeys(text: string): number {
  let keys = 0
  let onDigits = false
  for (const letter of text.normalize('NFC')) {
    const isDigit = ON_DIGITS.test(letter)
    if (letter !== ' ' && isDigit !== onDigits) {
      keys += 1
      onDigits = isDigit
    }
    keys += TONES.test(letter.normalize('NFD')) ? 2 : 1
  }
  return keys
}

/** The same with Telex: a mark is a key, "ươ" shares one, đ is two. */
export function telexKeys(text: string): number {
  const written = text.normalize('NFC').toLowerCase()
  const marks = written.normalize('NFD').match(OWN_MARKS)?.length ?? 0
  const shared = written
    .normalize('NFD')
    .match(/u\u031bo[\u0300\u0301\u0303\u0309\u0323]?\u031b|u\u031bo\u031b/gu)
  const strokes = written.match(/đ/gu)?.length ?? 0
  return directKeys(text) + marks - (shared?.length ?? 0) + strokes
}
