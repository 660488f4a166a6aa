import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { gcmOpen, gcmSeal, type KeyProvider } from './keys.ts'
import { openFilingKey, type FilingKey, type WrappedKey } from './filing-key.ts'
import { additionalData } from './sealing.ts'

/**
 * `envelope.bin`, the second copy of a filing: enough to make its row again when the database is
 * lost. All numbers big-endian:
 *
 *      0  4  "MCKE"
 *      4  1  version, 1
 *      5  1  marker: 0 open (the visit goes on), 1 confirmed
 *      6  8  kek_id
 *     14  2  length of the wrapped data key
 *     16  2  length of the recovery wrap, 0 for none
 *     18  4  length of the sealed description
 *     22  4  length of the sealed body, 0 while open
 *     26     the four parts in this order, nothing behind them
 *
 * The marker and the client reference are authenticated with the description, the reference with
 * the body; both wraps authenticate themselves, because a rotation replaces them.
 */
const LAYOUT = { MAGIC: 'MCKE', VERSION: 1, HEADER_BYTES: 26, KEK_ID_BYTES: 8 } as const

const bytes32 = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)

/** A paper of a filing, as it is listed in the envelope and in the table. */
const paperSchema = z.object({
  id: z.string(),
  ordinal: z.int(),
  kind: z.string(),
  size: z.int().nonnegative(),
  /** Of the plain bytes. */
  sha256: bytes32,
})

/** The kiosk that took a filing in, where it was another one, and the filing's number there. */
const originSchema = z.object({ kioskId: z.string(), seq: z.int().positive() })

const descriptionSchema = z.object({
  seq: z.int().positive(),
  requestId: z.string(),
  groupKey: bytes32,
  procedureCode: z.string(),
  schemaVersion: z.int(),
  portalId: z.string(),
  bodySha256: bytes32,
  capturedAtMs: z.int(),
  dependsOn: z.string().nullable(),
  papers: z.array(paperSchema),
  origin: originSchema.optional(),
})

/**
 * What the row of a confirmed filing says, digests and the group key as base64. `seq` is reserved
 * before the envelope is written, because the citizen's short reference is made of it.
 */
export type FilingDescription = z.infer<typeof descriptionSchema>

/** An envelope as it lies on disk, nothing opened. */
export type Envelope = {
  readonly confirmed: boolean
  readonly wrapped: WrappedKey
  /** Sealed; empty while open. */
  readonly description: Uint8Array
  /** The very bytes of `body_ct`; empty while open. */
  readonly body: Uint8Array
}

/** Why an envelope is not read. `io`: the disk failed; the envelope may be whole. */
export type EnvelopeReadProblem =
  | { readonly code: 'corrupt' }
  | { readonly code: 'io'; readonly reason: string }

/** What can be wrong with an envelope. `unknown-key`: this kiosk has no key for it. */
export type EnvelopeProblem = EnvelopeReadProblem | { readonly code: 'unknown-key' }

/** The bytes of an envelope. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  const { confirmed, wrapped, description, body } = envelope
  const header = Buffer.alloc(LAYOUT.HEADER_BYTES)
  header.write(LAYOUT.MAGIC, 0, 'latin1')
  header.writeUInt8(LAYOUT.VERSION, 4)
  header.writeUInt8(confirmed ? 1 : 0, 5)
  header.write(wrapped.kekId, 6, LAYOUT.KEK_ID_BYTES, 'hex')
  header.writeUInt16BE(wrapped.dekWrapped.length, 14)
  header.writeUInt16BE(wrapped.dekRecovery?.length ?? 0, 16)
  header.writeUInt32BE(description.length, 18)
  header.writeUInt32BE(body.length, 22)
  const recovery = wrapped.dekRecovery ?? new Uint8Array()
  return Buffer.concat([header, wrapped.dekWrapped, recovery, description, body])
}

/** Reads what `encodeEnvelope` wrote; any other bytes are `corrupt`. */
export function decodeEnvelope(input: Uint8Array): Result<Envelope, { readonly code: 'corrupt' }> {
  const bytes = Buffer.from(input)
  const marker = readMarker(bytes)
  if (marker === null || bytes.length < LAYOUT.HEADER_BYTES) return err({ code: 'corrupt' })
  const lengths = [
    bytes.readUInt16BE(14),
    bytes.readUInt16BE(16),
    bytes.readUInt32BE(18),
    bytes.readUInt32BE(22),
  ]
  let at: number = LAYOUT.HEADER_BYTES
  const [dekWrapped, recovery, description, body] = lengths.map((length) => {
    at += length
    return bytes.subarray(at - length, at)
  })
  if (at !== bytes.length || !dekWrapped || !recovery || !description || !body) {
    return err({ code: 'corrupt' })
  }
  // The marker is one bit on a disk: what lies behind it must agree.
  const filled = description.length > 0 && body.length > 0
  if (filled !== (marker === 'confirmed')) return err({ code: 'corrupt' })
  return ok({
    confirmed: filled,
    wrapped: {
      dekWrapped,
      kekId: bytes.toString('hex', 6, 6 + LAYOUT.KEK_ID_BYTES),
      dekRecovery: recovery.length === 0 ? null : recovery,
    },
    description,
    body,
  })
}

/** What the first six bytes say; null where they are no envelope of ours. */
export function readMarker(bytes: Uint8Array): 'open' | 'confirmed' | null {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('latin1')
  if (magic !== LAYOUT.MAGIC || bytes[4] !== LAYOUT.VERSION) return null
  if (bytes[5] === 1) return 'confirmed'
  return bytes[5] === 0 ? 'open' : null
}

/** The envelope of a filing that was just begun: its data key, nothing else. */
export function openedEnvelope(filing: FilingKey): Envelope {
  const empty = new Uint8Array()
  return { confirmed: false, wrapped: filing.wrap(), description: empty, body: empty }
}

/** The envelope of a confirmed filing; its `body` goes into the row as well. */
export function confirmedEnvelope(
  filing: FilingKey,
  clientRef: string,
  description: FilingDescription,
  body: Uint8Array,
): Envelope {
  const plain = Buffer.from(JSON.stringify(descriptionSchema.parse(description)), 'utf8')
  return {
    confirmed: true,
    wrapped: filing.wrap(),
    description: gcmSeal(filing.key, plain, boundTo(clientRef)),
    body: sealBody(filing, clientRef, body),
  }
}

/** The bytes of `body_ct` under a filing's own key; `unseal` opens them. */
export function sealBody(filing: FilingKey, clientRef: string, body: Uint8Array): Uint8Array {
  return gcmSeal(filing.key, body, additionalData({ owner: clientRef, purpose: 'body' }))
}

/** Opens a confirmed envelope and proves every part of it. */
export function readConfirmed(
  keys: KeyProvider,
  clientRef: string,
  envelope: Envelope,
): Result<FilingDescription, EnvelopeProblem> {
  const filing = openFilingKey(keys, envelope.wrapped)
  if (!filing.ok) return filing
  const opened = openConfirmed(filing.value, clientRef, envelope)
  return opened.ok ? ok(opened.value.description) : opened
}

/** Description and body of a confirmed envelope, both proven to be sealed by this key. */
export function openConfirmed(
  { key }: FilingKey,
  clientRef: string,
  envelope: Envelope,
): Result<
  { readonly description: FilingDescription; readonly body: Uint8Array },
  { readonly code: 'corrupt' }
> {
  const plain = gcmOpen(key, envelope.description, boundTo(clientRef))
  const body = gcmOpen(key, envelope.body, additionalData({ owner: clientRef, purpose: 'body' }))
  if (!envelope.confirmed || plain === undefined || body === undefined) {
    return err({ code: 'corrupt' })
  }
  // Authenticated bytes that do not parse were written by another version of this program.
  const description = descriptionSchema.safeParse(parseJson(plain)).data
  return description === undefined ? err({ code: 'corrupt' }) : ok({ description, body })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

/** The marker is not part of this text: only a confirmed envelope has a description at all. */
function boundTo(clientRef: string): string {
  return additionalData({ owner: clientRef, purpose: 'envelope' })
}
