import { z } from 'zod'

/** What staff and technicians see of filings and do with them. Nothing here is about a person. */

/** Where a filing is on its way. */
export const filingStateSchema = z.enum([
  'QUEUED',
  'UPLOADING',
  'READY',
  'SENDING',
  'IN_DOUBT',
  'PROCESSING',
  'NEEDS_STAFF',
  'ACCEPTED',
  'ERASED',
])
export type FilingState = z.infer<typeof filingStateSchema>

const clientRef = z.uuid()
const instant = z.iso.datetime()

/** One filing in a list. */
export const filingBriefSchema = z.strictObject({
  /** Of its slip, in pairs. */
  reference: z.string(),
  clientRef,
  procedure: z.string(),
  state: filingStateSchema,
  dossierCode: z.string().nullable(),
  capturedAt: instant,
  acceptedAt: instant.nullable(),
  erasedAt: instant.nullable(),
  /** The kiosk that took it in, where that was another one. */
  origin: z.string().nullable(),
})
export type FilingBrief = z.infer<typeof filingBriefSchema>

/** One filing, with what its delivery met. Codes are stable; `nextAt` only while it waits. */
export const filingDetailSchema = filingBriefSchema.extend({
  attempts: z.int(),
  lastCode: z.string().nullable(),
  lastProblem: z.string().nullable(),
  nextAt: instant.nullable(),
})
export type FilingDetail = z.infer<typeof filingDetailSchema>

/**
 * What no machine can put right; what each means stands in `electron/outbox/alarms.ts`.
 */
export const alarmCodeSchema = z.enum([
  'integrity',
  'receipts-that-are-none',
  'late-receipt',
  'portal-forgot',
  'overdue-24h',
  'overdue-72h',
  'overdue-7d',
  'portal-credentials',
  'portal-forbidden',
  'portal-tls',
  'portal-clock',
  'portal-contract',
])

/** How the whole outbox stands, for whoever is to see to it. */
export const outboxOverviewSchema = z.strictObject({
  counts: z.strictObject({ waiting: z.int(), needsStaff: z.int(), delivered: z.int() }),
  portal: z.strictObject({
    state: z.enum(['unknown', 'reachable', 'away']),
    /** What somebody could mend; each has a remedy in `electron/outbox/portal-trouble.ts`. */
    trouble: z
      .enum([
        'credentials',
        'forbidden',
        'tls',
        'clock',
        'contract',
        'network-login',
        'not-the-portal',
        'portal-fails',
        'unreachable',
      ])
      .nullable(),
    /** Code of the last failure since things went wrong. */
    cause: z.string().nullable(),
    since: instant.nullable(),
    /** Until when the portal asked not to be sent anything. */
    restUntil: instant.nullable(),
  }),
  /** The last hundred, newest first. The references are null where it concerns no single filing. */
  alarms: z.array(
    z.strictObject({
      code: alarmCodeSchema,
      clientRef: clientRef.nullable(),
      /** Of its slip; null also where no trace of the filing is left. */
      reference: z.string().nullable(),
      at: instant,
    }),
  ),
})
export type OutboxOverview = z.infer<typeof outboxOverviewSchema>

/** A role or an account such as `technician` or `assistant:k7`, never a name: it stays in the journal. */
export const actorSchema = z
  .string()
  .regex(/^[a-z][a-z0-9:._-]{0,31}$/)
  // These two the kiosk itself signs with.
  .refine((actor) => actor !== 'outbox' && actor !== 'kiosk')

/** Why nothing was done to a filing; what each means stands in `electron/outbox/decide-staff.ts`. */
export const staffRefusalSchema = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.enum([
      'unknown-filing',
      'ended',
      'busy',
      'not-with-staff',
      'not-held',
      'unconfirmed',
      'portal-may-have-it',
      'not-withdrawable',
      'changed',
    ]),
  }),
  z.strictObject({ code: z.literal('portal-unclear'), cause: z.string() }),
  z.strictObject({ code: z.literal('io'), reason: z.string() }),
])
export type StaffRefused = z.infer<typeof staffRefusalSchema>

/** What came of an action: where the filing is now, or why it is where it was. */
export const staffAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), state: filingStateSchema }),
  z.strictObject({ ok: z.literal(false), refusal: staffRefusalSchema }),
])
export type StaffAnswer = z.infer<typeof staffAnswerSchema>

/** One filing and an order to do something with it. */
export const staffOrderSchema = z.strictObject({
  commandId: z.uuid(),
  clientRef,
  actor: actorSchema,
  /** For a hand-over: the papers are in the officer's hands. */
  paperTaken: z.boolean().default(false),
  /** Somebody looked it up at the portal, and it is not there. */
  notAtPortal: z.boolean().default(false),
})
export type StaffOrdered = z.infer<typeof staffOrderSchema>

/** A kiosk's public transfer key, to which another kiosk seals what this one is to deliver. */
export const transferKeySchema = z.strictObject({
  /** PEM, X25519. */
  publicKey: z.string(),
  fingerprint: z.string(),
})

/** A filing on a stick. */
const moved = z.strictObject({ clientRef: z.string(), reference: z.string().nullable() })
const dir = z.string().min(1).max(4096)

export const exportOrderSchema = z.strictObject({
  commandId: z.uuid(),
  actor: actorSchema,
  /** Absolute path of a folder on the stick. */
  dir,
  /** The other kiosk's, PEM. */
  publicKey: z.string().max(4096),
  /** Null for all that have not ended and are not held. */
  clientRefs: z.array(clientRef).max(20_000).nullable(),
})
export type ExportOrdered = z.infer<typeof exportOrderSchema>

export const exportAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    exported: z.array(moved),
    left: z.array(
      moved.extend({
        code: z.enum(['unknown-filing', 'ended', 'busy', 'held', 'changed', 'damaged', 'missing']),
      }),
    ),
  }),
  z.strictObject({
    ok: z.literal(false),
    problem: z.discriminatedUnion('code', [
      z.strictObject({ code: z.enum(['bad-key', 'own-key', 'stick-in-use']) }),
      z.strictObject({ code: z.enum(['stick', 'io']), reason: z.string() }),
    ]),
  }),
])
export type ExportAnswer = z.infer<typeof exportAnswerSchema>

export const importOrderSchema = exportOrderSchema.pick({ commandId: true, actor: true, dir: true })
export type ImportOrdered = z.infer<typeof importOrderSchema>

export const importAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    taken: z.array(moved),
    /** Here before; nothing was changed. */
    known: z.array(moved),
    refused: z.array(
      moved.extend({
        code: z.enum([
          'missing',
          'damaged',
          'other-kiosk',
          'other-bytes',
          'in-use',
          'disk-full',
          'io',
        ]),
      }),
    ),
  }),
  z.strictObject({
    ok: z.literal(false),
    problem: z.discriminatedUnion('code', [
      z.strictObject({ code: z.enum(['no-manifest', 'bad-manifest', 'other-version']) }),
      z.strictObject({ code: z.literal('other-kiosk'), sealedTo: z.string() }),
      z.strictObject({ code: z.literal('stick'), reason: z.string() }),
    ]),
  }),
])
export type ImportAnswer = z.infer<typeof importAnswerSchema>
