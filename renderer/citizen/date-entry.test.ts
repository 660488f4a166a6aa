import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partialDateSchema } from '../../shared/domain/id-card.ts'
import { dateEntry, dateProblem, isFull, readDate } from './date-entry.ts'

const entry = (day: string, month: string, year: string) => ({ day, month, year })

describe('reading the three boxes', () => {
  it('takes a whole date', () => {
    expect(readDate(entry('2', '09', '1958'), false)).toEqual({
      kind: 'value',
      value: { year: 1958, month: 9, day: 2 },
    })
  })
  it('is no answer when all boxes are empty', () => {
    expect(readDate(entry('', '', ''), false)).toEqual({ kind: 'value', value: null })
  })
  it('takes a year alone, or month and year, only where a part is enough', () => {
    expect(readDate(entry('', '', '1958'), true)).toEqual({ kind: 'value', value: { year: 1958 } })
    expect(readDate(entry('', '9', '1958'), true)).toMatchObject({ kind: 'value' })
    expect(readDate(entry('', '', '1958'), false)).toMatchObject({ problem: { box: 'day' } })
  })
  it('names the first box that is missing', () => {
    expect(readDate(entry('2', '', '1958'), true)).toMatchObject({ problem: { box: 'month' } })
    expect(readDate(entry('2', '9', ''), true)).toMatchObject({ problem: { box: 'year' } })
  })
  it('refuses what the wire cannot carry, with the reason', () => {
    expect(readDate(entry('1', '13', '1958'), false)).toMatchObject({ problem: { box: 'month' } })
    expect(readDate(entry('1', '1', '58'), false)).toMatchObject({ problem: { box: 'year' } })
    expect(readDate(entry('45', '11', '2026'), false)).toMatchObject({
      problem: { box: 'day', text: { text: 'Tháng 11 chỉ có 30 ngày. Xem lại ô Ngày.' } },
    })
  })
  it('leaves a date that no calendar has to the core, and words its answer', () => {
    const february = entry('30', '2', '2026')
    expect(readDate(february, false)).toMatchObject({ kind: 'value' })
    expect(dateProblem({ code: 'date-impossible' }, february)).toMatchObject({
      box: 'day',
      text: { text: 'Tháng 2 năm 2026 chỉ có 28 ngày. Xem lại ô Ngày.' },
    })
  })
  it('whatever is typed, only a value that the wire carries goes out', () => {
    const digits = fc.stringMatching(/^\d{0,4}$/)
    fc.assert(
      fc.property(digits, digits, digits, fc.boolean(), (day, month, year, partial) => {
        const read = readDate(entry(day.slice(0, 2), month.slice(0, 2), year), partial)
        return (
          read.kind === 'problem' ||
          read.value === null ||
          partialDateSchema.safeParse(read.value).success
        )
      }),
    )
  })
})

describe('going on to the next box by itself', () => {
  it('happens when no further digit could follow', () => {
    expect([isFull('day', '3'), isFull('day', '4'), isFull('day', '31')]).toEqual([
      false,
      true,
      true,
    ])
    expect([isFull('month', '1'), isFull('month', '2'), isFull('year', '195')]).toEqual([
      false,
      true,
      false,
    ])
  })
})

it('a date that was given before is shown again as it was', () => {
  fc.assert(
    fc.property(
      fc.record({
        year: fc.integer({ min: 1800, max: 2200 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
      }),
      (value) => {
        expect(readDate(dateEntry(value), false)).toEqual({ kind: 'value', value })
      },
    ),
  )
})
