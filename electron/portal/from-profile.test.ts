import { generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { portalFromProfile } from './from-profile.ts'
import { makeCertificate } from './testing.ts'

const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })
const good = { url: 'https://portal.invalid', receiptKeys: { 'key-1': key.toString() } }
const open = (change: object) =>
  portalFromProfile({ kioskId: 'KM4', portal: { ...good, ...change } })

it('makes the adapter of a profile, with its authorities and pins', async () => {
  const { cert } = makeCertificate()
  const portal = open({ ca: cert + cert, pins: ['any'] })
  expect(portal).toMatchObject({ ok: true, value: { capabilities: { replaySafe: true } } })
  if (portal.ok) await portal.value.close()
})

it.each([
  [{ url: 'portal' }, 'portal.url'],
  [{ url: 'http://portal.invalid', ca: makeCertificate().cert }, 'portal.url'],
  [{ ca: '-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n' }, 'portal.ca'],
  [{ receiptKeys: {} }, 'portal.receiptKeys'],
  [{ receiptKeys: { 'key-2': 'none' } }, 'portal.receiptKeys.key-2'],
])('names the field that cannot be meant: %#', (change, where) => {
  expect(open(change)).toMatchObject({ ok: false, error: { code: 'invalid', where } })
})
