import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { openStoreForReading, type Database } from '../../electron/store/index.ts'
import { must } from './kiosk.ts'

/** A filing whose slip the citizen holds, and the words that may stand nowhere in the clear. */
export type Confirmed = {
  readonly clientRef: string
  readonly marker: string
  readonly number: string
}

/** Sealed bytes of a filing as they stood on the disk before it was erased. */
export type Traces = ReadonlyMap<string, readonly Buffer[]>

/** What the five invariants are checked on. */
export type Evidence = {
  readonly storeDir: string
  readonly confirmed: readonly Confirmed[]
  /** The portal's books. */
  readonly dossiers: readonly { readonly clientRef: string; readonly dossierCode: string }[]
  readonly traces?: Traces
}

const submissionsSchema = z.array(
  z.object({
    client_ref: z.string(),
    state: z.string(),
    last_code: z.string().nullable(),
    dossier_code: z.string().nullable(),
    held: z.int(),
  }),
)

/**
 * The five invariants after a fault; each violation as a sentence, none when all hold.
 * - I1: every promised filing is a dossier exactly once, or is visibly held with its contents, or
 *   is shown as lost by the portal that gave its receipt.
 * - I2: no filing is there twice, and the portal has none that nobody confirmed.
 * - I3: no citizen's words on the disk in the clear, in any file of the store's folder.
 * - I4: nothing of an erased filing's sealed bytes or keys, the log included.
 * - I5: the database is whole.
 */
export async function checkInvariants(evidence: Evidence): Promise<string[]> {
  const { storeDir, confirmed, dossiers } = evidence
  const traces: Traces = evidence.traces ?? new Map()
  const violations: string[] = []
  const reading = must(await openStoreForReading(storeDir))
  const submissions = submissionsSchema.parse(
    reading.db
      .prepare(
        `SELECT client_ref, state, last_code, dossier_code,
           sealed_id IS NOT NULL AS held FROM submission`,
      )
      .all(),
  )
  const integrity = reading.db.pragma('integrity_check', { simple: true })
  reading.close()

  const byRef = new Map(submissions.map((row) => [row.client_ref, row]))
  for (const { clientRef } of confirmed) {
    const row = byRef.get(clientRef)
    const there = dossiers.filter((dossier) => dossier.clientRef === clientRef)
    if (there.length > 1) violations.push(`I2: ${clientRef} is a dossier twice`)
    if (row === undefined) violations.push(`I1: the kiosk has lost ${clientRef}`)
    else if (row.state === 'ACCEPTED' || row.state === 'ERASED') {
      const same = there.some(({ dossierCode }) => dossierCode === row.dossier_code)
      const isShown = there.length === 0 && row.last_code === 'portal-forgot'
      if (!same && !isShown) violations.push(`I1: ${clientRef} is ${row.state} without its dossier`)
    } else if (row.held === 0) violations.push(`I1: ${clientRef} waits without its contents`)
  }
  for (const { clientRef } of dossiers) {
    if (!byRef.has(clientRef)) violations.push(`I2: the portal has ${clientRef}, the kiosk has not`)
  }

  const files = await everyFile(storeDir)
  const erased = new Set(
    submissions.flatMap((row) => (row.state === 'ERASED' ? [row.client_ref] : [])),
  )
  const wanted: Needle[] = confirmed.flatMap(({ clientRef, marker, number }) =>
    [marker, number].flatMap((words) => [
      { bytes: Buffer.from(words), says: `I3: words of ${clientRef} in` },
      { bytes: Buffer.from(words, 'utf16le'), says: `I3: words of ${clientRef} in` },
    ]),
  )
  for (const [clientRef, left] of traces) {
    if (!erased.has(clientRef)) continue
    for (const bytes of left) wanted.push({ bytes, says: `I4: a trace of ${clientRef} in` })
  }
  const find = finder(wanted)
  for (const { name, bytes } of files) {
    violations.push(...[...find(bytes)].map((says) => `${says} ${name}`))
  }
  if (integrity !== 'ok') violations.push('I5: integrity_check')
  return violations
}

type Needle = { readonly bytes: Buffer; readonly says: string }

/** Finds any of thousands of byte strings, of four bytes and more, in one walk over a file. */
function finder(needles: readonly Needle[]): (bytes: Buffer) => Set<string> {
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    if (needle.bytes.length < 4) continue
    const start = needle.bytes.readUInt32LE(0)
    byStart.set(start, [...(byStart.get(start) ?? []), needle])
  }
  return (bytes) => {
    const found = new Set<string>()
    let start = 0
    for (let at = 0; at < bytes.length; at += 1) {
      start = ((start >>> 8) | ((bytes[at] ?? 0) << 24)) >>> 0
      const from = at - 3
      for (const needle of byStart.get(start) ?? []) {
        if (bytes.subarray(from, from + needle.bytes.length).equals(needle.bytes)) {
          found.add(needle.says)
        }
      }
    }
    return found
  }
}

/** Every file there is; one that the running kiosk erases meanwhile holds nothing. */
async function everyFile(dir: string): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = (await ifThere(readdir(dir, { withFileTypes: true }))) ?? []
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) return everyFile(path)
      const bytes = entry.isFile() ? await ifThere(readFile(path)) : undefined
      return bytes === undefined ? [] : [{ name: entry.name, bytes }]
    }),
  )
  return found.flat()
}

/** Undefined where the file or folder has gone. */
async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const TRACE_BYTES = 32
const sealedSchema = z.array(
  z.object({
    client_ref: z.string(),
    body_ct: z.instanceof(Buffer),
    dek_wrapped: z.instanceof(Buffer),
  }),
)

/** Takes down what the store holds of filings that are not erased yet. */
export async function takeTraces(storeDir: string): Promise<Traces> {
  const reading = must(await openStoreForReading(storeDir))
  const traces = new Map(tracesIn(reading.db))
  reading.close()
  for (const [clientRef, rows] of traces) {
    traces.set(clientRef, [...rows, ...(await paperTraces(join(storeDir, 'outbox', clientRef)))])
  }
  return traces
}

/** Sealed bytes from the middle of each paper, behind every header. */
async function paperTraces(folder: string): Promise<Buffer[]> {
  const names = (await ifThere(readdir(folder))) ?? []
  const papers = names.filter((name) => name !== 'envelope.bin')
  const files = await Promise.all(papers.map((name) => ifThere(readFile(join(folder, name)))))
  return files.flatMap((file) =>
    file === undefined ? [] : [file.subarray(file.length / 2, file.length / 2 + TRACE_BYTES)],
  )
}

/** The rows alone, through an open connection. */
export function tracesIn(db: Database): Traces {
  const rows = sealedSchema.parse(
    db
      .prepare(
        'SELECT client_ref, body_ct, dek_wrapped FROM submission JOIN sealed ON id = sealed_id',
      )
      .all(),
  )
  return new Map(
    rows.map((row) => [
      row.client_ref,
      [row.body_ct.subarray(0, TRACE_BYTES), row.dek_wrapped.subarray(0, TRACE_BYTES)],
    ]),
  )
}
