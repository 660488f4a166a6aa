import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCode } from '../../../identity/index.ts'
import { fuzzRuns } from '../../../../test/fixtures/fuzz.ts'
import { decodeMessage } from './decode.ts'
import { BRIDGE_LIMITS } from './limits.ts'

const runs = { numRuns: fuzzRuns(1000) }
const map = {
  fields: {
    number: 'data.idCode',
    name: 'data.personName',
    birth: 'data.dateOfBirth',
    sex: 'data.gender',
    address: 'data.residencePlace',
    issued: 'data.issueDate',
    oldNumber: 'data.oldIdCode',
  },
  dates: 'dd/MM/yyyy',
} as const

const names = [
  'idCode',
  'personName',
  'dateOfBirth',
  'gender',
  'residencePlace',
  'issueDate',
  'oldIdCode',
  '__proto__',
  'constructor',
]
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('083090000000', '05/03/1990', 'Nam', 'Nữ', '01/01/2022', 'Nguyễn Văn Ví Dụ'),
  fc.jsonValue(),
)
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue().map((json) => JSON.stringify(json)),
  fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 9 })
    .map((pairs) => JSON.stringify({ data: Object.fromEntries(pairs) })),
)

describe('a message of a reader service', () => {
  it('never throws, and gives no more than a card’s seven fields, of bounded length', () => {
    fc.assert(
      fc.property(message, (text) => {
        const read = decodeMessage(text, map)
        const card = read.ok ? (read.value?.text ?? '||||||') : '||||||'
        expect(card.split('|')).toHaveLength(7)
        expect(card.length).toBeLessThanOrEqual(7 * (BRIDGE_LIMITS.VALUE_LENGTH + 1))
        // What is judged after it does not throw either.
        parseCode(card)
      }),
      runs,
    )
  })

  it('names what is lacking exactly where the parser finds no card', () => {
    const card = {
      idCode: '083090000000',
      personName: 'Nguyễn Văn Ví Dụ',
      dateOfBirth: '05/03/1990',
      gender: 'Nam',
      residencePlace: 'Ấp Mẫu',
      issueDate: '01/01/2022',
    }
    fc.assert(
      fc.property(fc.subarray(Object.keys(card)), (kept) => {
        const data = Object.fromEntries(
          Object.entries(card).filter(([name]) => kept.includes(name) || name === 'idCode'),
        )
        const read = decodeMessage(JSON.stringify({ data }), map)
        const reading = read.ok ? read.value : null
        const refused = reading?.lacking.some((part) => part !== 'address') === true
        expect(parseCode(reading?.text ?? '').kind === 'id-card').toBe(!refused)
      }),
      runs,
    )
  })
})
