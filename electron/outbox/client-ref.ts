/**
 * A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits. Unique across
 * kiosks without asking anyone; the time only helps the eye, order is by sequence number.
 *
 * @param nowMs milliseconds since the epoch
 * @param random gives that many random bytes from a cryptographic source
 */
export function newClientRef(nowMs: number, random: (length: number) => Uint8Array): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.set(random(10), 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
