import { expect, test } from 'vitest'
import { DER, oidBytes } from './der.ts'
import { readSecurityInfos } from './security-infos.ts'
import { tlv } from './tlv.ts'

/** EF.CardAccess with one way of chip authentication that names its key by so many bytes. */
function withKeyId(bytes: number): Uint8Array {
  const way = tlv(
    DER.SEQUENCE,
    tlv(DER.OID, oidBytes('0.4.0.127.0.7.2.2.3.2.2')),
    tlv(DER.INTEGER, Uint8Array.of(1)),
    tlv(DER.INTEGER, new Uint8Array(bytes).fill(1)),
  )
  return tlv(DER.SET, way)
}

test.each([0, 9, 300])('a key is not named by %d bytes', (bytes) => {
  expect(readSecurityInfos(withKeyId(bytes))).toBeNull()
})

test.each([1, 8])('a key may be named by %d bytes', (bytes) => {
  expect(readSecurityInfos(withKeyId(bytes))).not.toBeNull()
})

test('a way of chip authentication that is not known here is still one that the card has', () => {
  const way = tlv(
    DER.SEQUENCE,
    tlv(DER.OID, oidBytes('0.4.0.127.0.7.2.2.3.1.2')),
    tlv(DER.INTEGER, Uint8Array.of(1)),
  )
  expect(readSecurityInfos(tlv(DER.SET, way))).toMatchObject({
    chipAuthentication: [],
    offersChipAuthentication: true,
  })
})
