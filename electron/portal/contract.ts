import { z } from 'zod'
import {
  chipVerdictSchema,
  fullDateSchema,
  partialDateSchema,
  unsaidPartSchema,
} from '../../shared/domain/id-card.ts'
import { answerValueSchema } from '../../shared/forms/index.ts'

/**
 * The contract that a kiosk wants from a portal. The client and the sandbox portal parse with
 * these schemas; the requests that use them stand in `operations.ts`, and both together make the
 * OpenAPI document (`resources/portal-openapi.json`, written by `scripts/openapi.ts`).
 */

/** Where a portal's resources lie under its address. */
export const PORTAL_PATHS = {
  filing: (clientRef: string) => `/v1/filings/${encodeURIComponent(clientRef)}`,
  withdraw: (clientRef: string) => `/v1/filings/${encodeURIComponent(clientRef)}/withdraw`,
  statusOf: '/v1/filings:status',
  health: '/v1/health',
  /** tus 1.0: POST here; HEAD, PATCH and DELETE at the Location that it gives. */
  uploads: '/v1/uploads',
} as const

/** Every answer of a portal carries this; an answer without it comes from something else. */
export const MARKER = { header: 'x-filing-gateway', value: '1' } as const

/** Sizes of the contract. */
export const PORTAL_LIMITS = {
  /** The body of a filing, without attachments. */
  REQUEST_BODY_MAX_BYTES: 256 * 1024,
  RESPONSE_BODY_MAX_BYTES: 256 * 1024,
  /** One paper. */
  UPLOAD_MAX_BYTES: 64 * 1024 * 1024,
  /** Papers of one filing. */
  ATTACHMENTS_MAX: 50,
  /** References in one question to `/v1/filings:status`. */
  STATUS_REFS_MAX: 100,
  /** What one request for a supplement names. */
  SUPPLEMENT_ITEMS_MAX: 10,
  /** UTF-16 units of one of them. */
  SUPPLEMENT_ITEM_MAX_CHARS: 160,
} as const

/** UUIDv7 made at the kiosk: the permanent identity of a filing at kiosk and portal. */
export const clientRefSchema = z.uuidv7()

const kioskIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/)

const sha256HexSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** One paper of a filing: what the kiosk says it uploaded and the portal says it keeps. */
export const manifestEntrySchema = z.strictObject({
  /** Made at the kiosk; unique within the filing. */
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  /** SHA-256 of the whole file. */
  sha256: sha256HexSchema,
  /** Bytes. */
  size: z.int().min(0).max(PORTAL_LIMITS.UPLOAD_MAX_BYTES),
})
export type ManifestEntry = z.infer<typeof manifestEntrySchema>

/**
 * What the applicant was identified by. `qr`: the code on the card, which nobody has signed.
 * `typed`: the same, by a scanner that loses letters. `bridge`: what a vendor's own service read,
 * and how it read is the vendor's to know. `chip`: the code, and the card's chip, which
 * opened with it and is of the same person; `verdict` says what its signature is worth, and speaks
 * of what the chip says alone: `unsaid` are the parts that stand as they were scanned or written.
 * `alone`: no code was scanned; the chip was opened with the number printed on the card.
 */
export const identifiedBySchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('qr') }),
  z.strictObject({ by: z.literal('typed') }),
  z.strictObject({ by: z.literal('bridge') }),
  z.strictObject({
    by: z.literal('chip'),
    verdict: chipVerdictSchema,
    unsaid: z.array(unsaidPartSchema).min(1).optional(),
    alone: z.literal(true).optional(),
  }),
])
export type IdentifiedBy = z.infer<typeof identifiedBySchema>

/** The body of a filing. Its bytes are made once and never serialised again. */
export const filingSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kioskId: kioskIdSchema,
  clientRef: clientRefSchema,
  /** Code of the national procedure catalogue. */
  procedureCode: z.string().regex(/^\d\.\d{6}$/),
  /** Which version of the procedure's form: the first day on which it is in force. */
  formVersion: z.iso.date().optional(),
  /** The day on which the form was begun, when that version was in force; its rules look at this day. */
  begunOn: z.iso.date().optional(),
  /** When the citizen declared, by the kiosk's clock. */
  capturedAt: z.iso.datetime({ offset: true }),
  /** Edition of the privacy notice that the applicant agreed to before the card was read. */
  notice: z
    .string()
    .regex(/^\d{4}-\d{1,3}$/)
    .optional(),
  /** As the identity card says; a card says all of it, a later means of identity may not. */
  applicant: z.strictObject({
    name: z.string().min(1).max(200),
    number: z.string().regex(/^\d{12}$/),
    birth: partialDateSchema.optional(),
    sex: z.enum(['male', 'female']).optional(),
    address: z.string().max(500).optional(),
    issued: fullDateSchema.optional(),
    /** Parts that the applicant wrote, because the reader lost letters: to be compared with the card. */
    byHand: z
      .array(z.enum(['name', 'address']))
      .min(1)
      .optional(),
    identifiedBy: identifiedBySchema.optional(),
  }),
  /** Boxes of the official form by field key. */
  form: z.record(z.string().max(64), answerValueSchema),
  /**
   * thành phần hồ sơ: papers that the applicant shows or hands in at the counter, or whose scan is
   * one of the `attachments`.
   */
  components: z.array(
    z.discriminatedUnion('handling', [
      z.strictObject({ code: z.string().max(64), handling: z.enum(['show', 'hand-in']) }),
      z.strictObject({
        code: z.string().max(64),
        handling: z.literal('scan'),
        attachment: z.string().max(64),
      }),
    ]),
  ),
  /** Papers that went ahead as uploads; the portal checks each digest before it accepts. */
  attachments: z
    .array(manifestEntrySchema)
    .max(PORTAL_LIMITS.ATTACHMENTS_MAX)
    .refine((papers) => new Set(papers.map(({ id }) => id)).size === papers.length)
    .default([]),
})
/** As it is written: `attachments` may be missing. */
export type Filing = z.input<typeof filingSchema>

/** The part of a receipt that is signed: Ed25519 over its canonical JSON (RFC 8785), UTF-8. */
export const receiptContentSchema = z.strictObject({
  clientRef: clientRefSchema,
  /** mã số hồ sơ */
  dossierCode: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/),
  receivedAt: z.iso.datetime({ offset: true }),
  /** SHA-256 of the filing's bytes. */
  bodySha256: sha256HexSchema,
  /** The papers as the portal keeps them, in the order of the filing; frozen from now on. */
  attachments: z.array(manifestEntrySchema).max(PORTAL_LIMITS.ATTACHMENTS_MAX),
  keyId: z.string().min(1).max(64),
})
export type ReceiptContent = z.infer<typeof receiptContentSchema>

/** A portal's signed word that it has the filing. */
export const receiptSchema = receiptContentSchema.extend({
  /** 64 bytes, base64. */
  signature: z.base64().length(88),
})
export type Receipt = z.infer<typeof receiptSchema>

/** Reasons that a portal gives, as `type` of a problem document (RFC 9457). */
export const problemTypeSchema = z.enum([
  /** 409. The first request with this reference still runs; see Retry-After. */
  'in-progress',
  /** 409. The same reference came before with other bytes. */
  'digest-conflict',
  /** 422. Idempotency-Key, X-Kiosk-Id or path do not fit the body. */
  'idempotency-mismatch',
  /** 422. The filing is wrong; `fields` says where. */
  'validation',
  /** 422. Papers are missing, incomplete or other than the manifest says; `attachments` names them. */
  'attachment-mismatch',
  /** 409. The papers of an accepted filing cannot be changed. */
  'attachments-frozen',
  /** 410. */
  'withdrawn',
  /** 409. The authority already works on the filing. */
  'not-withdrawable',
  /** 404. The portal has no such filing: the only answer that means absent. */
  'unknown-client-ref',
  /** 400. Content-Digest does not fit the bytes that arrived. */
  'content-digest',
  /** 400. The request is not one of this contract. */
  'malformed',
  /** 401. No token, or one that the portal does not take (any more). */
  'unauthorized',
  /** 403. This kiosk is switched off. */
  'kiosk-disabled',
  /** 413. */
  'too-large',
  /** 429, 500, 503. Nothing was taken with 429 and 503; after 500 the kiosk has to ask. */
  'unavailable',
])
export type ProblemType = z.infer<typeof problemTypeSchema>

/** `application/problem+json`. A portal may add members. */
export const problemSchema = z.looseObject({
  type: problemTypeSchema,
  title: z.string().optional(),
  status: z.int().optional(),
  /** For `validation`: codes for an officer, never values. */
  errors: z.array(z.string().max(200)).max(100).optional(),
  /** For `validation`: RFC 6901 pointers into the body, each with a code. */
  fields: z
    .array(z.strictObject({ pointer: z.string().max(200), code: z.string().max(64) }))
    .max(100)
    .optional(),
  /** For `attachment-mismatch`: ids of papers. */
  attachments: z.array(z.string().max(64)).max(PORTAL_LIMITS.ATTACHMENTS_MAX).optional(),
})
export type Problem = z.infer<typeof problemSchema>

/**
 * What the authority asks for beside what was filed (trạng thái 5, yêu cầu bổ sung giấy tờ). An item
 * names a paper that is missing or to be mended, as plain text in Vietnamese, and never a person:
 * whoever holds the slip may read it.
 */
export const supplementSchema = z.strictObject({
  requestedAt: z.iso.datetime({ offset: true }),
  /** The last day on which it may be brought, in Vietnam; left out where none is set. */
  due: z.iso.date().optional(),
  items: z
    .array(
      z
        .string()
        .regex(/^[^<>\p{C}]+$/u)
        .max(PORTAL_LIMITS.SUPPLEMENT_ITEM_MAX_CHARS),
    )
    .min(1)
    .max(PORTAL_LIMITS.SUPPLEMENT_ITEMS_MAX),
})

const knownFiling = { clientRef: clientRefSchema, bodySha256: sha256HexSchema }
const acceptedSchema = z.strictObject({ state: z.literal('accepted'), receipt: receiptSchema })
/** Accepted, and the authority waits for more. The receipt stays the proof of the filing. */
const supplementRequestedSchema = z.strictObject({
  state: z.literal('supplement-requested'),
  receipt: receiptSchema,
  request: supplementSchema,
})
/** Taken; the authority's own system has not said yes yet. */
const processingSchema = z.strictObject({ state: z.literal('processing'), ...knownFiling })
/** Processing ended with a no. */
const rejectedSchema = z.strictObject({
  state: z.literal('rejected'),
  ...knownFiling,
  problem: problemSchema,
})

/** What a portal knows of one filing. */
export const statusSchema = z.discriminatedUnion('state', [
  acceptedSchema,
  supplementRequestedSchema,
  processingSchema,
  rejectedSchema,
])

/**
 * The same as the kiosk hears it: a request that keeps no measure must not cost the receipt beside
 * it (`readSupplement` takes what can be believed of it).
 */
export const heardStatusSchema = z.discriminatedUnion('state', [
  acceptedSchema,
  supplementRequestedSchema.extend({ request: z.unknown() }),
  processingSchema,
  rejectedSchema,
])
export type HeardStatus = z.infer<typeof heardStatusSchema>

/** The body of a 202. */
export const processingAnswerSchema = processingSchema

/** A question for many filings. */
export const statusQuestionSchema = z.strictObject({
  clientRefs: z.array(clientRefSchema).min(1).max(PORTAL_LIMITS.STATUS_REFS_MAX),
})

/**
 * The answer for many: whether the portal has them. A request for a supplement is not said here;
 * such a filing is `accepted`. A portal may leave references out, so that its answer stays within
 * `RESPONSE_BODY_MAX_BYTES`; what is left out is not absent, and is asked for again.
 */
export const statusListSchema = z.strictObject({
  filings: z
    .array(
      z.discriminatedUnion('state', [
        acceptedSchema,
        processingSchema,
        rejectedSchema,
        z.strictObject({ state: z.literal('absent'), clientRef: clientRefSchema }),
        z.strictObject({ state: z.literal('withdrawn'), clientRef: clientRefSchema }),
      ]),
    )
    .max(PORTAL_LIMITS.STATUS_REFS_MAX),
})

/** The answer to a withdrawal. */
export const withdrawalSchema = z.strictObject({
  state: z.literal('withdrawn'),
  clientRef: clientRefSchema,
})

/** `nonce` repeats the query's: a login page of a network cannot know it. */
export const healthSchema = z.strictObject({ status: z.literal('ok'), nonce: z.string() })

/** `Content-Digest` of a SHA-256 (RFC 9530). */
export function contentDigest(sha256: Uint8Array): string {
  return `sha-256=:${Buffer.from(sha256).toString('base64')}:`
}
