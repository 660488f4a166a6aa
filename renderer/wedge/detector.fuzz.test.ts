import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzRuns } from '../../test/fixtures/fuzz.ts'
import type { KeyDown, WedgeEvent } from './detector.ts'
import { WEDGE_LIMITS } from './limits.ts'
import { codesOf, usualKeypad } from '../../shared/contract/index.ts'
import { play, press, typed } from './testing.ts'

const runs = { numRuns: fuzzRuns(500) }
const { FAST_GAP_MS, SILENCE_MS } = WEDGE_LIMITS

const letters = [...'abcdxyzABC0123456789|,./-']
const letter = fc.constantFrom(...letters)
const text = (minLength: number, maxLength: number) =>
  fc.array(letter, { minLength, maxLength }).map((all) => all.join(''))

/** Gaps that a hand makes: now and then two fast ones, the rest slow: nobody types eight letters within 200 ms. */
const handGaps = fc
  .array(
    fc.tuple(
      fc.array(fc.integer({ min: 5, max: FAST_GAP_MS }), { maxLength: 2 }),
      fc.array(fc.integer({ min: FAST_GAP_MS + 10, max: 900 }), { minLength: 5, maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.flatMap(([fast, slow]) => [...fast, ...slow]))

/** Gaps that a scanner makes: fast ones, and fewer slow ones among them, the first few fast. */
const scannerGaps = fc
  .array(
    fc.tuple(
      fc.array(fc.integer({ min: 0, max: FAST_GAP_MS }), { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 0, max: SILENCE_MS - 1 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.flatMap(([fast, slow]) => [...fast, slow]))

const card = text(0, 60).map((rest) => `083090000000||${rest}`)

describe('the detector', () => {
  it('never swallows a key of a person', () => {
    fc.assert(
      fc.property(text(1, 40), handGaps, (words, gaps) => {
        const outcome = play(typed(words, 0, gaps))
        expect(outcome.field).toBe(words)
        expect(outcome.scans).toEqual([])
      }),
      runs,
    )
  })

  it('never lets a scan into the field', () => {
    fc.assert(
      fc.property(card, scannerGaps, fc.boolean(), (code, gaps, terminated) => {
        const keys = typed(code, 0, gaps)
        const end = press('Enter', (keys.at(-1)?.atMs ?? 0) + 5)
        const outcome = play(terminated ? [...keys, end] : keys)
        expect(outcome.scans).toEqual([code])
        expect(outcome.field).toBe('')
        expect(outcome.passed).toEqual([])
      }),
      runs,
    )
  })

  it('parts a scan from what was typed before and after it', () => {
    fc.assert(
      fc.property(
        text(1, 12),
        handGaps,
        fc.integer({ min: FAST_GAP_MS + 5, max: 600 }),
        card,
        text(1, 12),
        (before, gaps, pause, code, after) => {
          const first = typed(before, 0, gaps)
          const scan = typed(code, (first.at(-1)?.atMs ?? 0) + pause, [4])
          const end = press('Enter', (scan.at(-1)?.atMs ?? 0) + 4)
          const last = typed(after, end.atMs + 150, [150])
          const outcome = play([...first, ...scan, end, ...last])
          expect(outcome.scans).toEqual([code])
          expect(outcome.field).toBe(before + after)
        },
      ),
      runs,
    )
  })

  it('loses no key and doubles none, whatever comes in whatever time', () => {
    const key: fc.Arbitrary<(atMs: number) => WedgeEvent> = fc.oneof(
      {
        weight: 8,
        arbitrary: letter.map(
          (one) =>
            (atMs: number): KeyDown =>
              press(one, atMs),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('Enter', 'Tab', 'Backspace', 'Shift', 'Escape', 'ArrowLeft').map(
          (name) =>
            (atMs: number): KeyDown =>
              press(name, atMs),
        ),
      },
      { weight: 1, arbitrary: fc.constant((): WedgeEvent => ({ kind: 'touch' })) },
      {
        weight: 1,
        arbitrary: fc.constant((atMs: number): WedgeEvent => ({ kind: 'alt-up', atMs })),
      },
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.integer({ min: 0, max: 180 })), { maxLength: 120 }),
        (steps) => {
          let atMs = 0
          const events = steps.map(([make, gap]) => make((atMs += gap)))
          const written = events.flatMap((event) =>
            event.kind === 'down' && event.key.length === 1 ? [event.key] : [],
          )
          const { field, scans, longestWaitMs } = play(events)
          expect([...(field + scans.join(''))].sort()).toEqual(written.sort())
          const wait = scans.length === 0 ? longestWaitMs : 0
          expect(wait).toBeLessThanOrEqual(8 * SILENCE_MS)
        },
      ),
      runs,
    )
  })

  it('never takes the keys of a keypad for a scan, however quick, and lets each through', () => {
    const scan = { switches: 2, select: 'F15', on: 'F16' } as const
    const codes = codesOf({ ...usualKeypad, scan })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...codes), fc.integer({ min: 0, max: 120 })), {
          maxLength: 60,
        }),
        (steps) => {
          let atMs = 0
          const { scans, passed } = play(steps.map(([code, gap]) => press(code, (atMs += gap))))
          expect(scans).toEqual([])
          expect(passed).toEqual(steps.map(([code]) => code))
        },
      ),
      runs,
    )
  })
})
