import { describe, expect, it } from 'vitest'
import { parseCode } from '../identity/index.ts'
import { inventedCitizens, inventedCodes } from './citizens.ts'

describe('invented citizens', () => {
  it.each(inventedCitizens)('$label has a card without any doubt', ({ payload }) => {
    expect(parseCode(payload, { year: 2026, month: 11, day: 21 })).toMatchObject({
      kind: 'id-card',
      card: { number: expect.stringMatching(/000000$/), warnings: [] },
    })
  })

  it('cover a year alone, a month and year, and the card of eleven fields', () => {
    const cards = inventedCitizens.flatMap(({ payload }) => {
      const code = parseCode(payload)
      return code.kind === 'id-card' ? [code.card] : []
    })
    expect(cards.map((card) => card.birth)).toContainEqual({ year: 1956 })
    expect(cards.map((card) => card.birth)).toContainEqual({ year: 1978, month: 6 })
    expect(cards.map((card) => card.extra.length)).toContain(4)
  })

  it('are told apart by id, as are the other codes', () => {
    const ids = [...inventedCitizens, ...inventedCodes].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('invented codes', () => {
  it.each(inventedCodes)('$label is read as what its id says', ({ id, payload }) => {
    expect(parseCode(payload).kind).toBe(id)
  })
})
