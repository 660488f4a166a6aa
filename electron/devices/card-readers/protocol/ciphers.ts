import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

/**
 * The symmetric side of ICAO 9303-11 section 9: block cipher in CBC, MAC, and key derivation.
 * Only what Electron's BoringSSL has too: no single DES, no CMAC object, no two-key 3DES.
 */
export type CipherName = '3des' | 'aes-128' | 'aes-192' | 'aes-256'

export interface Cipher {
  readonly name: CipherName
  /** Bytes of a block, which is also the length of the send sequence counter. */
  readonly block: 8 | 16
  /** Whole blocks in, as many bytes out; no padding of its own. */
  encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array
  decrypt(key: Uint8Array, iv: Uint8Array, secret: Uint8Array): Uint8Array
  /** Initialisation vector of secure messaging (ICAO 9303-11, 9.8.6.3 and 9.8.7.2). */
  iv(key: Uint8Array, counter: Uint8Array): Uint8Array
  /** Eight bytes over a message of secure messaging, which is padded already. */
  mac(key: Uint8Array, padded: Uint8Array): Uint8Array
  /** Eight bytes over a token of PACE, not padded (ICAO 9303-11, 4.4.3.4). */
  tokenMac(key: Uint8Array, message: Uint8Array): Uint8Array
  /** Key of this cipher from a secret: counter 1 to encrypt, 2 for the MAC, 3 for a password. */
  derive(secret: Uint8Array, counter: 1 | 2 | 3): Uint8Array
}

const ZEROS = new Uint8Array(16)

function run(
  algorithm: string,
  forth: boolean,
  key: Uint8Array,
  iv: Uint8Array | null,
  data: Uint8Array,
): Uint8Array {
  const make = forth ? createCipheriv : createDecipheriv
  const cipher = make(algorithm, key, iv).setAutoPadding(false)
  return Buffer.concat([cipher.update(data), cipher.final()])
}

/** K1|K2 as K1|K2|K1: two-key 3DES. */
const threeKeys = (key: Uint8Array) => Buffer.concat([key.subarray(0, 16), key.subarray(0, 8)])
/** K|K|K: single DES without OpenSSL's legacy provider. */
const oneKey = (half: Uint8Array) => Buffer.concat([half, half, half])

/** MAC algorithm 3 of ISO/IEC 9797-1 ("retail MAC") over whole blocks. */
function retailMac(key: Uint8Array, padded: Uint8Array): Uint8Array {
  const zeros = ZEROS.subarray(0, 8)
  const [first, second] = [oneKey(key.subarray(0, 8)), oneKey(key.subarray(8, 16))]
  const last = run('des-ede3-cbc', true, first, zeros, padded).subarray(-8)
  const back = run('des-ede3-cbc', false, second, zeros, last)
  return run('des-ede3-cbc', true, first, zeros, back)
}

/** CMAC (NIST SP 800-38B), cut to eight bytes. */
function cmac(bits: number, key: Uint8Array, message: Uint8Array): Uint8Array {
  const once = doubled(run(`aes-${bits}-ecb`, true, key, null, ZEROS))
  const whole = message.length > 0 && message.length % 16 === 0
  const blocks = Buffer.from(whole ? message : pad(message, 16))
  const subkey = whole ? once : doubled(once)
  const start = blocks.length - 16
  subkey.forEach((byte, at) => {
    blocks[start + at] = (blocks[start + at] ?? 0) ^ byte
  })
  return run(`aes-${bits}-cbc`, true, key, ZEROS, blocks).subarray(-16, -8)
}

/** Times x in the field of SP 800-38B. */
function doubled(block: Uint8Array): Uint8Array {
  const shifted = block.map((byte, at) => ((byte << 1) & 0xff) + ((block[at + 1] ?? 0) >> 7))
  if (((block[0] ?? 0) & 0x80) !== 0) shifted[15] = (shifted[15] ?? 0) ^ 0x87
  return shifted
}

const tripleDes: Cipher = {
  name: '3des',
  block: 8,
  encrypt: (key, iv, plain) => run('des-ede3-cbc', true, threeKeys(key), iv, plain),
  decrypt: (key, iv, secret) => run('des-ede3-cbc', false, threeKeys(key), iv, secret),
  iv: () => ZEROS.subarray(0, 8),
  mac: retailMac,
  tokenMac: (key, message) => retailMac(key, pad(message, 8)),
  derive: (secret, counter) => withParity(digest('sha1', secret, counter).subarray(0, 16)),
}

function aes(bits: 128 | 192 | 256): Cipher {
  const algorithm = `aes-${bits}-cbc`
  return {
    name: `aes-${bits}`,
    block: 16,
    encrypt: (key, iv, plain) => run(algorithm, true, key, iv, plain),
    decrypt: (key, iv, secret) => run(algorithm, false, key, iv, secret),
    iv: (key, counter) => run(`aes-${bits}-ecb`, true, key, null, counter),
    mac: (key, padded) => cmac(bits, key, padded),
    tokenMac: (key, message) => cmac(bits, key, message),
    derive: (secret, counter) =>
      digest(bits === 128 ? 'sha1' : 'sha256', secret, counter).subarray(0, bits / 8),
  }
}

export const ciphers: Readonly<Record<CipherName, Cipher>> = {
  '3des': tripleDes,
  'aes-128': aes(128),
  'aes-192': aes(192),
  'aes-256': aes(256),
}

function digest(hash: 'sha1' | 'sha256', secret: Uint8Array, counter: number): Uint8Array {
  return createHash(hash)
    .update(secret)
    .update(Uint8Array.from([0, 0, 0, counter]))
    .digest()
}

/** Each byte with an odd number of ones, as DES keys are written down. */
function withParity(key: Uint8Array): Uint8Array {
  return key.map((byte) => {
    let ones = 0
    for (let bit = 1; bit < 8; bit += 1) ones += (byte >> bit) & 1
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
  })
}

/** Padding method 2 of ISO/IEC 9797-1: 80, then zeros up to a whole block; always some. */
export function pad(data: Uint8Array, block: number): Uint8Array {
  const padded = Buffer.alloc((Math.floor(data.length / block) + 1) * block)
  padded.set(data)
  padded[data.length] = 0x80
  return padded
}

/** Takes the padding off again; null if there is none. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  let end = padded.length
  while (end > 0 && padded[end - 1] === 0) end -= 1
  return padded[end - 1] === 0x80 ? padded.subarray(0, end - 1) : null
}

/** Whether two byte strings are the same, in a time that does not tell where they differ. */
export function same(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}
