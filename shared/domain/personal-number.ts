import type { IdCard } from './id-card.ts'

/**
 * Province codes of birth registration (TT 07/2016/TT-BCA, the 63-province list). Numbers given
 * out before the mergers of July 2025 stay valid, so the list of 34 provinces never applies here.
 */
const provinceCodes: ReadonlySet<string> = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 ' +
    '035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 ' +
    '070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)

/** What the twelve digits say: `PPP G YY NNNNNN` (TT 07/2016/TT-BCA). There is no check digit. */
export interface PersonalNumber {
  /**
   * Where the birth was registered. `country`: abroad; the table of countries is not established.
   * `unknown`: looks like a province but is none of the 63; worth a warning, never a refusal.
   */
  place: { kind: 'province' | 'country' | 'unknown'; code: string }
  sex: IdCard['sex']
  /** Four digits; the third of the number (sex and century) tells the century, 1900..2399. */
  birthYear: number
}

/** Whether a text is twelve ASCII digits; nothing more can be checked. */
export function isPersonalNumber(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** Reads the twelve digits; null if the text is not twelve ASCII digits. */
export function decodePersonalNumber(number: string): PersonalNumber | null {
  if (!isPersonalNumber(number)) return null
  const code = number.slice(0, 3)
  const sexAndCentury = Number(number.slice(3, 4))
  return {
    place: { kind: placeKind(code), code },
    sex: sexAndCentury % 2 === 0 ? 'male' : 'female',
    birthYear: (19 + Math.floor(sexAndCentury / 2)) * 100 + Number(number.slice(4, 6)),
  }
}

function placeKind(code: string): PersonalNumber['place']['kind'] {
  if (provinceCodes.has(code)) return 'province'
  return code.startsWith('0') ? 'unknown' : 'country'
}

/** `083 090 000000`: in groups that can be read aloud. Other lengths come back unchanged. */
export function groupPersonalNumber(number: string): string {
  if (!isPersonalNumber(number)) return number
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`
}

/**
 * `083 ••• ••0000`: enough for the owner to recognise, too little for those who stand behind.
 * A text that is not a personal number is hidden whole.
 */
export function maskNumber(number: string): string {
  if (!isPersonalNumber(number)) return '••• ••• ••••••'
  return `${number.slice(0, 3)} ••• ••${number.slice(8)}`
}
