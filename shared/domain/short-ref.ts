/**
 * The short reference of a filing: eight characters that a citizen reads to an officer, shown
 * in pairs ("KM 4T R7 HC").
 *
 * Scheme: two characters name the kiosk (0..528), five carry the filing's sequence number there,
 * one checks the rest. The sequence number is spread over its whole range, so that two citizens
 * one after the other do not hold nearly the same slip. The reference says who is meant to people
 * only; machines use the client reference.
 *
 * The alphabet has 23 characters, each of which is both told and heard apart: no 0/O/Q, 1/I/L,
 * 2/Z, 5/S, 8/B or U/V together, and no F, J or W, which Vietnamese spelling does not have.
 * 23 is prime: with distinct weights the check character finds every single wrong character and
 * every swap of two neighbours.
 */
const ALPHABET = '23456789ACDEGHKMNPRTVXY'
const BASE = ALPHABET.length
const KIOSK_CHARS = 2
const SEQ_CHARS = 5
const PAYLOAD_CHARS = KIOSK_CHARS + SEQ_CHARS

/** Kiosk numbers are below this: 23². */
export const KIOSK_NUMBERS = BASE ** KIOSK_CHARS
/** Sequence numbers are below this: 23⁵, three centuries at sixty filings a day. */
export const SHORT_REF_SEQS = BASE ** SEQ_CHARS

/** Spreads the sequence numbers. Prime to 23, so it has an inverse modulo 23⁵. */
const SPREAD = 3_978_097
const UNSPREAD = inverse(SPREAD, SHORT_REF_SEQS)

/** What a short reference stands for. */
export type ShortRefParts = { readonly kioskNumber: number; readonly seq: number }

/** The eight characters without spaces. Throws where a number is out of its range. */
export function shortRef({ kioskNumber, seq }: ShortRefParts): string {
  if (!within(kioskNumber, KIOSK_NUMBERS) || !within(seq, SHORT_REF_SEQS)) {
    throw new RangeError('no short reference for these numbers')
  }
  const digits = [
    ...digitsOf(kioskNumber, KIOSK_CHARS),
    ...digitsOf((seq * SPREAD) % SHORT_REF_SEQS, SEQ_CHARS),
  ]
  return [...digits, checkDigit(digits)].map((digit) => ALPHABET.charAt(digit)).join('')
}

/** "KM4TR7HC" as people read it: "KM 4T R7 HC". */
export function formatShortRef(ref: string): string {
  return ref.replace(/(..)(?=.)/g, '$1 ')
}

/** Reads a reference in any case, with or without spaces, dots and hyphens; null if it is wrong. */
export function parseShortRef(text: string): ShortRefParts | null {
  const characters = Array.from(text.toUpperCase().replace(/[\s.-]/g, ''))
  const digits = characters.map((character) => ALPHABET.indexOf(character))
  if (digits.length !== PAYLOAD_CHARS + 1 || digits.includes(-1)) return null
  const payload = digits.slice(0, PAYLOAD_CHARS)
  if (digits[PAYLOAD_CHARS] !== checkDigit(payload)) return null
  return {
    kioskNumber: numberOf(payload.slice(0, KIOSK_CHARS)),
    seq: (numberOf(payload.slice(KIOSK_CHARS)) * UNSPREAD) % SHORT_REF_SEQS,
  }
}

/** Completes the sum of (place × digit) to a multiple of 23; the check character has place 8. */
function checkDigit(payload: readonly number[]): number {
  const sum = payload.reduce((total, digit, place) => total + digit * (place + 1), 0)
  return ((BASE - (sum % BASE)) * inverse(PAYLOAD_CHARS + 1, BASE)) % BASE
}

function digitsOf(value: number, length: number): number[] {
  return Array.from({ length }, (_, at) => Math.floor(value / BASE ** (length - 1 - at)) % BASE)
}

function numberOf(digits: readonly number[]): number {
  return digits.reduce((value, digit) => value * BASE + digit, 0)
}

function within(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < limit
}

/** The inverse of `value` modulo `modulus`, by Euclid's extended algorithm. */
function inverse(value: number, modulus: number): number {
  let [high, low] = [modulus, value]
  let [highFactor, lowFactor] = [0, 1]
  while (low !== 0) {
    const quotient = Math.floor(high / low)
    ;[high, low] = [low, high - quotient * low]
    ;[highFactor, lowFactor] = [lowFactor, highFactor - quotient * lowFactor]
  }
  return (highFactor + modulus) % modulus
}
