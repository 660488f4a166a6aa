import { describe, expect, it } from 'vitest'
import { yearTableSchema } from '../../shared/domain/work-calendar.ts'
import type { Procedure } from '../../shared/forms/index.ts'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { createDueOf, dueLater } from './due.ts'

const day = { day: '2026-11-24', name: 'Nghỉ', mark: 'confirmed', source: 'Mẫu' }
const table = yearTableSchema.parse({ version: 1, year: 2026, closed: [day], open: [] })
const calendar = new Map([[2026, table]])
const usual = [{ from: '07:30', to: '17:00' }]
const threeDays = { unit: 'WORKING_DAY', value: 3 } as const
const accepted = '2026-11-20T02:00:00Z'

const marked = (mark: 'confirmed' | 'memory' | 'open'): Procedure => ({
  ...sampleProcedure,
  limit: { ...sampleProcedure.limit, source: { mark, text: 'a test' } },
})

const procedure = marked('confirmed')
const scope = { values: {}, today: { year: 2026, month: 11, day: 20 } }

describe('the day of return', () => {
  it('is named once the portal has accepted, with the hour at which the desk closes', () => {
    const due = createDueOf(calendar, { default: usual })
    expect(due(procedure, scope, accepted)).toEqual({
      state: 'day',
      day: { year: 2026, month: 11, day: 26 },
      before: '17:00',
    })
  })

  it('takes the hours of the desk that deals with it', () => {
    const own = [{ from: '07:00', to: '16:30' }]
    const due = createDueOf(calendar, { default: usual, [procedure.group]: own })
    expect(due(procedure, scope, accepted)).toMatchObject({ before: '16:30' })
  })

  it('has no hour where the profile says none', () => {
    expect(createDueOf(calendar, undefined)(procedure, scope, accepted)).toMatchObject({
      state: 'day',
      before: null,
    })
  })

  it('is the limit until the portal has accepted', () => {
    const later = { state: 'limit', limit: threeDays, counts: 'from-acceptance' }
    expect(createDueOf(calendar, undefined)(procedure, scope, null)).toEqual(later)
    expect(dueLater(procedure, scope)).toEqual(later)
  })

  it('is the limit in a year without a table', () => {
    const due = createDueOf(new Map(), { default: usual })
    expect(due(procedure, scope, accepted)).toEqual({
      state: 'limit',
      limit: threeDays,
      counts: 'since-acceptance',
    })
  })

  it.each(['memory', 'open'] as const)('is left to an officer where the limit is %s', (mark) => {
    const due = createDueOf(calendar, { default: usual })
    expect(due(marked(mark), scope, accepted)).toEqual({ state: 'officer' })
    expect(dueLater(marked(mark), scope)).toEqual({ state: 'officer' })
  })
})
