import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { readOutbox } from '../../../electron/outbox/index.ts'
import { manifestEntrySchema } from '../../../electron/portal/index.ts'
import { countConfirmed } from '../../../electron/store/envelope-files.ts'
import { openStoreForReading } from '../../../electron/store/index.ts'
import { must } from '../kiosk.ts'
import type { Word } from '../process.ts'
import { createScene, type Scene } from '../scene.ts'
import { settings } from '../settings.ts'
import { buildShim, NEEDS_COMPILER } from '../shim.ts'

/** D1 with papers: a kiosk in a process of its own, whose disk says that it is full. */

const KIB = 1024
const bodySchema = z.object({ attachments: z.array(manifestEntrySchema) })

let tools: string
let shim: string | null
let scene: Scene
beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'kiosk-shim-'))
  shim = buildShim(new URL('../disk/shim.c', import.meta.url), tools)
})
afterAll(() => rm(tools, { recursive: true }))
beforeEach(async () => {
  scene = await createScene()
  scene.time.advance(Date.now() - scene.time.now())
})
afterEach(() => scene.close())

async function filings() {
  const reading = must(await openStoreForReading(scene.storeDir))
  try {
    return readOutbox(reading.db, 'KM7').list()
  } finally {
    reading.close()
  }
}

/** Every filing that was to be confirmed, with the digests of its papers in order. */
function asked(words: readonly Word[]): Map<string, string[]> {
  return new Map(
    words.flatMap((word) => {
      if (word.kind !== 'asked') return []
      const { attachments } = bodySchema.parse(JSON.parse(word.body))
      return [[word.invented.clientRef, attachments.map(({ sha256 }) => sha256)]]
    }),
  )
}

for (const { when, at, part, whole } of [
  { when: 'the first paper is scanned', at: 'scan-1', part: '', whole: [] },
  { when: 'the second paper is scanned', at: 'scan-2', part: '', whole: ['scan-1.bin'] },
  {
    when: 'a filing with papers is confirmed',
    at: 'confirmation',
    part: '',
    whole: ['scan-1.bin', 'scan-2.bin'],
  },
  {
    when: 'the row of a filing with papers is written, its envelope being there',
    at: 'confirmation',
    part: 'kiosk.sqlite',
    whole: ['scan-1.bin', 'scan-2.bin'],
  },
]) {
  it(`D1 the disk is full when ${when}: no slip; with room the same visit goes on`, async ({
    skip,
  }) => {
    if (shim === null) {
      if (settings.ci) throw new Error(NEEDS_COMPILER)
      return skip(NEEDS_COMPILER)
    }
    const faults = await mkdtemp(join(tools, 'faults-'))
    const fault = join(faults, 'full')
    await mkdir(scene.storeDir, { recursive: true })
    const visit = scene.process({
      file: 2,
      papers: [200 * KIB, 90 * KIB],
      fullDisk: { at, fault, part },
      deliver: false,
      env: { LD_PRELOAD: shim, DISK_BELOW: scene.storeDir, DISK_FAULTS: faults },
    })
    const refused = await visit.hear(({ kind }) => kind === 'refused')
    if (refused.kind !== 'refused') throw new Error('not refused')
    expect(refused).toMatchObject({ at, code: 'disk-full' })
    const { clientRef } = refused.invented
    expect(visit.slips()).toHaveLength(1)
    await scene.noteSlips(visit.slips())
    expect((await filings()).map((filing) => filing.clientRef)).toEqual(
      visit.slips().map((slip) => slip.clientRef),
    )
    // The envelope that keeps the key of the papers is one of a visit, not of a filing.
    expect(await countConfirmed(scene.storeDir)).toBe(1)
    expect((await readdir(join(scene.storeDir, 'outbox', clientRef))).toSorted()).toEqual([
      'envelope.bin',
      ...whole,
    ])
    expect(await scene.check()).toEqual([])

    await rm(fault)
    visit.goOn()
    await visit.hear((word) => word.kind === 'slip' && word.invented.clientRef === clientRef)
    await scene.noteSlips([refused.invented])
    await visit.kill()

    const kiosk = await scene.open()
    kiosk.outbox.start()
    await scene.flowUntil(() => kiosk.outbox.counts().delivered === 2)
    const dossiers = scene.sandbox.filings()
    expect(dossiers).toHaveLength(2)
    expect(
      new Map(dossiers.map((one) => [one.clientRef, one.attachments.map(({ sha256 }) => sha256)])),
    ).toEqual(asked(visit.words))
    expect(await scene.check()).toEqual([])
  })
}
