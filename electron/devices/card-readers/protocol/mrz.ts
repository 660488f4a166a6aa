import { createHash } from 'node:crypto'

/** The machine readable zone of an ID card, TD1 of ICAO 9303-5: three lines of thirty. */
export interface Mrz {
  /** Three letters as in `VNM`. */
  readonly issuer: string
  /** Nine characters; on Vietnamese cards the last nine digits of the personal number. */
  readonly documentNumber: string
  /** Optional data of line 1 without fillers; on Vietnamese cards the personal number. */
  readonly optional: string
  /** yyMMdd; unknown parts are `<`. */
  readonly birth: string
  readonly sex: 'male' | 'female' | 'unspecified'
  /** yyMMdd; `991231` where a Vietnamese card never ends. */
  readonly expiry: string
  readonly nationality: string
  /** Without tone marks, as the zone is written. */
  readonly surname: string
  readonly givenNames: string
}

/** What opens a chip besides the CAN: three fields of the zone. */
export interface MrzKey {
  /** Up to nine characters of A-Z, 0-9 and `<`; more only as `documentNumber` of a long number. */
  readonly documentNumber: string
  readonly birth: string
  readonly expiry: string
}

/** Why a zone is refused: not three lines of thirty, or a check digit that does not fit. */
export type MrzProblem = 'not-td1' | 'check-digit'

const WEIGHTS = [7, 3, 1] as const

/** The check digit of ICAO 9303-3, 4.9. */
export function checkDigit(text: string): string {
  let sum = 0
  ;[...text].forEach((letter, at) => {
    const value = letter === '<' ? 0 : Number.parseInt(letter, 36)
    sum += value * (WEIGHTS[at % 3] ?? 0)
  })
  return String(sum % 10)
}

/** Reads a zone, 90 characters or lines. Spaces and line ends between the lines do not matter. */
export function parseMrz(text: string): Mrz | MrzProblem {
  const zone = text.replace(/[\s\0]+/g, '').toUpperCase()
  if (!/^[ACI][A-Z0-9<]{89}$/.test(zone)) return 'not-td1'
  const [first, second, third] = [zone.slice(0, 30), zone.slice(30, 60), zone.slice(60)]
  // A number of more than nine characters goes on in the optional data, up to its check digit.
  const long = first[14] === '<' ? /^([A-Z0-9]+)([0-9])</.exec(first.slice(15)) : null
  const documentNumber = first.slice(5, 14) + (long?.[1] ?? '')
  const [birth, expiry] = [second.slice(0, 6), second.slice(8, 14)]
  if (!/^[0-9<]{6}$/.test(birth) || !/^[0-9]{6}$/.test(expiry)) return 'not-td1'
  const digits: readonly (readonly [string, string | undefined])[] = [
    [documentNumber, long ? long[2] : first[14]],
    [birth, second[6]],
    [expiry, second[14]],
    [first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29), second[29]],
  ]
  if (digits.some(([field, digit]) => checkDigit(field) !== digit)) return 'check-digit'
  const [surname = '', givenNames = ''] = third.replace(/<+$/, '').split('<<')
  return {
    issuer: trim(first.slice(2, 5)),
    documentNumber: trim(documentNumber),
    optional: long ? trim(first.slice(15 + long[0].length)) : trim(first.slice(15)),
    birth,
    sex: second[7] === 'M' ? 'male' : second[7] === 'F' ? 'female' : 'unspecified',
    expiry,
    nationality: trim(second.slice(15, 18)),
    surname: surname.replace(/</g, ' '),
    givenNames: givenNames.replace(/</g, ' '),
  }
}

const trim = (field: string) => field.replace(/<+$/, '')

/** Number, birth and expiry with a check digit each (ICAO 9303-11, 4.3.2 and 9.7.3). */
export function mrzInformation({ documentNumber, birth, expiry }: MrzKey): string {
  const number = documentNumber.toUpperCase().padEnd(9, '<')
  return [number, birth, expiry].map((field) => field + checkDigit(field)).join('')
}

/** SHA-1 of the MRZ information: whole for PACE, its first sixteen bytes for BAC. */
export function mrzSeed(key: MrzKey): Uint8Array {
  return createHash('sha1').update(mrzInformation(key), 'latin1').digest()
}
