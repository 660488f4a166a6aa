import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  buildForm,
  coverageOf,
  gapsIn,
  isInForce,
  nothingKnown,
  procedurePhrases,
} from '../../shared/forms/index.ts'
import { today } from '../../shared/forms/testing.ts'
import { loadPack } from './index.ts'

const loaded = await loadPack(
  fileURLToPath(new URL('../../resources/procedures/', import.meta.url)),
)
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, null, 1))
const pack = loaded.value

const named = pack.map(
  (procedure) => [`${procedure.code} ${procedure.shortName}`, procedure] as const,
)

describe.each(named)('%s', (_, procedure) => {
  const { each: ways, missed } = coverageOf(procedure, today)

  it('has no choice, box, paper or stop that nobody ever meets', () => {
    expect(missed).toEqual([])
  })

  it('ends with a valid form on every way that goes to the end', () => {
    const invalid = ways.flatMap(({ who, known, paths }) =>
      paths
        .filter(({ stop }) => stop === null)
        .flatMap(({ answers }) => {
          const built = buildForm(procedure, known, answers)
          return built.ok ? [] : [{ who, answers, problems: built.error }]
        }),
    )
    expect(invalid).toEqual([])
  })

  it('is taken by the portal, which looks at it again without the cards of others', () => {
    const refused = ways.flatMap(({ who, known, paths }) =>
      paths.flatMap(({ answers }) => {
        const built = buildForm(procedure, known, answers)
        if (!built.ok) return []
        const alone = { ...nothingKnown(today), card: known.card }
        const again = buildForm(procedure, alone, built.value)
        return again.ok ? [] : [{ who, answers, problems: again.error }]
      }),
    )
    expect(refused).toEqual([])
  })

  it('refuses the form on every way that the form itself stops', () => {
    const passed = ways.flatMap(({ who, known, paths }) =>
      paths
        .filter(({ stop }) => stop !== null)
        .filter(({ answers }) => buildForm(procedure, known, answers).ok)
        .map(({ stop }) => ({ who, stop })),
    )
    expect(passed).toEqual([])
  })
})

describe('the built-in procedures', () => {
  it('give every phrase its own key', () => {
    const keys = pack.flatMap((one) =>
      procedurePhrases(one).map(({ key }) => `${one.form.validFrom} ${key}`),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('end with the law that they are made after', () => {
    const birth = pack.find(({ code }) => code === '1.001193')
    if (birth === undefined) throw new Error('no 1.001193')
    expect(isInForce(birth, { year: 2027, month: 2, day: 28 })).toBe(true)
    expect(isInForce(birth, { year: 2027, month: 3, day: 1 })).toBe(false)
  })

  it('leave no day between two versions on which nobody can file', () => {
    expect(gapsIn(pack)).toEqual([])
  })

  it('never take an ethnic group for granted', () => {
    const ethnic = pack
      .flatMap(({ form }) => form.fields)
      .filter(({ key }) => key.endsWith('.ethnicity'))
    expect(ethnic.length).toBeGreaterThan(0)
    const given = ethnic.flatMap(({ key, source, cases = [] }) =>
      [source, ...cases.map((one) => one.source)]
        .flat()
        .filter(({ from }) => from === 'default')
        .map(() => key),
    )
    expect(given).toEqual([])
  })

  it('name only procedures that this kiosk has as what comes next or fits better', () => {
    const codes = new Set(pack.map(({ code }) => code))
    const unknown = pack.flatMap(({ code, after = [], form }) =>
      [...after, ...form.stops.flatMap(({ instead = [] }) => instead)]
        .filter((other) => !codes.has(other))
        .map((other) => `${code} → ${other}`),
    )
    expect(unknown).toEqual([])
  })
})
