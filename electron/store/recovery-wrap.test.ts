import { generateKeyPairSync, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRecoveryWrap, openRecoveryWrap } from './recovery-wrap.ts'
import { must } from './testing.ts'

const pairOf = () =>
  generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const province = pairOf()
const wrap = must(createRecoveryWrap(province.publicKey))
const dek = randomBytes(32)

describe('the recovery wrap', () => {
  it('opens with the private key, from every core that ever ran', () => {
    const later = must(createRecoveryWrap(province.publicKey))
    for (const wrapped of [wrap(dek), wrap(dek), later(dek)]) {
      expect(wrapped).toHaveLength(101)
      expect(must(openRecoveryWrap(province.privateKey, wrapped))).toEqual(dek)
    }
    expect(wrap(dek)).not.toEqual(wrap(dek))
  })

  it('names the wrong key, and refuses what is no key', () => {
    const wrapped = wrap(dek)
    expect(openRecoveryWrap(pairOf().privateKey, wrapped)).toEqual({
      ok: false,
      error: { code: 'foreign-key' },
    })
    const signing = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    for (const pem of ['', 'no key', province.publicKey, signing.privateKey]) {
      expect(openRecoveryWrap(pem, wrapped)).toEqual({ ok: false, error: { code: 'bad-key' } })
    }
    for (const pem of ['', signing.publicKey, province.privateKey]) {
      expect(createRecoveryWrap(pem)).toEqual({ ok: false, error: { code: 'bad-key' } })
    }
  })

  it('notices any changed, missing or added byte', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(wrap(dek))
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
        expect(openRecoveryWrap(province.privateKey, changed).ok).toBe(false)
        expect(openRecoveryWrap(province.privateKey, changed.subarray(0, at)).ok).toBe(false)
      }),
    )
    expect(openRecoveryWrap(province.privateKey, Buffer.concat([wrap(dek), Buffer.of(0)])).ok).toBe(
      false,
    )
  })
})
