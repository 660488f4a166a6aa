import { generateKeyPairSync, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ManifestEntry, Receipt, ReceiptContent } from './contract.ts'
import { parseReceiptKey, receiptBytes, verifyReceipt } from './receipts.ts'

const pair = generateKeyPairSync('ed25519')
const clientRef = '01a94a5b-6a00-7000-8000-000000000001'
const bodySha256 = 'ab'.repeat(32)
const content: ReceiptContent = {
  clientRef,
  dossierCode: 'H19.99-20261121-0000001',
  receivedAt: '2026-11-21T03:00:00.000Z',
  bodySha256,
  attachments: [],
  keyId: 'k1',
}
const paper = { id: 'scan-1', sha256: 'ef'.repeat(32), size: 3 }
const keys = new Map([['k1', pair.publicKey]])
const expected = { clientRef, bodySha256, keys }

function signed(value: ReceiptContent): Receipt {
  return {
    ...value,
    signature: sign(null, receiptBytes(value), pair.privateKey).toString('base64'),
  }
}

describe('a receipt', () => {
  it('counts when form, filing, bytes, key and signature are right', () => {
    expect(verifyReceipt(signed(content), expected)).toEqual({ ok: true, value: signed(content) })
  })

  it('does not depend on the order of its members', () => {
    const reversed = Object.fromEntries(Object.entries(signed(content)).reverse())
    expect(verifyReceipt(reversed, expected).ok).toBe(true)
  })

  it.each([
    ['receipt-other-filing', { clientRef: '01a94a5b-6a00-7000-8000-000000000002' }],
    ['receipt-other-bytes', { bodySha256: 'cd'.repeat(32) }],
    ['receipt-unknown-key', { keyId: 'k2' }],
    ['receipt-other-attachments', { attachments: [paper] }],
  ])('is %s, however well signed', (error, change) => {
    expect(verifyReceipt(signed({ ...content, ...change }), expected)).toEqual({ ok: false, error })
  })

  it.each([
    { dossierCode: 'H19.99-20261121-0000002' },
    { receivedAt: '2027-11-21T03:00:00.000Z' },
    { signature: Buffer.alloc(64).toString('base64') },
  ])('fails its signature when %o is put in', (change) => {
    expect(verifyReceipt({ ...signed(content), ...change }, expected)).toEqual({
      ok: false,
      error: 'receipt-signature',
    })
  })

  it('must know every paper as the kiosk knows it, in any order', () => {
    const papers = [paper, { ...paper, id: 'scan-2' }]
    const receipt = signed({ ...content, attachments: papers })
    const check = (attachments: readonly ManifestEntry[]) =>
      verifyReceipt(receipt, { ...expected, attachments }).ok
    expect(check(papers.toReversed())).toBe(true)
    expect(check([])).toBe(false)
    expect(check([paper])).toBe(false)
    expect(check([paper, { ...paper, id: 'scan-2', size: 4 }])).toBe(false)
    expect(check([paper, { ...paper, id: 'scan-2', sha256: bodySha256 }])).toBe(false)
  })

  it('is nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(verifyReceipt(value, expected)).toEqual({ ok: false, error: 'receipt-malformed' })
      }),
    )
    expect(verifyReceipt({ ...signed(content), more: 1 }, expected).ok).toBe(false)
  })
})

describe('a receipt key', () => {
  it('is read from PEM and from raw base64', () => {
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const raw = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
    expect(parseReceiptKey(pem)?.equals(pair.publicKey)).toBe(true)
    expect(parseReceiptKey(raw.toString('base64'))?.equals(pair.publicKey)).toBe(true)
  })

  it('is not read from anything else', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
    const wrong = ['', 'x', 'AAAA', rsa.export({ type: 'spki', format: 'pem' }).toString()]
    expect(wrong.map(parseReceiptKey)).toEqual([null, null, null, null])
  })
})
