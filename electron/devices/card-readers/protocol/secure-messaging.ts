import { decodeResponse, encodeCommand, type Command, type Response } from './apdu.ts'
import { pad, same, unpad, type Cipher } from './ciphers.ts'
import { decoded, find, malformed, readAll, readTlv, tlv } from './tlv.ts'

/** Data objects of secure messaging (ICAO 9303-11, 9.8.3). */
export const SM = {
  /** A cryptogram, for an odd INS and for an even one with its padding indicator 01. */
  PLAIN_CRYPTOGRAM: 0x85,
  CRYPTOGRAM: 0x87,
  LE: 0x97,
  STATUS: 0x99,
  MAC: 0x8e,
} as const

export interface SessionKeys {
  readonly cipher: Cipher
  readonly encryption: Uint8Array
  readonly mac: Uint8Array
}

/** The reader's end of a protected channel. Each command and each answer moves the counter by one. */
export interface SecureChannel {
  protect(command: Command): Uint8Array
  /**
   * The answer inside the protection. Null if it has none, if its MAC does not fit, or if it cannot
   * be taken apart: the channel is then lost.
   */
  unprotect(answer: Response): Response | null
}

/** `counter`: eight bytes after BAC; zeros after PACE and chip authentication if left out. */
export function openSecureChannel(keys: SessionKeys, counter?: Uint8Array): SecureChannel {
  const { cipher, encryption } = keys
  const ssc = Buffer.from(counter ?? new Uint8Array(cipher.block))

  return {
    protect({ cla, ins, p1, p2, data, le }) {
      increment(ssc)
      const header = Buffer.from([cla | 0x0c, ins, p1, p2])
      const objects: Uint8Array[] = []
      if (data && data.length > 0) {
        const iv = cipher.iv(encryption, ssc)
        const secret = cipher.encrypt(encryption, iv, pad(data, cipher.block))
        objects.push(
          ins % 2 === 1
            ? tlv(SM.PLAIN_CRYPTOGRAM, secret)
            : tlv(SM.CRYPTOGRAM, Uint8Array.of(1), secret),
        )
      }
      if (le !== undefined) objects.push(tlv(SM.LE, Uint8Array.of(le % 256)))
      const body = Buffer.concat(objects)
      const mac = macOf(keys, ssc, pad(header, cipher.block), body)
      const protectedData = Buffer.concat([body, tlv(SM.MAC, mac)])
      return encodeCommand({ cla: cla | 0x0c, ins, p1, p2, data: protectedData, le: 256 })
    },

    unprotect({ data }) {
      increment(ssc)
      return decoded(() => {
        const objects = readAll(data)
        const mac = find(objects, SM.MAC) ?? malformed()
        const status = find(objects, SM.STATUS) ?? malformed()
        const body = Buffer.concat(objects.filter((each) => each !== mac).map(({ raw }) => raw))
        if (!same(macOf(keys, ssc, body), mac.value)) malformed()
        const sw = decodeResponse(status.value)
        if (!sw.ok || sw.value.data.length > 0) malformed()
        return { data: decryptBody(keys, ssc, data), sw: sw.value.sw }
      })
    },
  }
}

/** The plain bytes of the cryptogram among protected objects; none where there is none. */
export function decryptBody(keys: SessionKeys, ssc: Uint8Array, body: Uint8Array): Uint8Array {
  const { cipher, encryption } = keys
  const first = readTlv(body)
  const marked = first.tag === SM.CRYPTOGRAM
  if (!marked && first.tag !== SM.PLAIN_CRYPTOGRAM) return new Uint8Array()
  if (marked && first.value[0] !== 1) malformed()
  const secret = marked ? first.value.subarray(1) : first.value
  if (secret.length === 0 || secret.length % cipher.block !== 0) malformed()
  const iv = cipher.iv(encryption, ssc)
  return unpad(cipher.decrypt(encryption, iv, secret)) ?? malformed()
}

/**
 * The MAC over counter and parts. The counter is a whole block (16 bytes with AES), and the sum is
 * padded once more (ICAO 9303-11, 9.8.6.2).
 */
export function macOf(
  { cipher, mac }: SessionKeys,
  ssc: Uint8Array,
  ...parts: readonly Uint8Array[]
): Uint8Array {
  return cipher.mac(mac, pad(Buffer.concat([ssc, ...parts]), cipher.block))
}

/** Adds one to a big-endian counter, in place. */
export function increment(counter: Uint8Array): void {
  for (let at = counter.length - 1; at >= 0; at -= 1) {
    counter[at] = ((counter[at] ?? 0) + 1) & 0xff
    if (counter[at] !== 0) return
  }
}
