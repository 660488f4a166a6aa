import { describe, expect, it } from 'vitest'
import { type ScannedCode, parseCode } from './card-qr.ts'
import { decodeScan } from './normalise.ts'

const valid = '083090000000|320000000|Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'

/** Each row is one way in which a scan goes wrong, and what it must be taken for. */
const hostile: readonly (readonly [string, string, ScannedCode['kind']])[] = [
  ['nothing', '', 'unknown'],
  ['only line ends', '\r\n\r\n', 'unknown'],
  ['only separators', '||||||', 'unknown'],
  ['4,096 separators', '|'.repeat(4096), 'unknown'],
  ['longer than any code', `${valid}${'x'.repeat(4096)}`, 'unknown'],
  ['a lone quote', '"', 'unknown'],
  ['a lone BOM', '\ufeff', 'unknown'],
  ['a lone AIM prefix', ']Q1', 'unknown'],
  ['a lone surrogate', '\ud83d', 'unknown'],
  ['twelve digits alone', '083090000000', 'unknown'],
  ['cut off after the number', '083090000000|', 'garbled'],
  ['cut off inside the name', '083090000000||Nguyễn V', 'garbled'],
  ['cut off inside the date of issue', valid.slice(0, -1), 'garbled'],
  ['the first characters lost', valid.slice(5), 'garbled'],
  ['six fields: the old number left out', valid.replace('320000000|', ''), 'garbled'],
  ['six fields and four extras', `${valid.replace('320000000|', '')}||||`, 'garbled'],
  ['an old number of ten digits', valid.replace('320000000', '3200000000'), 'garbled'],
  ['a letter in the number', valid.replace('0830', 'O830'), 'garbled'],
  ['digits of another script', valid.replace('083090000000', '٠٨٣٠٩٠٠٠٠٠٠٠'), 'garbled'],
  ['no name', valid.replace('Nguyễn Văn Ví Dụ', ''), 'garbled'],
  ['a name of digits', valid.replace('Nguyễn Văn Ví Dụ', '123'), 'garbled'],
  ['letters of the name lost', valid.replace('Nguyễn', 'Nguy?n'), 'garbled'],
  ['U+FFFD in the name', valid.replace('ễ', '\ufffd'), 'garbled'],
  ['U+FFFD in the address', valid.replace('Ấp', '\ufffdp'), 'garbled'],
  ['half-repaired address', valid.replace('Ấp Mẫu', 'Ấp Máº«u'), 'garbled'],
  ['markup in the name', valid.replace('Ví', '<img src=x>'), 'garbled'],
  ['a line end in the address', valid.replace(', ', '\n'), 'garbled'],
  ['an escape sequence in the address', valid.replace(', ', '\u001b[2J'), 'garbled'],
  ['30 February', valid.replace('05031990', '30021990'), 'garbled'],
  ['month 13', valid.replace('05031990', '05131990'), 'garbled'],
  ['born in the year 0', valid.replace('05031990', '05030000'), 'garbled'],
  ['born in the year 9999', valid.replace('05031990', '05039999'), 'garbled'],
  ['born on a date with slashes', valid.replace('05031990', '05/03/1990'), 'garbled'],
  ['no date of birth', valid.replace('05031990', ''), 'garbled'],
  ['a sex that is none', valid.replace('Nam', 'N'), 'garbled'],
  ['issued in a year only', valid.replace('01012022', '2022'), 'garbled'],
  ['issued on no day', valid.replace('01012022', '00012022'), 'garbled'],
  ['two cards in one scan', `${valid}${valid}`, 'garbled'],
  ['two cards with a separator', `${valid}|${valid}`, 'garbled'],
  ['a prototype name', '__proto__|constructor|toString', 'unknown'],
  ['SQL', "'; DROP TABLE filing; --", 'unknown'],
  ['JSON', '{"kind":"id-card"}', 'unknown'],
]

describe('hostile scans', () => {
  it.each(hostile)('%s', (_, text, kind) => {
    expect(parseCode(text).kind).toBe(kind)
  })

  it('as bytes: truncated UTF-8, an overlong encoding and UTF-16 are no cards', () => {
    const bytes = Buffer.from(valid)
    const lost = Buffer.concat([bytes.subarray(0, 28), bytes.subarray(29)])
    expect(parseCode(decodeScan(lost)).kind).toBe('garbled')
    expect(parseCode(decodeScan(Uint8Array.of(0xc0, 0xae, 0xff, 0xfe))).kind).toBe('unknown')
    expect(parseCode(decodeScan(Buffer.alloc(5000, valid))).kind).toBe('unknown')
  })
})
