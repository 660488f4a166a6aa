import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Procedure } from './definition.ts'
import { isInForce } from './in-force.ts'
import { procedureWith, textField } from './testing.ts'
import {
  eachNear,
  eachOn,
  endingBy,
  gapsIn,
  overlapsIn,
  overriding,
  versionNear,
  versionOn,
  versionsOf,
} from './versions.ts'

const CODES = ['9.000001', '9.000002'] as const
const sample = procedureWith([textField('note')])

function version(
  validFrom: string,
  validTo?: string,
  code: string = CODES[0],
  shortName = `${code} ${validFrom}`,
): Procedure {
  const form = { ...sample.form, validFrom, ...(validTo !== undefined && { validTo }) }
  return { ...sample, code, shortName, form }
}

const dayOf = (iso: string) => {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  return { year, month, day }
}
const days = (procedures: readonly Procedure[]) =>
  procedures.map(({ form }) => `${form.validFrom}..${form.validTo ?? ''}`)

const today = version('2026-01-16', '2027-02-28')
const successor = version('2027-03-01')
const both = versionsOf([successor, today])

describe('two versions of a procedure', () => {
  it.each([
    ['2026-01-15', undefined],
    ['2027-02-28', today],
    ['2027-03-01', successor],
  ])('are fileable one after the other: %s', (iso, expected) => {
    expect(versionOn(both, CODES[0], dayOf(iso))).toBe(expected)
  })

  it.each([
    ['2026-01-15', today],
    ['2027-02-28', today],
    ['2027-03-01', successor],
  ])('are spoken of as one, also before and after their days: %s', (iso, expected) => {
    expect(versionNear(both, CODES[0], dayOf(iso))).toBe(expected)
    expect(eachNear(both, dayOf(iso))).toEqual([expected])
  })

  it('of which the last has ended are spoken of as it was', () => {
    const ended = versionsOf([version('2025-01-01', '2025-12-31'), today])
    expect(versionNear(ended, CODES[0], dayOf('2030-01-01'))).toBe(today)
  })

  it('leave no day between them and share none', () => {
    expect([...gapsIn([successor, today]), ...overlapsIn([successor, today])]).toEqual([])
  })
})

describe('what is wrong between versions', () => {
  it('is a day on which nobody can file, with the first and the last one named', () => {
    const late = version('2027-03-15')
    expect(gapsIn([today, late])).toEqual([
      { code: CODES[0], from: '2027-03-01', to: '2027-03-14' },
    ])
  })

  it.each([
    ['the same first day', version('2026-01-16', '2026-12-31'), today],
    ['one shared day', today, version('2027-02-28')],
    ['an earlier one that never ends', version('2020-01-01'), today],
    ['one within another', version('2020-01-01', '2030-01-01'), today],
  ])('is %s', (_, earlier, later) => {
    expect(overlapsIn([later, earlier])).toHaveLength(1)
    expect(gapsIn([later, earlier])).toEqual([])
  })

  it('is nothing between procedures that are not the same', () => {
    expect(overlapsIn([today, version('2026-01-16', '2027-02-28', CODES[1])])).toEqual([])
  })
})

describe('the last version of a procedure', () => {
  const other = version('2026-01-16', '2027-06-30', CODES[1])

  it('ends by a day, the last that it is in force', () => {
    expect(endingBy([today, other], '2027-02-27')).toEqual([])
    expect(endingBy([today, other], '2027-02-28')).toEqual([today])
    expect(endingBy([today, other], '2027-12-31')).toEqual([today, other])
  })

  it('does not end where another follows, at once or late', () => {
    expect(endingBy([successor, today], '2027-12-31')).toEqual([])
    expect(endingBy([version('2027-05-01'), today], '2027-12-31')).toEqual([])
  })

  it('never ends where it has no last day', () => {
    expect(endingBy([version('2020-01-01')], '2999-01-01')).toEqual([])
  })
})

describe("a commune's own versions", () => {
  it('take the place of one and leave the others', () => {
    const own = version('2026-01-16', '2027-02-28', CODES[0], 'Xã mình')
    expect(overriding([today, successor], [own])).toEqual([own, successor])
  })

  it('end one that would go on, the day before', () => {
    const endless = version('2025-07-01')
    const merged = overriding([endless], [version('2027-03-01')])
    expect(days(merged)).toEqual(['2025-07-01..2027-02-28', '2027-03-01..'])
  })

  it('that end bring none back that they took the place of', () => {
    const endless = version('2025-07-01')
    const merged = overriding([endless], [version('2025-07-01', '2026-12-31')])
    expect(days(merged)).toEqual(['2025-07-01..2026-12-31'])
  })
})

describe('on each day', () => {
  /** Days of two years, so that versions meet often. */
  const isoDay = fc
    .integer({ min: 0, max: 729 })
    .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
  /** Versions that share no day: cut at days in order, some of them left out. */
  const sound = fc
    .tuple(
      fc.uniqueArray(isoDay, { minLength: 2, maxLength: 8 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      fc.constantFrom(...CODES),
      fc.boolean(),
    )
    .map(([cuts, kept, code, endless]) => {
      const starts = cuts.toSorted()
      return starts
        .map((start, at) => {
          const next = starts[at + 1]
          if (next === undefined) return version(start, endless ? undefined : start, code)
          const last = new Date(Date.parse(next) - 86_400_000).toISOString().slice(0, 10)
          return version(start, last, code)
        })
        .filter((_, at) => kept[at] || at === 0)
    })
  const firstDay = (one: Procedure | undefined) => one && `${one.shortName} ${one.form.validFrom}`
  const inForce = (procedures: readonly Procedure[], code: string, iso: string) =>
    procedures.filter((one) => one.code === code && isInForce(one, dayOf(iso)))

  it('exactly one version is fileable, unless the day lies in a gap, before all or after all', () => {
    fc.assert(
      fc.property(sound, isoDay, (procedures, iso) => {
        expect(overlapsIn(procedures)).toEqual([])
        const versions = versionsOf(procedures)
        const [first] = procedures
        if (first === undefined) return
        const { code } = first
        const found = versionOn(versions, code, dayOf(iso))
        expect(found === undefined ? [] : [found]).toEqual(inForce(procedures, code, iso))
        expect(eachOn(versions, dayOf(iso))).toEqual(found === undefined ? [] : [found])
        const inGap = gapsIn(procedures).some(({ from, to }) => from <= iso && iso <= to)
        const last = procedures.at(-1)?.form.validTo ?? '9999-12-31'
        const outside = iso < first.form.validFrom || iso > last
        expect(found === undefined).toBe(inGap || outside)
      }),
    )
  })

  it('an own version holds where there is one, and never two', () => {
    fc.assert(
      fc.property(sound, sound, isoDay, (builtIn, own, iso) => {
        const merged = overriding(builtIn, own)
        expect(overlapsIn(merged)).toEqual([])
        for (const code of CODES) {
          const [mine] = inForce(own, code, iso)
          const [shipped] = inForce(builtIn, code, iso)
          const isOverridden = own.some((one) => one.code === code)
          const [found] = inForce(merged, code, iso)
          const allowed = isOverridden ? [shipped, undefined] : [shipped]
          expect((mine === undefined ? allowed : [mine]).map(firstDay)).toContain(firstDay(found))
        }
      }),
    )
  })
})
