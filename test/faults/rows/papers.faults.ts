import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CrashPoint } from '../../../electron/outbox/crash-point.ts'
import { invent, must, type Invented, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'
import { scanPapers } from '../../../electron/outbox/testing.ts'
import { settings } from '../settings.ts'

const KIB = 1024
const MIB = 1024 * KIB
const DAY_MS = 24 * 3_600_000

let scene: Scene
beforeEach(async () => {
  scene = await createScene()
  // Kiosks in processes of their own, and the files on the disk, go by the machine's clock.
  scene.time.advance(Date.now() - scene.time.now())
})
afterEach(() => scene.close())

/** A citizen confirms a filing with papers at a kiosk that is open. */
async function file(kiosk: Kiosk, papers: readonly number[], number?: string): Promise<Invented> {
  const invented = invent({ papers, nowMs: scene.time.now(), ...(number && { number }) })
  must(kiosk.outbox.enqueue(await scanPapers(kiosk.files, invented)))
  await scene.noteSlips([invented])
  return invented
}

/** A kiosk in a process of its own files once, with papers, and dies at a kill point. */
async function fileAndDieAt(crashAt: CrashPoint, papers: number[]): Promise<string> {
  const filing = scene.process({ file: 1, papers, deliver: false })
  await filing.hear(({ kind }) => kind === 'slip')
  await scene.noteSlips(filing.slips())
  await filing.kill()
  expect(await scene.process({ crashAt }).ended).toEqual({ signal: 'SIGKILL' })
  const [slip] = filing.slips()
  if (slip === undefined) throw new Error('no slip')
  return slip.clientRef
}

/** The next kiosk on the folder runs until the filing is delivered and erased. */
async function restartUntilErased(clientRef: string): Promise<Kiosk> {
  const kiosk = await scene.open()
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.get(clientRef)?.state === 'ERASED')
  return kiosk
}

const folderOf = (clientRef: string): string => join(scene.storeDir, 'outbox', clientRef)
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
const papersAtPortal = (clientRef: string) => {
  const found = scene.sandbox.filings().find((one) => one.clientRef === clientRef)
  return found?.attachments.map(({ sha256 }) => sha256)
}

it('K1 killed in the middle of a scan: no slip, nothing sent, the rest goes after a day', async () => {
  const first = scene.process({ file: 1, papers: [3 * MIB], dieInScan: true })
  const scanning = await first.hear(({ kind }) => kind === 'scanning')
  if (scanning.kind !== 'scanning') throw new Error('not scanning')
  expect(await first.ended).toEqual({ signal: 'SIGKILL' })
  expect(first.slips()).toEqual([])
  const folder = folderOf(scanning.invented.clientRef)

  const kiosk = await scene.open()
  expect(await exists(join(folder, 'scan-1.bin'))).toBe(false)
  expect(kiosk.outbox.list()).toEqual([])
  scene.time.advance(DAY_MS + 60_000)
  await scene.open()
  expect(await exists(folder)).toBe(false)
  expect(scene.front.seen.filter(({ what }) => what === 'file')).toEqual([])
  expect(await scene.check()).toEqual([])
})

it('K2 killed before the confirmation: the papers are not sent, and go after a day', async () => {
  const kiosk = await scene.open()
  const invented = invent({ papers: [50 * KIB] })
  await scanPapers(kiosk.files, invented)
  const next = await scene.open()
  expect(await exists(folderOf(invented.clientRef))).toBe(true)
  expect(next.outbox.list()).toEqual([])
  scene.time.advance(DAY_MS + 60_000)
  await scene.open()
  expect(await exists(folderOf(invented.clientRef))).toBe(false)
})

it('K2 killed after the confirmation, before its row: asked about, then sent once, papers and all', async () => {
  const first = scene.process({ file: 1, papers: [200 * KIB], crashAt: 'envelope-without-row' })
  const asked = await first.hear(({ kind }) => kind === 'asked')
  if (asked.kind !== 'asked') throw new Error('not asked')
  expect(await first.ended).toEqual({ signal: 'SIGKILL' })
  expect(first.slips()).toEqual([])

  const { clientRef } = asked.invented
  await restartUntilErased(clientRef)
  await scene.noteSlips([asked.invented])
  const about = scene.front.seen.filter((request) => request.clientRef === clientRef)
  expect(about.map(({ what }) => what)).toEqual(['ask', 'file'])
  expect(scene.sandbox.accepted()).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('K4 killed before the address of the upload was stored: another upload, one dossier', async () => {
  const clientRef = await fileAndDieAt('upload-unlocated', [300 * KIB])
  await restartUntilErased(clientRef)
  expect(scene.front.pieces.filter(({ method }) => method === 'POST')).toHaveLength(2)
  expect(scene.sandbox.accepted()).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('K5 killed after a piece: asks for the offset, and sends nothing that is there', async () => {
  const size = 2 * MIB
  const clientRef = await fileAndDieAt('piece-confirmed', [size])
  await restartUntilErased(clientRef)
  const sent = scene.front.pieces.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(sent).toBe(size)
  expect(scene.front.pieces.some(({ method }) => method === 'HEAD')).toBe(true)
  expect(await scene.check()).toEqual([])
})

it('K5 killed in the middle of a piece: resumes within it', async () => {
  const size = 2 * MIB
  const filing = scene.process({ file: 1, papers: [size], deliver: false })
  await filing.hear(({ kind }) => kind === 'slip')
  await scene.noteSlips(filing.slips())
  await filing.kill()
  await scene.proxy.setWeather({ up: { bytesPerSecond: 2_000_000 } })
  const sending = scene.process({})
  const arrived = () => scene.front.pieces.reduce((sum, { bytes }) => sum + bytes, 0)
  await expect.poll(arrived, { interval: 5, timeout: 20_000 }).toBeGreaterThan(300 * KIB)
  await sending.kill()
  await scene.proxy.setWeather({})

  const [slip] = filing.slips()
  await restartUntilErased(slip?.clientRef ?? '')
  const offsets = scene.front.pieces.flatMap(({ method, offset }) =>
    method === 'PATCH' && offset !== null ? [offset] : [],
  )
  expect(offsets).toEqual(offsets.toSorted((left, right) => left - right))
  // What was on the way in the piece that broke is all that may go twice.
  expect(arrived()).toBeLessThanOrEqual(size + 4 * MIB)
  expect(await scene.check()).toEqual([])
})

it('K9 killed in the middle of the erasure, files of papers included: no trace is left', async () => {
  const clientRef = await fileAndDieAt('row-erased', [100 * KIB, 200 * KIB])
  expect(await exists(folderOf(clientRef))).toBe(true)
  expect(await scene.check()).not.toEqual([])
  const kiosk = await scene.open()
  expect(await exists(folderOf(clientRef))).toBe(false)
  kiosk.outbox.start()
  expect(await scene.check()).toEqual([])
})

it('N8 a line that breaks again and again: offsets only grow, and little is sent twice', async () => {
  const kiosk = await scene.open()
  const size = 6 * MIB
  await file(kiosk, [size])
  await scene.proxy.setWeather({ up: { cutAfterBytes: 700 * KIB } })
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 1)
  const patches = scene.front.pieces.filter(({ method }) => method === 'PATCH')
  const offsets = patches.map(({ offset }) => offset ?? 0)
  expect(offsets).toEqual(offsets.toSorted((left, right) => left - right))
  const sent = patches.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(patches.length).toBeGreaterThan(size / (700 * KIB))
  expect(sent).toBeLessThanOrEqual(1.1 * size)
  expect(scene.sandbox.accepted()).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('S11 a piece that is too large is sent in smaller ones', async () => {
  scene.sandbox.script(['S11-413-patch', 'S11-413-patch'])
  const kiosk = await scene.open()
  await file(kiosk, [MIB])
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 1)
  const sizes = scene.front.pieces.flatMap(({ method, bytes }) =>
    method === 'PATCH' ? [bytes] : [],
  )
  expect(sizes.slice(0, 3)).toEqual([256 * KIB, 128 * KIB, 64 * KIB])
  expect(await scene.check()).toEqual([])
})

it('S11 where the smallest piece is too large, an officer is told', async () => {
  scene.sandbox.script(Array.from({ length: 3 }, () => 'S11-413-patch' as const))
  const kiosk = await scene.open()
  const { clientRef } = await file(kiosk, [MIB])
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().needsStaff === 1)
  expect(kiosk.outbox.get(clientRef)).toMatchObject({ lastCode: 'refused-too-large' })
  expect(scene.front.count('file')).toBe(0)
  expect(await scene.check()).toEqual([])
})

for (const fault of [
  'S16-409',
  'S16-423',
  'S16-460',
  'S16-404',
  'S16-410',
  'S16-head-404',
  'S16-head-410',
  'S16-head-423',
  'S16-offset-beyond',
  'S16-upload-lost',
  'S16-patch-lost',
  'S16-foreign-location',
  'S16-lies-complete',
] as const) {
  it(`S16 an upload server that misbehaves once (${fault}): the papers arrive whole`, async () => {
    const kiosk = await scene.open()
    // A turn that broke off comes first, so that a HEAD follows.
    scene.sandbox.script(['N8-cut-patch', fault])
    const { clientRef, papers } = await file(kiosk, [700 * KIB, 10])
    kiosk.outbox.start()
    await scene.flowUntil(() => kiosk.outbox.counts().delivered === 1)
    expect(scene.sandbox.scripted()).toBe(0)
    expect(papersAtPortal(clientRef)).toEqual(papers.map(({ sha256 }) => sha256))
    expect(scene.sandbox.accepted()).toBe(1)
    expect(await scene.check()).toEqual([])
  })
}

it('S16 an upload server that never gives its own address gets no byte, and an officer is told', async () => {
  scene.sandbox.script(Array.from({ length: 20 }, () => 'S16-foreign-location' as const))
  const kiosk = await scene.open()
  const { clientRef } = await file(kiosk, [100 * KIB])
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().needsStaff === 1)
  expect(kiosk.outbox.get(clientRef)).toMatchObject({ lastCode: 'upload-stuck' })
  expect(scene.front.pieces.every(({ bytes }) => bytes === 0)).toBe(true)
  expect(await scene.check()).toEqual([])
})

it('D5 one turned bit in a paper: that filing to staff, the others to the portal', async () => {
  const kiosk = await scene.open()
  const [, spoilt] = [await file(kiosk, [90 * KIB]), await file(kiosk, [90 * KIB, 10])]
  await file(kiosk, [10])
  const path = join(folderOf(spoilt.clientRef), 'scan-1.bin')
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 0b0001_0000, 5000)
  await writeFile(path, bytes)
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().waiting === 0)
  expect(kiosk.outbox.get(spoilt.clientRef)).toMatchObject({ lastCode: 'corrupt' })
  expect(kiosk.outbox.counts()).toEqual({ waiting: 0, needsStaff: 1, delivered: 2 })
  expect(scene.front.count('file', spoilt.clientRef)).toBe(0)
  expect(await scene.check()).toEqual([])
})

it('X3 two citizens by turns, with papers: each dossier has the papers of its own', async () => {
  const kiosk = await scene.open()
  const filings: Invented[] = []
  for (let n = 0; n < (settings.long ? 500 : 40); n += 1) {
    const number = n % 2 === 0 ? '083200000000' : '083201000000'
    filings.push(await file(kiosk, [3000 + n, 70_000 - n], number))
  }
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === filings.length)
  for (const { clientRef, papers } of filings) {
    expect(papersAtPortal(clientRef)).toEqual(papers.map(({ sha256 }) => sha256))
  }
  expect(await scene.check()).toEqual([])
})
