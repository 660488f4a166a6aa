import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatShortRef,
  KIOSK_NUMBERS,
  parseShortRef,
  SHORT_REF_SEQS,
  shortRef,
} from './short-ref.ts'

const parts = fc.record({
  kioskNumber: fc.nat(KIOSK_NUMBERS - 1),
  seq: fc.nat(SHORT_REF_SEQS - 1),
})
const ALPHABET = '23456789ACDEGHKMNPRTVXY'

describe('a short reference', () => {
  it('has eight characters that are not mistaken for each other', () => {
    fc.assert(
      fc.property(parts, (value) => {
        expect(shortRef(value)).toMatch(/^[23456789ACDEGHKMNPRTVXY]{8}$/)
      }),
    )
  })

  it('is read back as people write it', () => {
    fc.assert(
      fc.property(parts, (value) => {
        const ref = shortRef(value)
        expect(formatShortRef(ref)).toMatch(/^.. .. .. ..$/)
        for (const written of [ref, formatShortRef(ref), ref.toLowerCase(), ` ${ref} `]) {
          expect(parseShortRef(written)).toEqual(value)
        }
      }),
    )
  })

  it('is refused with any one character wrong', () => {
    fc.assert(
      fc.property(parts, fc.nat(7), fc.constantFrom(...ALPHABET.split('')), (value, at, wrong) => {
        const ref = shortRef(value)
        fc.pre(ref[at] !== wrong)
        expect(parseShortRef(ref.slice(0, at) + wrong + ref.slice(at + 1))).toBeNull()
      }),
    )
  })

  it('is refused with two neighbours swapped', () => {
    fc.assert(
      fc.property(parts, fc.nat(6), (value, at) => {
        const ref = shortRef(value)
        fc.pre(ref[at] !== ref[at + 1])
        const swapped = `${ref.slice(0, at)}${ref[at + 1]}${ref[at]}${ref.slice(at + 2)}`
        expect(parseShortRef(swapped)).toBeNull()
      }),
    )
  })

  it('does not look like its neighbour: all five sequence characters move', () => {
    const one = shortRef({ kioskNumber: 0, seq: 1 })
    const two = shortRef({ kioskNumber: 0, seq: 2 })
    const same = Array.from(one.slice(2, 7)).filter((character, at) => two[at + 2] === character)
    expect(same).toEqual([])
  })

  it('is not read from other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 7 }), (text) => {
        expect(parseShortRef(text)).toBeNull()
      }),
    )
    expect(parseShortRef('KM4TR7HCC')).toBeNull()
    expect(parseShortRef('OIQZ01LS')).toBeNull()
  })

  it('does not exist for numbers out of range', () => {
    expect(() => shortRef({ kioskNumber: KIOSK_NUMBERS, seq: 1 })).toThrow(RangeError)
    expect(() => shortRef({ kioskNumber: 0, seq: SHORT_REF_SEQS })).toThrow(RangeError)
    expect(() => shortRef({ kioskNumber: 0.5, seq: 1 })).toThrow(RangeError)
  })
})
