import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  coverageOf,
  everybody,
  resolveValues,
  sourcesOf,
  usualPath,
} from '../../shared/forms/index.ts'
import { loadPack } from '../catalogue/index.ts'
import { buildFiling } from '../filing/index.ts'
import { ending, successor } from '../../test/fixtures/versions.ts'
import { createFormValidator } from './form-validator.ts'

const loaded = await loadPack(
  fileURLToPath(new URL('../../resources/procedures/', import.meta.url)),
)
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, null, 1))
const pack = loaded.value
const judge = createFormValidator(pack)

const nowMs = Date.UTC(2026, 10, 24, 3, 0)
const today = { year: 2026, month: 11, day: 24 }

/** The filings of everybody with a card, on every way through a form that goes to the end. */
function filingsOf(procedure: (typeof pack)[number]) {
  return coverageOf(procedure, today).each.flatMap(({ known, paths }) => {
    const { card } = known
    if (card === null) return []
    return paths
      .filter(({ stop }) => stop === null)
      .map(({ answers }) => {
        const built = buildFiling(
          {
            clientRef: '0192f0c1-2b3d-7e4f-8a5b-6c7d8e9f0a1b',
            procedure,
            known: { ...known, card },
            identifiedBy: { by: 'qr' },
            answers,
            papers: [],
          },
          'kiosk-test',
          nowMs,
        )
        if (!built.ok) throw new Error(JSON.stringify(built.error))
        return built.value.filing
      })
  })
}

/** What usually follows another procedure, as it is filed in the same visit. */
const pairs = pack.flatMap((first) =>
  (first.after ?? []).flatMap((code) => {
    const next = pack.find((one) => one.code === code)
    return next === undefined ? [] : [[code, first.code, first, next] as const]
  }),
)

describe('what was known from a filing before', () => {
  it.each(pairs)('%s after %s stands where that filing is not known', (_, __, first, next) => {
    const known = everybody(first, today).find(({ known: { card } }) => card !== null)?.known
    if (!known?.card) throw new Error('nobody has a card')
    const { card } = known
    const earlier = resolveValues(first, known, usualPath(first, known, null).answers)
    const then = { ...known, card, earlier }
    const path = usualPath(next, then, null)
    if (path.stop !== null) return
    const built = buildFiling(
      {
        clientRef: '0192f0c1-2b3d-7e4f-8a5b-6c7d8e9f0a1b',
        procedure: next,
        known: then,
        identifiedBy: { by: 'qr' },
        answers: path.answers,
        papers: [],
      },
      'kiosk-test',
      nowMs,
    )
    if (!built.ok) throw new Error(JSON.stringify(built.error))
    expect(judge(JSON.parse(JSON.stringify(built.value.filing)))).toEqual([])
  })
})

describe.each(pack.map((procedure) => [procedure.code, procedure] as const))(
  '%s',
  (_, procedure) => {
    const filings = filingsOf(procedure)

    it('is accepted as it is sent, on every way and from everybody', () => {
      expect(filings.length).toBeGreaterThan(0)
      expect(filings.flatMap((filing) => judge(JSON.parse(JSON.stringify(filing))))).toEqual([])
    })

    it('sends no helping field that the form comes to by itself', () => {
      const derived = procedure.form.fields
        .filter(
          (field) =>
            field.box === false && sourcesOf(field).every(({ from }) => from === 'computed'),
        )
        .map(({ key }) => key)
      const sent = new Set(filings.flatMap(({ form }) => Object.keys(form)))
      expect(derived.filter((key) => sent.has(key))).toEqual([])
    })
  },
)

describe('a filing over the day on which a new version begins', () => {
  const judge = createFormValidator([ending, successor])
  const [holder] = coverageOf(ending, { year: 2027, month: 2, day: 28 }).each
  const declaredMs = Date.UTC(2027, 1, 28, 17, 5)

  /** Begun on 28 February 2027 with the old version, declared on 1 March. */
  function filed(): object {
    const card = holder?.known.card ?? null
    if (holder === undefined || card === null) throw new Error('nobody with a card')
    const built = buildFiling(
      {
        clientRef: '0192f0c1-2b3d-7e4f-8a5b-6c7d8e9f0a1b',
        procedure: ending,
        known: { ...holder.known, card },
        identifiedBy: { by: 'qr' },
        answers: { status: 'single' },
        papers: [],
      },
      'kiosk-test',
      declaredMs,
    )
    if (!built.ok) throw new Error(JSON.stringify(built.error))
    return built.value.filing
  }

  it('is judged by the version with which it was begun', () => {
    expect(judge(filed())).toEqual([])
  })

  it.each([
    ['of a version that nobody has', { formVersion: '2026-06-01' }, ['unknown-version']],
    ['of a version before its time', { formVersion: '2027-03-01' }, ['version-not-in-force']],
    [
      'that is of the other version',
      { formVersion: '2027-03-01', begunOn: '2027-03-01' },
      ['reason:required', 'status:hidden'],
    ],
  ])('is refused when it is one %s', (_, change, codes) => {
    const found = judge({ ...filed(), ...change })
    expect(codes).toEqual(expect.arrayContaining([...found]))
    expect(found.length).toBeGreaterThan(0)
  })

  it('without a version is one of the day on which it was declared', () => {
    const { formVersion: _, begunOn: __, ...old } = { formVersion: '', begunOn: '', ...filed() }
    expect(judge({ ...old, capturedAt: '2027-02-28T12:00:00.000Z' })).toEqual([])
    expect(judge(old)).not.toEqual([])
  })
})
