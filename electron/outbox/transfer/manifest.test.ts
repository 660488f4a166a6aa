import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newClientRef } from '../client-ref.ts'
import { decodeManifest, encodeManifest, type Manifest } from './manifest.ts'

const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`), { maxLength: length })
const clientRef = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 40 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
  .map(([ms, random]) => newClientRef(ms, () => random))
const file = (name: fc.Arbitrary<string>) =>
  fc.record({ name, size: fc.integer({ min: 1, max: 500_000 }), sha256: hex(64) })
const kioskId = fc.stringMatching(/^[A-Z0-9]{1,8}$/)
const papers = fc.uniqueArray(file(fc.stringMatching(/^[a-z0-9_]{1,7}\.bin$/)), {
  maxLength: 4,
  selector: ({ name }) => name,
})
const filing = fc.record({
  clientRef,
  kioskId,
  seq: fc.integer({ min: 1, max: 6_000_000 }),
  key: fc
    .uint8Array({ minLength: 101, maxLength: 101 })
    .map((bytes) => Buffer.from(bytes).toString('base64')),
  files: fc.tuple(file(fc.constant('envelope.bin')), papers).map((both) => both.flat()),
})
const manifest: fc.Arbitrary<Manifest> = fc.record({
  exportedBy: kioskId,
  sealedTo: hex(16),
  filings: fc.uniqueArray(filing, { maxLength: 4, selector: (one) => one.clientRef }),
})

/** Nothing that leads out of the folder of one filing. */
function isSafe({ filings }: Manifest): boolean {
  const names = filings.flatMap(({ clientRef, files }) => [
    clientRef,
    ...files.map(({ name }) => name),
  ])
  return names.every((name) => /^[A-Za-z0-9_-]+(\.bin)?$/.test(name))
}

describe('the list on a stick', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(manifest, (written) => {
        expect(decodeManifest(encodeManifest(written))).toEqual({ ok: true, value: written })
      }),
    )
  })

  it('is refused in whatever other form, without a throw', () => {
    const anything = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(anything, (text) => {
        expect(decodeManifest(Buffer.from(text)).ok).toBe(false)
      }),
    )
  })

  it('names nothing outside the folders of its filings, whatever stands in it', () => {
    const hostile = fc.constantFrom(
      '..',
      '../envelope.bin',
      '/etc/passwd',
      'a/b.bin',
      'envelope.bin/..',
      'CON.bin\0',
      'manifest.json',
      '',
      '.bin',
    )
    const part = fc.oneof(hostile, fc.string(), fc.jsonValue())
    const spoilt = fc.tuple(manifest, fc.nat(), part).map(([whole, at, value]) => {
      const text = JSON.stringify({ version: 1, ...whole })
      // Puts the value in the place of one of the texts or numbers of the list.
      const places = [...text.matchAll(/(?<=[:[,])("[^"]*"|\d+)(?=[,\]}])/g)]
      const place = places[at % places.length]
      if (place === undefined) return text
      const end = place.index + place[0].length
      return text.slice(0, place.index) + JSON.stringify(value) + text.slice(end)
    })
    fc.assert(
      fc.property(spoilt, (text) => {
        const read = decodeManifest(Buffer.from(text))
        expect(!read.ok || isSafe(read.value)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  const one = fc.sample(filing, { numRuns: 1, seed: 1 })[0]
  const whole = { version: 1, exportedBy: 'KM4', sealedTo: 'ab'.repeat(8), filings: [one] }
  const [envelope] = one?.files ?? []
  it.each<[string, object]>([
    ['two filings of one reference', { filings: [one, one] }],
    ['a filing without an envelope', { filings: [{ ...one, files: [] }] }],
    ['two files of one name', { filings: [{ ...one, files: [envelope, envelope] }] }],
    [
      'names that a stick may not tell apart',
      {
        filings: [
          {
            ...one,
            files: [envelope, { ...envelope, name: 'a.bin' }, { ...envelope, name: 'A.bin' }],
          },
        ],
      },
    ],
    [
      'an envelope larger than any',
      { filings: [{ ...one, files: [{ ...envelope, size: 10 ** 6 }] }] },
    ],
    [
      'a paper larger than any',
      { filings: [{ ...one, files: [envelope, { ...envelope, name: 'a.bin', size: 10 ** 8 }] }] },
    ],
    ['a number that no slip can bear', { filings: [{ ...one, seq: 10 ** 9 }] }],
    ['a word too many', { note: 'x' }],
  ])('is refused with %s', (_what, change) => {
    const bytes = Buffer.from(JSON.stringify({ ...whole, ...change }))
    expect(decodeManifest(bytes)).toEqual({ ok: false, error: { code: 'bad-manifest' } })
    expect(decodeManifest(Buffer.from(JSON.stringify(whole))).ok).toBe(true)
  })

  it('of a newer kiosk is told from a damaged one', () => {
    const bytes = Buffer.from(JSON.stringify({ ...whole, version: 2, new: true }))
    expect(decodeManifest(bytes)).toEqual({ ok: false, error: { code: 'other-version' } })
  })
})
