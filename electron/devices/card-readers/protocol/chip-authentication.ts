import type { Command } from './apdu.ts'
import { scalarOf, sharedX } from './curves.ts'
import { oidBytes } from './der.ts'
import type { SessionKeys } from './secure-messaging.ts'
import type { ChipAuthenticationOffer } from './security-infos.ts'
import { tlv } from './tlv.ts'

/**
 * Chip authentication (ICAO 9303-11, 6.2): new keys that only the chip with the private half of
 * DG14's key can have. It has passed when the next protected answer fits.
 */
export function chipAuthentication(
  { oid, cipher, key, keyId }: ChipAuthenticationOffer,
  random: Uint8Array,
): { commands: readonly Command[]; keys: SessionKeys } {
  const { curve, point } = key
  const scalar = scalarOf(curve, random)
  const ours = curve.BASE.multiply(scalar).toBytes(false)
  const secret = sharedX(point.multiply(scalar), curve)
  const keys = { cipher, encryption: cipher.derive(secret, 1), mac: cipher.derive(secret, 2) }
  const which = keyId ? [tlv(0x84, keyId)] : []
  const setTemplate = { cla: 0, ins: 0x22, p1: 0x41 }
  if (cipher.name === '3des') {
    const data = Buffer.concat([tlv(0x91, ours), ...which])
    return { commands: [{ ...setTemplate, p2: 0xa6, data }], keys }
  }
  const data = Buffer.concat([tlv(0x80, oidBytes(oid)), ...which])
  const agree = { cla: 0, ins: 0x86, p1: 0, p2: 0, data: tlv(0x7c, tlv(0x80, ours)), le: 256 }
  return { commands: [{ ...setTemplate, p2: 0xa4, data }, agree], keys }
}
