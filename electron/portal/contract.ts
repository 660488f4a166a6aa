import { z } from 'zod'
import { fullDateSchema, partialDateSchema } from '../../shared/domain/id-card.ts'
import { answerValueSchema } from '../../shared/forms/definition.ts'

/**
 * The contract that a kiosk wants from a portal. The client, the sandbox portal and the OpenAPI
 * document (`resources/portal-openapi.json`, made by `scripts/openapi.ts`) all come from here.
 */

/** Every answer of a portal carries this; an answer without it comes from something else. */
export const MARKER = { header: 'x-filing-gateway', value: '1' } as const

/** Sizes of the contract. */
export const PORTAL_LIMITS = {
  /** The body of a filing, without attachments. */
  REQUEST_BODY_MAX_BYTES: 256 * 1024,
  RESPONSE_BODY_MAX_BYTES: 256 * 1024,
} as const

/** UUIDv7 made at the kiosk: the permanent identity of a filing at kiosk and portal. */
export const clientRefSchema = z.uuidv7()

const kioskIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/)

const sha256HexSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** The body of a filing. Its bytes are made once and never serialised again. */
export const filingSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kioskId: kioskIdSchema,
  clientRef: clientRefSchema,
  /** Code of the national procedure catalogue. */
  procedureCode: z.string().regex(/^\d\.\d{6}$/),
  /** When the citizen declared, by the kiosk's clock. */
  capturedAt: z.iso.datetime({ offset: true }),
  /** As the identity card says; a card says all of it, a later means of identity may not. */
  applicant: z.strictObject({
    name: z.string().min(1).max(200),
    number: z.string().regex(/^\d{12}$/),
    birth: partialDateSchema.optional(),
    sex: z.enum(['male', 'female']).optional(),
    address: z.string().max(500).optional(),
    issued: fullDateSchema.optional(),
  }),
  /** Boxes of the official form by field key. */
  form: z.record(z.string().max(64), answerValueSchema),
  /** thành phần hồ sơ: papers that the applicant shows or hands in at the counter. */
  components: z.array(
    z.strictObject({ code: z.string().max(64), handling: z.enum(['show', 'hand-in']) }),
  ),
})
export type Filing = z.infer<typeof filingSchema>

/** The part of a receipt that is signed: Ed25519 over its canonical JSON (RFC 8785), UTF-8. */
export const receiptContentSchema = z.strictObject({
  clientRef: clientRefSchema,
  /** mã số hồ sơ */
  dossierCode: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/),
  receivedAt: z.iso.datetime({ offset: true }),
  /** SHA-256 of the filing's bytes. */
  bodySha256: sha256HexSchema,
  attachments: z.array(
    z.strictObject({ id: z.string(), sha256: sha256HexSchema, size: z.int().min(0) }),
  ),
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
  /** The first request with this reference still runs; see Retry-After. */
  'in-progress',
  /** The same reference came before with other bytes. */
  'digest-conflict',
  /** Idempotency-Key, X-Kiosk-Id or path do not fit the body. */
  'idempotency-mismatch',
  /** The filing is wrong; `errors` says where. */
  'validation',
  'withdrawn',
  'unknown-client-ref',
  /** Content-Digest does not fit the bytes that arrived. */
  'content-digest',
  'too-large',
  'unavailable',
])
export type ProblemType = z.infer<typeof problemTypeSchema>

/** `application/problem+json`. A portal may add members. */
export const problemSchema = z.looseObject({
  type: problemTypeSchema,
  title: z.string().optional(),
  status: z.int().optional(),
  /** For `validation`: codes or pointers to fields, never values. */
  errors: z.array(z.string().max(200)).max(100).optional(),
})
export type Problem = z.infer<typeof problemSchema>

/** What a portal knows of one filing. */
export const statusSchema = z.strictObject({ state: z.literal('accepted'), receipt: receiptSchema })

/** `nonce` repeats the query's: a login page of a network cannot know it. */
export const healthSchema = z.strictObject({ status: z.literal('ok'), nonce: z.string() })

type Body = 'Filing' | 'Receipt' | 'Status' | 'Health' | 'Problem'

/** The schemas by the names that the OpenAPI document gives them. */
export const schemas: Record<Body, z.ZodType> = {
  Filing: filingSchema,
  Receipt: receiptSchema,
  Status: statusSchema,
  Health: healthSchema,
  Problem: problemSchema,
}

/** One request of the contract. */
export type Operation = {
  readonly id: string
  readonly method: 'put' | 'get'
  readonly path: string
  readonly summary: string
  readonly parameters: readonly {
    readonly in: 'path' | 'query' | 'header'
    readonly name: string
    readonly description: string
  }[]
  readonly request?: Body
  readonly answers: Readonly<
    Record<number, { readonly description: string; readonly body: Body | null }>
  >
}

const clientRefParameter = {
  in: 'path',
  name: 'clientRef',
  description: 'UUIDv7 made at the kiosk; unique together with the kiosk, for ever.',
} as const

/** The requests that this kiosk makes. */
export const operations: readonly Operation[] = [
  {
    id: 'putFiling',
    method: 'put',
    path: '/v1/filings/{clientRef}',
    summary: 'File. Repeating the same bytes is safe and gives the same receipt.',
    parameters: [
      clientRefParameter,
      { in: 'header', name: 'Idempotency-Key', description: 'The client reference again.' },
      {
        in: 'header',
        name: 'Content-Digest',
        description: 'RFC 9530, sha-256, over the bytes of the body.',
      },
      { in: 'header', name: 'X-Kiosk-Id', description: 'The kiosk; the same as in the body.' },
    ],
    request: 'Filing',
    answers: {
      200: { description: 'Replay: the first receipt; Idempotent-Replayed: true', body: 'Receipt' },
      201: { description: 'Accepted', body: 'Receipt' },
      202: { description: 'Taken for processing; ask again after Retry-After', body: null },
      400: { description: 'content-digest', body: 'Problem' },
      409: { description: 'in-progress (with Retry-After) or digest-conflict', body: 'Problem' },
      410: { description: 'withdrawn', body: 'Problem' },
      413: { description: 'too-large', body: 'Problem' },
      422: { description: 'validation or idempotency-mismatch', body: 'Problem' },
      429: { description: 'unavailable; Retry-After', body: 'Problem' },
      503: { description: 'unavailable; Retry-After', body: 'Problem' },
    },
  },
  {
    id: 'getFiling',
    method: 'get',
    path: '/v1/filings/{clientRef}',
    summary: 'Ask what became of a filing. Strongly consistent with putFiling.',
    parameters: [
      clientRefParameter,
      { in: 'header', name: 'X-Kiosk-Id', description: 'The kiosk that filed.' },
    ],
    answers: {
      200: { description: 'Known', body: 'Status' },
      404: { description: 'unknown-client-ref; only this type means absent', body: 'Problem' },
      410: { description: 'withdrawn', body: 'Problem' },
    },
  },
  {
    id: 'health',
    method: 'get',
    path: '/v1/health',
    summary: 'Cheap sign of life that a captive network cannot imitate.',
    parameters: [{ in: 'query', name: 'nonce', description: 'Any text; comes back.' }],
    answers: { 200: { description: 'Alive', body: 'Health' } },
  },
]

/** `Content-Digest` of a SHA-256 (RFC 9530). */
export function contentDigest(sha256: Uint8Array): string {
  return `sha-256=:${Buffer.from(sha256).toString('base64')}:`
}
