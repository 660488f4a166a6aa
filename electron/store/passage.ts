import { mkdir } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { syncDir } from './atomic-file.ts'
import {
  decodeEnvelope,
  openConfirmed,
  type EnvelopeProblem,
  type FilingDescription,
} from './envelope.ts'
import { filingPaths, outboxDir, readEnvelopeBytes } from './envelope-files.ts'
import { openFilingKey, takeFilingKey, type FilingKey } from './filing-key.ts'
import type { KeyProvider } from './keys.ts'

/** A confirmed envelope, opened and proven. */
type Opened = { readonly filing: FilingKey; readonly description: FilingDescription }

/** Reads the envelope of a filing that leaves this kiosk; `bytes` are those on the disk. */
export async function readForPassage(
  storeDir: string,
  keys: KeyProvider,
  clientRef: string,
): Promise<
  Result<Opened & { readonly bytes: Uint8Array }, EnvelopeProblem | { readonly code: 'missing' }>
> {
  const bytes = await readEnvelopeBytes(storeDir, clientRef)
  if (bytes === undefined) return err({ code: 'missing' })
  if (!bytes.ok) return bytes
  const envelope = decodeEnvelope(bytes.value)
  if (!envelope.ok) return envelope
  const filing = openFilingKey(keys, envelope.value.wrapped)
  if (!filing.ok) return filing
  const opened = openConfirmed(filing.value, clientRef, envelope.value)
  if (!opened.ok) return opened
  const { description } = opened.value
  return ok({ bytes: bytes.value, filing: filing.value, description })
}

/** Opens an envelope of another kiosk with its data key, which is under this kiosk's keys then. */
export function openAfterPassage(
  keys: KeyProvider,
  clientRef: string,
  bytes: Uint8Array,
  dek: Uint8Array,
): Result<Opened & { readonly body: Uint8Array }, { readonly code: 'corrupt' }> {
  const filing = takeFilingKey(keys, dek)
  const envelope = decodeEnvelope(bytes)
  if (!envelope.ok) return envelope
  const opened = openConfirmed(filing, clientRef, envelope.value)
  return opened.ok ? ok({ filing, ...opened.value }) : opened
}

/** Makes the folder of a filing whose papers come before its envelope. Durable when it resolves. */
export async function makeFilingFolder(storeDir: string, clientRef: string): Promise<void> {
  await mkdir(filingPaths(storeDir, clientRef).dir, { recursive: true, mode: 0o700 })
  await syncDir(outboxDir(storeDir))
  await syncDir(storeDir)
}
