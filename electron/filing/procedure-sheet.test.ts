import { expect, it } from 'vitest'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { procedureSheetInput } from './procedure-sheet.ts'
import { feeWords } from './words.ts'

const source = { mark: 'confirmed', text: 'a test' } as const

it('says what to bring, what it costs, how long it takes and where, and nothing of a person', () => {
  const place = { commune: 'Xã Thử', province: 'Tỉnh Mẫu', counter: 'Quầy 2' }
  const sheet = procedureSheetInput(sampleProcedure, place)
  expect(sheet).toMatchObject({
    procedureCode: sampleProcedure.code,
    procedureName: sampleProcedure.name,
    result: sampleProcedure.result,
    place: 'Quầy 2',
  })
  expect(sheet.components).toHaveLength(sampleProcedure.components.length)
  for (const { when } of sampleProcedure.components) {
    expect(sheet.components.join('; ')).toContain(when ?? '')
  }
})

it.each([
  [{ kind: 'free', source }, 'không thu'],
  [{ kind: 'fixed', amount: 8000, per: 'một bản', source }, '8.000 đồng một bản'],
  [{ kind: 'local', source }, 'theo mức của tỉnh, hỏi cán bộ ở quầy'],
  [{ kind: 'unknown', source }, 'hỏi cán bộ ở quầy'],
] as const)('a fee of kind $kind is said in words', (fee, words) => {
  expect(feeWords(fee)).toBe(words)
})
