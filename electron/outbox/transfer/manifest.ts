import { z } from 'zod'
import { SHORT_REF_SEQS } from '../../../shared/domain/short-ref.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { ENVELOPE, isClientRef, paperOf } from '../../store/index.ts'
import { TRANSFER_LIMITS as limits } from './limits.ts'

/** Name of the list on a stick. It is written last: what it does not name is not there. */
export const MANIFEST = 'manifest.json'

const VERSION = 1

const kioskIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/)

const fileSchema = z
  .strictObject({
    name: z.string().refine((name) => name === ENVELOPE || paperOf(name) !== null),
    size: z.int().positive(),
    /** Of the sealed bytes; lower-case hex. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .refine(({ name, size }) => {
    return size <= (name === ENVELOPE ? limits.ENVELOPE_MAX_BYTES : limits.PAPER_MAX_BYTES)
  })
export type TransferredFile = z.infer<typeof fileSchema>

const filingSchema = z.strictObject({
  clientRef: z.string().refine(isClientRef),
  /** The kiosk that took it in, under whose id the portal knows it. */
  kioskId: kioskIdSchema,
  /** Its number there; it stands on the slip. */
  seq: z
    .int()
    .positive()
    .max(SHORT_REF_SEQS - 1),
  /** The data key, sealed to the kiosk that is to deliver it; base64. */
  key: z.base64().max(256),
  /** In the folder that bears the client reference, the envelope first. */
  files: z
    .array(fileSchema)
    .max(limits.FILES_MAX)
    .refine(([first]) => first?.name === ENVELOPE)
    .refine(areUnique((file: { readonly name: string }) => file.name)),
})
export type TransferredFiling = z.infer<typeof filingSchema>

const manifestSchema = z.strictObject({
  version: z.literal(VERSION),
  /** The kiosk that wrote the stick. */
  exportedBy: kioskIdSchema,
  /** Fingerprint of the transfer key of the kiosk that may open it. */
  sealedTo: z.string().regex(/^[0-9a-f]{16}$/),
  filings: z
    .array(filingSchema)
    .max(limits.FILINGS_MAX)
    .refine(areUnique((filing: { readonly clientRef: string }) => filing.clientRef)),
})

/** What lies on a stick: nothing personal, and no key that anybody else could use. */
export type Manifest = Omit<z.infer<typeof manifestSchema>, 'version'>

/** Why a stick's list says nothing. `other-version`: a newer kiosk wrote it. */
export type ManifestProblem = { readonly code: 'bad-manifest' } | { readonly code: 'other-version' }

/** The bytes of a list. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return Buffer.from(`${JSON.stringify({ version: VERSION, ...manifest }, null, 1)}\n`, 'utf8')
}

/** Reads a list. Every name in what it gives is one that a kiosk gives to a file or a folder. */
export function decodeManifest(bytes: Uint8Array): Result<Manifest, ManifestProblem> {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return err({ code: 'bad-manifest' })
  }
  const versioned = z.looseObject({ version: z.int() }).safeParse(json)
  if (versioned.success && versioned.data.version !== VERSION) {
    return err({ code: 'other-version' })
  }
  const parsed = manifestSchema.safeParse(json)
  if (!parsed.success) return err({ code: 'bad-manifest' })
  const { version: _version, ...manifest } = parsed.data
  return ok(manifest)
}

function areUnique<T>(name: (one: T) => string): (all: readonly T[]) => boolean {
  // A stick's file system may not tell capitals from small letters.
  return (all) => new Set(all.map((one) => name(one).toLowerCase())).size === all.length
}
