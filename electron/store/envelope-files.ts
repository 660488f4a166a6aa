import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeEnvelope, readMarker, type Envelope, type EnvelopeReadProblem } from './envelope.ts'
import { systemCode } from './sqlite.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/** Where the sealed files of a filing lie: `outbox/<client_ref>/` in the store's folder. */
export function filingPaths(storeDir: string, clientRef: string) {
  if (!isClientRef(clientRef)) throw new Error('not a client reference')
  const dir = join(storeDir, OUTBOX, clientRef)
  return {
    dir,
    envelope: join(dir, ENVELOPE),
    paper(id: string): string {
      if (!PAPER_ID.test(id) || `${id}.bin` === ENVELOPE) throw new Error('not a paper id')
      return join(dir, `${id}.bin`)
    },
  }
}

const OUTBOX = 'outbox'
/** Name of the envelope in a filing's folder. */
export const ENVELOPE = 'envelope.bin'
const CLIENT_REF = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Made by the kiosk; part of a file name. */
const PAPER_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Whether a text may name a filing's folder. */
export function isClientRef(name: string): boolean {
  return CLIENT_REF.test(name)
}

/** The paper that a file of a filing's folder holds; null where the name is none of a paper. */
export function paperOf(fileName: string): string | null {
  const id = fileName.endsWith('.bin') ? fileName.slice(0, -'.bin'.length) : ''
  return PAPER_ID.test(id) && fileName !== ENVELOPE ? id : null
}

/** The folder that holds one folder for each filing. */
export function outboxDir(storeDir: string): string {
  return join(storeDir, OUTBOX)
}

/** The client references that have a folder, in their own order, which is that of their times. */
export async function listFilings(storeDir: string): Promise<string[]> {
  const names = await readdir(outboxDir(storeDir)).catch(noneIfMissing)
  return names.filter(isClientRef).sort()
}

/** The envelope of a filing; undefined where there is none. */
export async function readEnvelope(
  storeDir: string,
  clientRef: string,
): Promise<Result<Envelope, EnvelopeReadProblem> | undefined> {
  const bytes = await readEnvelopeBytes(storeDir, clientRef)
  return bytes?.ok === true ? decodeEnvelope(bytes.value) : bytes
}

/** The envelope's bytes as they lie; undefined where there is none. */
export async function readEnvelopeBytes(
  storeDir: string,
  clientRef: string,
): Promise<Result<Uint8Array, EnvelopeReadProblem> | undefined> {
  const { envelope } = filingPaths(storeDir, clientRef)
  try {
    return ok(await readFile(envelope))
  } catch (cause) {
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    return reason === 'ENOENT' ? undefined : err({ code: 'io', reason })
  }
}

/** How many filings were confirmed and are not erased, by their envelopes. Needs no key. */
export async function countConfirmed(storeDir: string): Promise<number> {
  let confirmed = 0
  const start = Buffer.alloc(8)
  for (const clientRef of await listFilings(storeDir)) {
    const { envelope } = filingPaths(storeDir, clientRef)
    const handle = await open(envelope, 'r').catch(() => undefined)
    if (handle === undefined) continue
    try {
      const { bytesRead } = await handle.read(start, 0, start.length, 0)
      if (readMarker(start.subarray(0, bytesRead)) === 'confirmed') confirmed += 1
    } finally {
      await handle.close()
    }
  }
  return confirmed
}

function noneIfMissing(cause: unknown): string[] {
  if (systemCode(cause) === 'ENOENT') return []
  throw cause
}
