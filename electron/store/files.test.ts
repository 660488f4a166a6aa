import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEnvelope, encodeEnvelope } from './envelope.ts'
import { FILES_LIMITS } from './files.ts'
import { createKeyProvider } from './keys.ts'
import { createSealedFiles, rebuildFromEnvelopes, unseal } from './index.ts'
import { inventedDescription, inventedRef, must, temporaryDir } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))
const ref = inventedRef(1)
const body = Buffer.from('Nguyễn Văn Ví Dụ, 083090000000')
const now = Date.now()
const quiet = { visiting: null, nowMs: now }

async function kiosk() {
  const dir = await temporaryDir()
  return { dir, files: createSealedFiles(dir, keys), folder: join(dir, 'outbox', ref) }
}

/** A confirmed filing with one paper, and no row. */
async function confirmed() {
  const at = await kiosk()
  const filing = must(await at.files.begin(ref))
  must(await at.files.writePaper(ref, filing, 'p1', [Buffer.from('a paper')]))
  const sealedBody = must(await at.files.confirm(ref, filing, inventedDescription(7, body), body))
  return { ...at, filing, sealedBody }
}

describe('the sealed files of a filing', () => {
  it('give back the paper and the body, also after a restart, and hide both', async () => {
    const { dir, folder, sealedBody } = await confirmed()
    const files = createSealedFiles(dir, keys)
    const filing = must(await files.begin(ref))
    const paper = must(await files.openPaper(ref, filing, 'p1'))
    expect(Buffer.from(must(await paper.read(0, 100))).toString()).toBe('a paper')
    await paper.close()
    const { dekWrapped, kekId } = filing.wrap()
    const row = { bytes: sealedBody, dekWrapped, kekId }
    expect(must(unseal(keys, { owner: ref, purpose: 'body' }, row))).toEqual(body)
    expect((await readdir(folder)).sort()).toEqual(['envelope.bin', 'p1.bin'])
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name))
      expect(bytes.includes('Nguyễn') || bytes.includes('paper')).toBe(false)
    }
  })

  it('refuse names that could leave the folder', async () => {
    const { files, filing } = await confirmed()
    await expect(files.begin('../../etc')).rejects.toThrow('client reference')
    for (const id of ['../x', 'envelope', '', 'a/b']) {
      await expect(files.writePaper(ref, filing, id, [])).rejects.toThrow('paper id')
    }
  })

  it('lose a paper that the citizen takes back', async () => {
    const { files, filing } = await confirmed()
    must(await files.removePaper(ref, 'p1'))
    expect(await files.openPaper(ref, filing, 'p1')).toEqual({
      ok: false,
      error: { code: 'missing' },
    })
  })

  it('are gone after the erasure, which may be repeated', async () => {
    const { dir, files } = await confirmed()
    for (let time = 0; time < 2; time += 1) must(await files.erase(ref))
    expect(await readdir(join(dir, 'outbox'))).toEqual([])
  })

  it('are written one after the other: an erasure is not undone by a rotation', async () => {
    const { dir, files } = await confirmed()
    const rewrapping = files.rewrap(ref, () => ({ ok: false, error: { code: 'unknown-key' } }))
    await Promise.all([rewrapping, files.erase(ref), files.settled()])
    expect(await files.rewrap(ref, () => ({ ok: false, error: { code: 'corrupt' } }))).toBe(
      undefined,
    )
    expect(await readdir(join(dir, 'outbox'))).toEqual([])
  })

  it('report a folder that cannot be written', async () => {
    const dir = await temporaryDir()
    await writeFile(join(dir, 'outbox'), '')
    expect(await createSealedFiles(dir, keys).begin(ref)).toMatchObject({
      ok: false,
      error: { code: 'io' },
    })
  })
})

describe('an envelope', () => {
  it('is read from any bytes without a surprise', () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .uint8Array({ maxLength: 60 })
        .map((tail) => Buffer.concat([Buffer.from('MCKE\x01\x01'), tail])),
    )
    fc.assert(
      fc.property(any, (bytes) => {
        const decoded = decodeEnvelope(bytes)
        const again = decoded.ok ? encodeEnvelope(decoded.value) : decoded.error
        expect([Buffer.from(bytes), { code: 'corrupt' }]).toContainEqual(again)
      }),
    )
  })

  it('makes no row, and is kept, when a bit is flipped or its end is missing', async () => {
    const { dir, folder, files } = await confirmed()
    const path = join(folder, 'envelope.bin')
    const whole = await readFile(path)
    const old = (now - 2 * FILES_LIMITS.PURGE_AFTER_MS) / 1000
    const check = async (bytes: Uint8Array) => {
      await writeFile(path, bytes)
      await utimes(folder, old, old)
      const { rows, unreadable } = await rebuildFromEnvelopes(dir, keys)
      expect([rows, unreadable.map(({ clientRef }) => clientRef)]).toEqual([[], [ref]])
      const swept = await files.sweep({ ...quiet, rowOf: () => 'none' })
      expect(swept).toMatchObject({ removed: [], found: [], unreadable: [{ clientRef: ref }] })
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(whole)
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
        await check(changed)
      }),
      { numRuns: 40, examples: Array.from({ length: 26 }, (_, at) => [at, 0]) },
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), (length) => check(whole.subarray(0, length))),
      { numRuns: 20 },
    )
  })

  it('makes no row in the folder of another filing', async () => {
    const { dir, files, folder } = await confirmed()
    const other = inventedRef(2)
    must(await files.begin(other))
    const stolen = await readFile(join(folder, 'envelope.bin'))
    await writeFile(join(dir, 'outbox', other, 'envelope.bin'), stolen)
    const { rows, unreadable } = await rebuildFromEnvelopes(dir, keys)
    expect(rows.map(({ clientRef }) => clientRef)).toEqual([ref])
    expect(unreadable).toEqual([{ clientRef: other, code: 'corrupt' }])
  })
})

describe('the sweep', () => {
  it('finds a confirmed filing that has no row, with all that the row needs', async () => {
    const { files, sealedBody } = await confirmed()
    const { found, removed } = await files.sweep({ ...quiet, rowOf: () => 'none' })
    expect(removed).toEqual([])
    expect(found).toMatchObject([{ clientRef: ref, description: inventedDescription(7, body) }])
    expect(found[0]?.sealedBody).toEqual(sealedBody)
  })

  it('ends an erasure that was cut off', async () => {
    const { dir, files } = await confirmed()
    expect(await files.sweep({ ...quiet, rowOf: () => 'erased' })).toMatchObject({ removed: [ref] })
    expect(await readdir(join(dir, 'outbox'))).toEqual([])
  })

  it('purges a cut-off visit after a day, half-written files at once, and a live one never', async () => {
    const { files, folder } = await kiosk()
    const filing = must(await files.begin(ref))
    must(await files.writePaper(ref, filing, 'p1', [body]))
    await writeFile(join(folder, 'p2.bin.abc.tmp'), 'half')
    const sweep = (nowMs: number, visiting: string | null, row: 'none' | 'live' = 'none') =>
      files.sweep({ rowOf: () => row, visiting, nowMs })
    const tomorrow = now + FILES_LIMITS.PURGE_AFTER_MS + 60_000
    for (const kept of [
      await sweep(now, null),
      await sweep(now - 365 * FILES_LIMITS.PURGE_AFTER_MS, null),
      await sweep(tomorrow, ref),
      await sweep(tomorrow, null, 'live'),
    ]) {
      expect(kept).toEqual({ removed: [], found: [], unreadable: [] })
    }
    expect((await readdir(folder)).sort()).toEqual(['envelope.bin', 'p1.bin'])
    expect(await sweep(tomorrow, null)).toMatchObject({ removed: [ref] })
  })
})
