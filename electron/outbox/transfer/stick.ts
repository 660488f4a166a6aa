import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { systemCode, writeDurably } from '../../store/index.ts'
import { TRANSFER_LIMITS as limits } from './limits.ts'

/** Size in bytes and SHA-256 (lower-case hex) of a file. */
export type Digest = { readonly size: number; readonly sha256: string }

/** Why a file cannot be read. `damaged`: cut off, changed, or no file at all. */
export type SourceProblem =
  | { readonly code: 'missing' }
  | { readonly code: 'damaged' }
  | { readonly code: 'io'; readonly reason: string }

/** A trouble of the source, on its way out of the writing of its copy. */
class SourceTrouble extends Error {
  readonly problem: SourceProblem
  constructor(problem: SourceProblem) {
    super(problem.code)
    this.problem = problem
  }
}

/**
 * Copies a file; durable when it resolves. Where `expected` says what it must be, any other bytes
 * leave no copy. Throws the system's error where the copy cannot be written.
 */
export function copyDurably(
  from: string,
  to: string,
  expected: Digest | null,
): Promise<Result<Digest, SourceProblem>> {
  return attempt(() =>
    writeDurably(to, async (copy) => {
      const most = expected?.size ?? limits.PAPER_MAX_BYTES
      const found = await pour(from, most, (chunk) => copy.writeFile(chunk))
      if (expected !== null && !same(found, expected)) throw new SourceTrouble({ code: 'damaged' })
      return found
    }),
  )
}

/** The bytes of a file of at most `most` bytes. */
export function readWhole(path: string, most: number): Promise<Result<Uint8Array, SourceProblem>> {
  return attempt(async () => {
    const chunks: Uint8Array[] = []
    await pour(path, most, async (chunk) => void chunks.push(Buffer.from(chunk)))
    return Buffer.concat(chunks)
  })
}

/** Whether a file is there and is what it must be. */
export async function isWhole(path: string, expected: Digest): Promise<boolean> {
  const found = await attempt(() => pour(path, expected.size, async () => {}))
  return found.ok && same(found.value, expected)
}

/** What a file must be to hold these bytes. */
export function digestOf(bytes: Uint8Array): Digest {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

export function same(found: Digest, expected: Digest): boolean {
  return found.size === expected.size && found.sha256 === expected.sha256
}

/** Reads a file of at most `most` bytes piece by piece. Throws `SourceTrouble`. */
async function pour(
  path: string,
  most: number,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<Digest> {
  // A stick may hold anything: a link leads elsewhere, and a pipe would be waited on for ever.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const source = await open(path, flags).catch(notReadable)
  try {
    const stat = await source.stat().catch(notReadable)
    if (!stat.isFile() || stat.size > most) throw new SourceTrouble({ code: 'damaged' })
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(Math.min(limits.CHUNK_BYTES, most + 1))
    let size = 0
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, size).catch(notReadable)
      if (bytesRead === 0) return { size, sha256: hash.digest('hex') }
      size += bytesRead
      // It grows under our hands.
      if (size > most) throw new SourceTrouble({ code: 'damaged' })
      const chunk = buffer.subarray(0, bytesRead)
      hash.update(chunk)
      await take(chunk)
    }
  } finally {
    await source.close()
  }
}

function notReadable(cause: unknown): never {
  const reason = systemCode(cause)
  if (reason === undefined) throw cause
  if (reason === 'ENOENT' || reason === 'ENOTDIR') throw new SourceTrouble({ code: 'missing' })
  throw new SourceTrouble(reason === 'ELOOP' ? { code: 'damaged' } : { code: 'io', reason })
}

async function attempt<T>(run: () => Promise<T>): Promise<Result<T, SourceProblem>> {
  try {
    return ok(await run())
  } catch (cause) {
    if (cause instanceof SourceTrouble) return err(cause.problem)
    throw cause
  }
}
