import { randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
/** One call for many nonces: each call to the generator costs as much as sealing a kibibyte. */
const NONCES_AT_ONCE = 256

let pool = Buffer.alloc(0)
let at = 0

/** Twelve random bytes that nobody gets twice. Not for keys: what was taken stays in memory. */
export function takeNonce(): Uint8Array {
  if (at === pool.length) {
    pool = randomBytes(NONCE_BYTES * NONCES_AT_ONCE)
    at = 0
  }
  at += NONCE_BYTES
  return pool.subarray(at - NONCE_BYTES, at)
}
