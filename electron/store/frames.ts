import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { GCM } from './keys.ts'

/**
 * Papers as sealed frames, so that a part can be read without the rest. A file is a header and
 * frames of 64 KiB plain bytes, each AES-256-GCM; the last one may be shorter, or empty in an
 * empty file. Numbers big-endian:
 *
 *      0  4  "MCKA"
 *      4  1  version, 1
 *      5  8  kek_id at the time of sealing; a rotation does not change it
 *     13  7  random prefix
 *     20     frames: ciphertext, 16 bytes tag
 *
 * Nonce = prefix || 4-byte counter || 1-byte last flag. Authenticated data = client_ref |
 * paper id | kek_id | version. A frame therefore opens only in its place, in its file, of its
 * filing, and the last one only as the last.
 */
export const FRAMES = {
  MAGIC: 'MCKA',
  VERSION: 1,
  HEADER_BYTES: 20,
  PREFIX_BYTES: 7,
  PLAIN_BYTES: 64 * 1024,
  SEALED_BYTES: 64 * 1024 + GCM.TAG_BYTES,
} as const

/** What a framed file belongs to. */
export type FrameContext = { readonly clientRef: string; readonly paperId: string }

/** The part of a framed file's header that is not fixed. */
export type FrameHeader = { readonly kekId: string; readonly prefix: Uint8Array }

/** The header's bytes. */
export function encodeFrameHeader({ kekId, prefix }: FrameHeader): Uint8Array {
  const header = Buffer.alloc(FRAMES.HEADER_BYTES)
  header.write(FRAMES.MAGIC, 0, 'latin1')
  header.writeUInt8(FRAMES.VERSION, 4)
  header.write(kekId, 5, 8, 'hex')
  header.set(prefix, 13)
  return header
}

/** The header at the start of a file; undefined where it is none of ours. */
export function decodeFrameHeader(bytes: Uint8Array): FrameHeader | undefined {
  const header = Buffer.from(bytes.subarray(0, FRAMES.HEADER_BYTES))
  if (header.length < FRAMES.HEADER_BYTES) return undefined
  if (header.toString('latin1', 0, 4) !== FRAMES.MAGIC || header[4] !== FRAMES.VERSION) {
    return undefined
  }
  return { kekId: header.toString('hex', 5, 13), prefix: header.subarray(13) }
}

/** How many frames a file of this length has, and how many plain bytes; undefined if impossible. */
export function frameCount(fileBytes: number): { frames: number; size: number } | undefined {
  const sealed = fileBytes - FRAMES.HEADER_BYTES
  const frames = Math.ceil(sealed / FRAMES.SEALED_BYTES)
  const size = sealed - frames * GCM.TAG_BYTES
  // Each frame but the only one of an empty file has at least one plain byte.
  if (sealed < GCM.TAG_BYTES || (frames > 1 && size <= (frames - 1) * FRAMES.PLAIN_BYTES)) {
    return undefined
  }
  return { frames, size }
}

/** Seals and opens the frames of one file. */
export function createFrames(key: KeyObject, context: FrameContext, header: FrameHeader) {
  const aad = Buffer.from(
    `${context.clientRef}|${context.paperId}|${header.kekId}|${FRAMES.VERSION}`,
    'utf8',
  )
  const nonceOf = (index: number, last: boolean): Buffer => {
    const nonce = Buffer.alloc(GCM.NONCE_BYTES)
    nonce.set(header.prefix)
    nonce.writeUInt32BE(index, FRAMES.PREFIX_BYTES)
    nonce.writeUInt8(last ? 1 : 0, GCM.NONCE_BYTES - 1)
    return nonce
  }
  return {
    /** Ciphertext and tag, apart, so that nothing is copied. */
    seal(index: number, last: boolean, plain: Uint8Array): readonly [Buffer, Buffer] {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, last))
      cipher.setAAD(aad)
      const sealed = cipher.update(plain)
      // GCM keeps nothing back: `final` gives no bytes.
      cipher.final()
      return [sealed, cipher.getAuthTag()]
    },
    /** The plain bytes, or undefined where this is not that frame of that file. */
    open(index: number, last: boolean, sealed: Uint8Array): Buffer | undefined {
      const tagAt = sealed.length - GCM.TAG_BYTES
      if (tagAt < 0) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, last), {
        authTagLength: GCM.TAG_BYTES,
      })
      decipher.setAAD(aad)
      decipher.setAuthTag(sealed.subarray(tagAt))
      try {
        const plain = decipher.update(sealed.subarray(0, tagAt))
        decipher.final()
        return plain
      } catch {
        return undefined
      }
    },
  }
}
