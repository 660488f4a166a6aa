import { createHash, randomBytes } from 'node:crypto'
import { copyFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newFilingKey } from './filing-key.ts'
import { decodeFrameHeader, FRAMES, frameCount } from './frames.ts'
import { createKeyProvider } from './keys.ts'
import { openSealedFile, writeSealedFile } from './sealed-file.ts'
import { must, temporaryDir } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))
const filing = newFilingKey(keys)
const context = { clientRef: 'a', paperId: 'p1' }
const corrupt = { ok: false, error: { code: 'corrupt' } }
const FRAME = FRAMES.PLAIN_BYTES

/** A paper of `size` bytes, written in pieces of `piece` bytes. */
async function sealed(size: number, piece = 10_000) {
  const path = join(await temporaryDir(), 'p1.bin')
  const plain = randomBytes(size)
  const pieces = Array.from({ length: Math.ceil(size / piece) }, (_, at) =>
    plain.subarray(at * piece, (at + 1) * piece),
  )
  const written = await writeSealedFile(path, filing, context, pieces)
  return { path, plain, written }
}

/** All of a file, or the first problem met. */
async function readWhole(path: string, at = context) {
  const reader = await openSealedFile(path, filing, at)
  if (!reader.ok) return reader
  const read = await reader.value.read(0, reader.value.size)
  await reader.value.close()
  return read
}

describe('a sealed paper', () => {
  it.each([0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 7])(
    'of %i bytes gives back what was sealed, and its digest',
    async (size) => {
      const { path, plain, written } = await sealed(size)
      expect(written).toEqual({ size, sha256: createHash('sha256').update(plain).digest() })
      expect(Buffer.compare(must(await readWhole(path)), plain)).toBe(0)
      const file = await readFile(path)
      expect(frameCount(file.length)).toMatchObject({ size })
      expect(size < 16 || !file.includes(plain.subarray(0, 16))).toBe(true)
    },
  )

  it('can be read from any place', async () => {
    const { path, plain } = await sealed(3 * FRAME + 100, 77_777)
    const reader = must(await openSealedFile(path, filing, context))
    await fc.assert(
      fc.asyncProperty(fc.nat(plain.length + 10), fc.nat(2 * FRAME), async (offset, length) => {
        const part = must(await reader.read(offset, length))
        expect(Buffer.compare(part, plain.subarray(offset, offset + length))).toBe(0)
      }),
      { numRuns: 40 },
    )
    await reader.close()
  })

  it('notices any flipped bit, wherever it is', async () => {
    const { path } = await sealed(FRAME + 500)
    const whole = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(whole)
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
        await writeFile(path, changed)
        expect(await readWhole(path)).toEqual(corrupt)
      }),
      { numRuns: 60, examples: Array.from({ length: FRAMES.HEADER_BYTES }, (_, at) => [at, 0]) },
    )
  })

  it('notices on opening that it was cut off or made longer, also at a frame', async () => {
    const { path } = await sealed(2 * FRAME + 500)
    const whole = await readFile(path)
    const edges = [0, FRAMES.HEADER_BYTES, FRAMES.HEADER_BYTES + FRAMES.SEALED_BYTES]
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await writeFile(path, whole)
        await truncate(path, length)
        expect(await openSealedFile(path, filing, context)).toEqual(corrupt)
      }),
      { numRuns: 40, examples: edges.map((edge) => [edge]) },
    )
    const last = whole.subarray(FRAMES.HEADER_BYTES + 2 * FRAMES.SEALED_BYTES)
    for (const more of [Buffer.of(0), last, Buffer.alloc(FRAMES.SEALED_BYTES)]) {
      await writeFile(path, Buffer.concat([whole, more]))
      expect(await openSealedFile(path, filing, context)).toEqual(corrupt)
    }
  })

  it('notices swapped, repeated and foreign frames', async () => {
    const [one, other] = [await sealed(3 * FRAME), await sealed(3 * FRAME)]
    const [whole, foreign] = [await readFile(one.path), await readFile(other.path)]
    const frame = (bytes: Buffer, index: number) => {
      const at = FRAMES.HEADER_BYTES + index * FRAMES.SEALED_BYTES
      return bytes.subarray(at, at + FRAMES.SEALED_BYTES)
    }
    const header = whole.subarray(0, FRAMES.HEADER_BYTES)
    for (const parts of [
      [frame(whole, 1), frame(whole, 0), frame(whole, 2)],
      [frame(whole, 0), frame(whole, 0), frame(whole, 2)],
      [frame(whole, 0), frame(foreign, 1), frame(whole, 2)],
      [frame(whole, 0), frame(whole, 1), frame(foreign, 2)],
      [frame(whole, 0), frame(whole, 2)],
    ]) {
      await writeFile(one.path, Buffer.concat([header, ...parts]))
      expect(await readWhole(one.path)).toEqual(corrupt)
    }
  })

  it('opens for its own filing and paper only', async () => {
    const { path } = await sealed(10)
    const copy = `${path}.copy`
    await copyFile(path, copy)
    expect(await readWhole(copy, { clientRef: 'b', paperId: 'p1' })).toEqual(corrupt)
    expect(await readWhole(copy, { clientRef: 'a', paperId: 'p2' })).toEqual(corrupt)
    const foreign = await openSealedFile(copy, newFilingKey(keys), context)
    expect(foreign).toEqual(corrupt)
    expect(await readWhole(`${path}.none`)).toEqual({ ok: false, error: { code: 'missing' } })
  })

  it('leaves the earlier one, and nothing else, when its source breaks off', async () => {
    const { path, plain } = await sealed(100)
    async function* scanner() {
      yield Buffer.alloc(FRAME)
      throw new Error('the scanner was unplugged')
    }
    await expect(writeSealedFile(path, filing, context, scanner())).rejects.toThrow('unplugged')
    expect(Buffer.compare(must(await readWhole(path)), plain)).toBe(0)
    expect(await readdir(join(path, '..'))).toEqual(['p1.bin'])
  })
})

describe('the header of a paper', () => {
  it('is read from any bytes without a surprise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(decodeFrameHeader(bytes)).toBeUndefined()
      }),
    )
  })
})
