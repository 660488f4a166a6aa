import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyProvider } from './keys.ts'
import { seal, unseal } from './sealing.ts'
import { must } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))
const context = { owner: 'a', purpose: 'body' } as const
const payload = fc.uint8Array({ maxLength: 500 })

describe('sealing', () => {
  it('gives back what was sealed', () => {
    fc.assert(
      fc.property(payload, fc.string(), (plain, owner) => {
        const sealed = seal(keys, { owner, purpose: 'draft' }, plain)
        const opened = must(unseal(keys, { owner, purpose: 'draft' }, sealed))
        expect(Buffer.compare(opened, plain)).toBe(0)
      }),
    )
  })

  it('notices any changed, missing or added byte', () => {
    fc.assert(
      fc.property(payload, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, change) => {
        const sealed = seal(keys, context, plain)
        for (const part of ['bytes', 'dekWrapped'] as const) {
          const changed = Buffer.from(sealed[part])
          const place = at % changed.length
          changed.writeUInt8(changed.readUInt8(place) ^ change, place)
          for (const wrong of [changed, sealed[part].subarray(0, at % changed.length)]) {
            expect(unseal(keys, context, { ...sealed, [part]: wrong })).toEqual({
              ok: false,
              error: { code: 'corrupt' },
            })
          }
        }
      }),
    )
  })

  it('opens for its own filing and purpose only', () => {
    const sealed = seal(keys, context, Buffer.from('x'))
    for (const wrong of [
      { owner: 'b', purpose: 'body' },
      { owner: 'a', purpose: 'draft' },
    ] as const) {
      expect(unseal(keys, wrong, sealed)).toEqual({ ok: false, error: { code: 'corrupt' } })
    }
  })

  it('names a foreign key', () => {
    const other = createKeyProvider(new Uint8Array(32).fill(8))
    expect(unseal(other, context, seal(keys, context, Buffer.from('x')))).toEqual({
      ok: false,
      error: { code: 'unknown-key' },
    })
  })

  it('never repeats itself, and hides the contents', () => {
    const plain = Buffer.from('Nguyễn Văn Ví Dụ')
    const [one, two] = [seal(keys, context, plain), seal(keys, context, plain)]
    expect(one.bytes).not.toEqual(two.bytes)
    expect(Buffer.from(one.bytes).includes(plain)).toBe(false)
  })
})

describe('the keyed hash', () => {
  it('is the same for the same kiosk and purpose only', () => {
    const other = createKeyProvider(new Uint8Array(32).fill(8))
    const hash = keys.mac('citizen', '083090000000')
    expect(hash).toHaveLength(32)
    expect(keys.mac('citizen', '083090000000')).toEqual(hash)
    expect(keys.mac('other', '083090000000')).not.toEqual(hash)
    expect(other.mac('citizen', '083090000000')).not.toEqual(hash)
  })
})
