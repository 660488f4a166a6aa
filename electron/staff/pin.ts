import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { PIN_HASH } from './limits.ts'

/** A PIN as it is kept: slow, salted, and of no use without the kiosk's key. */
export interface PinHash {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
  /** scrypt's N, so that a hash outlives a change of it. */
  readonly cost: number
}

/** `keyed`: the PIN under a keyed hash that only this kiosk can make. */
export async function hashPin(keyed: Uint8Array, cost: number = PIN_HASH.N): Promise<PinHash> {
  const salt = randomBytes(PIN_HASH.SALT_BYTES)
  return { salt, hash: await derive(keyed, salt, cost), cost }
}

export async function isPin(keyed: Uint8Array, kept: PinHash): Promise<boolean> {
  return timingSafeEqual(await derive(keyed, kept.salt, kept.cost), kept.hash)
}

/** Of an assistant who is not known: a try on it takes as long as on any other, and never fits. */
export const nobodysPin: PinHash = {
  salt: new Uint8Array(PIN_HASH.SALT_BYTES),
  hash: new Uint8Array(PIN_HASH.BYTES),
  cost: PIN_HASH.N,
}

function derive(keyed: Uint8Array, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const { R: r, P: p, BYTES } = PIN_HASH
  // Node's own limit is a little less than what N and r come to.
  const maxmem = 256 * cost * r
  return new Promise((resolve, reject) => {
    scrypt(keyed, salt, BYTES, { N: cost, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}

/** What is tried first by whoever guesses: one digit again and again, or steps of one. */
export function isWeakPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])))
  const pairs = new Set(pin.match(/../g))
  return (steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 0)) || pairs.size === 1
}
