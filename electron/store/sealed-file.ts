import { createHash, randomBytes } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { writeDurably } from './atomic-file.ts'
import type { FilingKey } from './filing-key.ts'
import {
  createFrames,
  decodeFrameHeader,
  encodeFrameHeader,
  frameCount,
  FRAMES,
  type FrameContext,
} from './frames.ts'
import { systemCode } from './sqlite.ts'

/** Frames that are read from the disk at once, 1 MiB: a frame a read is most of the time of an upload. */
const READ_FRAMES = 16

/** A sealed paper: plain length in bytes, and SHA-256 of the plain bytes. */
export type SealedPaper = { readonly size: number; readonly sha256: Uint8Array }

/**
 * Why a paper cannot be read.
 * - `corrupt`: cut off, changed, or another file's; the filing goes to staff.
 * - `missing`: no such file.
 */
export type PaperProblem =
  | { readonly code: 'corrupt' }
  | { readonly code: 'missing' }
  | { readonly code: 'io'; readonly reason: string }

/** An open paper. Plain bytes exist in memory only, as many as were asked for. One read at a time. */
export type PaperReader = {
  /** Plain bytes. */
  readonly size: number
  /** The bytes from `offset`, fewer than `length` only at the end. */
  read(offset: number, length: number): Promise<Result<Uint8Array, PaperProblem>>
  close(): Promise<void>
}

/** Writes a paper frame by frame, durable when it resolves. Throws the system's or the source's error. */
export function writeSealedFile(
  path: string,
  filing: FilingKey,
  context: FrameContext,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<SealedPaper> {
  const header = { kekId: filing.wrap().kekId, prefix: randomBytes(FRAMES.PREFIX_BYTES) }
  const frames = createFrames(filing.key, context, header)
  const digest = createHash('sha256')
  return writeDurably(path, async (handle) => {
    await writeAll(handle, [encodeFrameHeader(header)])
    let index = 0
    let size = 0
    // A full frame waits until more bytes come: only then is it not the last one.
    const pending = Buffer.alloc(FRAMES.PLAIN_BYTES)
    let filled = 0
    for await (const chunk of source) {
      digest.update(chunk)
      size += chunk.length
      let at = 0
      while (at < chunk.length) {
        if (filled === FRAMES.PLAIN_BYTES) {
          await writeAll(handle, frames.seal(index, false, pending))
          index += 1
          filled = 0
        }
        const taken = chunk.subarray(at, at + FRAMES.PLAIN_BYTES - filled)
        pending.set(taken, filled)
        filled += taken.length
        at += taken.length
      }
    }
    await writeAll(handle, frames.seal(index, true, pending.subarray(0, filled)))
    pending.fill(0)
    return { size, sha256: digest.digest() }
  })
}

/** Opens a paper and proves its end, so that a shortened file is noticed before a byte is used. */
export async function openSealedFile(
  path: string,
  filing: FilingKey,
  context: FrameContext,
): Promise<Result<PaperReader, PaperProblem>> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (cause) {
    return err(problemOf(cause))
  }
  const reader = await startReading(handle, filing, context).catch((cause: unknown) =>
    err(problemOf(cause)),
  )
  if (!reader.ok) await handle.close()
  return reader
}

async function startReading(
  handle: FileHandle,
  filing: FilingKey,
  context: FrameContext,
): Promise<Result<PaperReader, PaperProblem>> {
  const head = Buffer.alloc(FRAMES.HEADER_BYTES)
  const header = decodeFrameHeader(head.subarray(0, await fill(handle, head, 0)))
  const shape = frameCount((await handle.stat()).size)
  if (header === undefined || shape === undefined) return err({ code: 'corrupt' })
  const frames = createFrames(filing.key, context, header)

  /** Sealed frames from `first`, read from the disk at once into the same memory again and again. */
  const window = Buffer.allocUnsafeSlow(Math.min(READ_FRAMES, shape.frames) * FRAMES.SEALED_BYTES)
  let first = 0
  let filled = 0
  const frame = async (index: number): Promise<Buffer | undefined> => {
    let start = (index - first) * FRAMES.SEALED_BYTES
    if (start < 0 || start >= filled) {
      const at = FRAMES.HEADER_BYTES + index * FRAMES.SEALED_BYTES
      filled = 0
      filled = await fill(handle, window, at)
      first = index
      start = 0
    }
    const sealed = window.subarray(start, Math.min(start + FRAMES.SEALED_BYTES, filled))
    return frames.open(index, index === shape.frames - 1, sealed)
  }
  if ((await frame(shape.frames - 1)) === undefined) return err({ code: 'corrupt' })

  return ok({
    size: shape.size,
    async read(offset, length) {
      try {
        const end = Math.min(offset + length, shape.size)
        const parts: Buffer[] = []
        for (let at = offset; at < end;) {
          const index = Math.floor(at / FRAMES.PLAIN_BYTES)
          const plain = await frame(index)
          if (plain === undefined) return err({ code: 'corrupt' })
          const start = at - index * FRAMES.PLAIN_BYTES
          const part = plain.subarray(start, start + end - at)
          if (part.length === 0) return err({ code: 'corrupt' })
          parts.push(part)
          at += part.length
        }
        const [only] = parts
        return ok(parts.length === 1 && only ? only : Buffer.concat(parts))
      } catch (cause) {
        return err(problemOf(cause))
      }
    },
    close: () => handle.close(),
  })
}

/** Fills `bytes` from `at`, fewer only at the end of the file; says how many. */
async function fill(handle: FileHandle, bytes: Buffer, at: number): Promise<number> {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, at + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

/** A write may take only a part, for instance on a disk that is nearly full. */
async function writeAll(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) {
    for (let at = 0; at < part.length;) {
      at += (await handle.write(part, at, part.length - at)).bytesWritten
    }
  }
}

function problemOf(cause: unknown): PaperProblem {
  const reason = systemCode(cause)
  if (reason === undefined) throw cause
  return reason === 'ENOENT' ? { code: 'missing' } : { code: 'io', reason }
}
