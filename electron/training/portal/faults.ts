import {
  bodyFault,
  cut,
  dripBody,
  dripHeaders,
  endlessBody,
  loginPage,
  proxy,
  receiptFault,
  redirect,
  replyFault,
  reset,
  respond,
  silence,
  truncate,
  type Incident,
} from './deeds.ts'
import { bare, problem } from './answers.ts'

/** `cut`: the cable is pulled; every connection is destroyed as soon as it is made. */
export type PortalMode = 'up' | 'cut'

/** A kind of request that faults can meet. */
export type Operation =
  | 'put'
  | 'status'
  | 'batch'
  | 'withdraw'
  | 'health'
  | 'upload'
  | 'head'
  | 'patch'

/** A fault, and the moment at which it strikes. */
export type Fault =
  | {
      readonly on: Operation
      /** Before the body is read; after it, with nothing committed; after everything is. */
      readonly when: 'unread' | 'before' | 'after'
      readonly act: (incident: Incident) => void
    }
  /** The filing is taken and decided only after so many questions. */
  | {
      readonly on: 'put'
      readonly when: 'processing'
      readonly polls: number
      readonly verdict: 'accepted' | 'rejected'
    }
  /** Half of the piece is stored, then the connection breaks. */
  | { readonly on: 'patch'; readonly when: 'half' }

/** Questions until a filing in processing is decided. */
export const PROCESSING_POLLS = 2

const put = (when: 'unread' | 'before' | 'after', act: (incident: Incident) => void) =>
  ({ on: 'put', when, act }) as const
const on = (
  operation: Operation,
  act: (incident: Incident) => void,
  when: 'before' | 'after' = 'before',
) => ({ on: operation, when, act }) as const

const unavailable = (status: number, headers: Record<string, string> = {}) =>
  respond(() => problem(status, 'unavailable', {}, headers))
const dated = (status: number, inMs: number) =>
  respond((nowMs) =>
    problem(status, 'unavailable', {}, { 'retry-after': new Date(nowMs + inMs).toUTCString() }),
  )

/**
 * What goes wrong with one request of a kind. Names begin with the row of the failure matrix; the
 * ten without a row are the older names of common ones. "After" means that the filing is committed
 * first, so that only the kiosk's question or a replay can find out.
 */
export const FAULTS = {
  'drop-before-read': put('unread', cut),
  'drop-after-commit': put('after', cut),
  'http-500-before': put('before', unavailable(500)),
  'http-500-after': put('after', unavailable(500)),
  'html-200': put('before', loginPage(200)),
  redirect: put('before', redirect),
  'wrong-digest': put('after', receiptFault({ bodySha256: '0'.repeat(64) })),
  'wrong-signature': put('after', bodyFault({ signature: Buffer.alloc(64, 1).toString('base64') })),
  truncated: put('after', truncate),
  slow: put('after', silence),

  'N2-reset-before': put('before', reset),
  'N2-reset-after': put('after', reset),
  'N3-silent-before': put('before', silence),
  'N3-silent-after': put('after', silence),
  'N3-status-silent': on('status', silence),
  'N3-head-silent': on('head', silence),
  'N3-patch-silent': on('patch', silence),
  'N4-slow-headers': put('after', dripHeaders),
  'N4-slow-body': put('after', dripBody),
  'N4-endless-body': put('after', endlessBody),
  'N5-html-200': put('before', loginPage(200)),
  'N5-redirect-302': put('before', redirect),
  'N5-login-511': put('before', loginPage(511)),
  'N5-status-html': on('status', loginPage(200)),
  'N5-patch-html': on('patch', loginPage(200)),
  'N5-health-html': on('health', loginPage(200)),
  'N5-health-old-nonce': on('health', bodyFault({ nonce: 'old' }), 'after'),
  'N7-proxy-502': put('before', proxy(502)),
  'N7-proxy-503': put('before', proxy(503, { 'retry-after': '7' })),
  'N7-proxy-504-after': put('after', proxy(504)),
  'N8-cut-patch': { on: 'patch', when: 'half' },

  'S1-500-before': put('before', unavailable(500)),
  'S2-500-after': put('after', unavailable(500)),
  'S2-silent-after': put('after', silence),
  'S3-lost-201': put('after', cut),
  'S4-processing': {
    on: 'put',
    when: 'processing',
    polls: PROCESSING_POLLS,
    verdict: 'accepted',
  },
  'S4-processing-rejected': {
    on: 'put',
    when: 'processing',
    polls: PROCESSING_POLLS,
    verdict: 'rejected',
  },
  'S5-in-progress': put(
    'after',
    respond(() => problem(409, 'in-progress', {}, { 'retry-after': '2' })),
  ),
  'S6-digest-conflict': put(
    'before',
    respond(() => problem(409, 'digest-conflict')),
  ),
  'S6-idempotency-mismatch': put(
    'before',
    respond(() => problem(422, 'idempotency-mismatch')),
  ),
  'S7-validation': put(
    'before',
    respond(() =>
      problem(422, 'validation', {
        errors: ['scripted'],
        fields: [{ pointer: '/form/scripted', code: 'scripted' }],
      }),
    ),
  ),
  'S8-400': put(
    'before',
    respond(() => problem(400, 'malformed')),
  ),
  'S8-404': put(
    'before',
    respond(() => bare(404)),
  ),
  'S8-405': put(
    'before',
    respond(() => bare(405)),
  ),
  'S8-415': put(
    'before',
    respond(() => bare(415)),
  ),
  'S8-status-404': on(
    'status',
    respond(() => bare(404)),
  ),
  'S9-401': put(
    'before',
    respond(() => problem(401, 'unauthorized')),
  ),
  'S9-status-401': on(
    'status',
    respond(() => problem(401, 'unauthorized')),
  ),
  'S10-403': put(
    'before',
    respond(() => problem(403, 'kiosk-disabled')),
  ),
  'S10-status-403': on(
    'status',
    respond(() => problem(403, 'kiosk-disabled')),
  ),
  'S11-413': put(
    'before',
    respond(() => problem(413, 'too-large')),
  ),
  'S11-413-patch': on(
    'patch',
    respond(() => problem(413, 'too-large')),
  ),
  'S12-429-seconds': put('before', unavailable(429, { 'retry-after': '30' })),
  'S12-503-date': put('before', dated(503, 30_000)),
  'S12-429-past': put('before', dated(429, -3_600_000)),
  'S12-503-huge': put('before', unavailable(503, { 'retry-after': '99999999999' })),
  'S12-status-503': on('status', unavailable(503, { 'retry-after': '30' })),
  'S12-patch-503': on('patch', unavailable(503, { 'retry-after': '2' })),
  'S13-wrong-ref': put(
    'after',
    receiptFault({ clientRef: '01a94a5b-6a00-7000-8000-0000000000ff' }),
  ),
  'S13-wrong-digest': put('after', receiptFault({ bodySha256: '0'.repeat(64) })),
  'S13-wrong-attachments': put(
    'after',
    receiptFault({ attachments: [{ id: 'other', sha256: '0'.repeat(64), size: 1 }] }),
  ),
  'S13-wrong-signature': put(
    'after',
    bodyFault({ signature: Buffer.alloc(64, 1).toString('base64') }),
  ),
  'S13-unknown-key': put('after', bodyFault({ keyId: 'nobody' })),
  'S13-truncated': put('after', truncate),
  'S13-status-wrong-digest': on('status', receiptFault({ bodySha256: '0'.repeat(64) }), 'after'),
  'S13-status-truncated': on('status', truncate, 'after'),
  'S13-batch-truncated': on('batch', truncate, 'after'),
  'S14-duplicate-ack': put('after', replyFault({ status: 200 })),
  /** The authority withdraws it at once; an answer to the kiosk comes too late. */
  'S14-withdrawn': put('after', (incident) => {
    incident.withdraw()
    respond(() => problem(410, 'withdrawn'))(incident)
  }),
  'S14-not-withdrawable': on(
    'withdraw',
    respond(() => problem(409, 'not-withdrawable')),
  ),
  'S14-withdraw-lost': on('withdraw', cut, 'after'),
  /** The portal is restored from an older copy after its receipt went out. */
  'S15-forgotten': put('after', (incident) => {
    incident.forget()
    incident.sendReply()
  }),
  'S16-409': on(
    'patch',
    respond(() => bare(409)),
  ),
  'S16-423': on(
    'patch',
    respond(() => bare(423)),
  ),
  'S16-404': on(
    'patch',
    respond(() => bare(404)),
  ),
  'S16-410': on(
    'patch',
    respond(() => bare(410)),
  ),
  'S16-460': on(
    'patch',
    respond(() => bare(460)),
  ),
  'S16-head-404': on(
    'head',
    respond(() => bare(404)),
  ),
  'S16-head-410': on(
    'head',
    respond(() => bare(410)),
  ),
  'S16-head-423': on(
    'head',
    respond(() => bare(423)),
  ),
  'S16-offset-beyond': on(
    'head',
    replyFault({ headers: { 'upload-offset': '9007199254740991' } }),
    'after',
  ),
  'S16-foreign-location': on(
    'upload',
    replyFault({ headers: { location: 'http://elsewhere.invalid/v1/uploads/1' } }),
    'after',
  ),
  'S16-upload-lost': on('upload', cut, 'after'),
  'S16-patch-lost': on('patch', cut, 'after'),
  /** A box on the way says "complete"; nothing is stored. */
  'S16-lies-complete': on('patch', (incident) => {
    const { 'upload-offset': offset, 'content-length': length } = incident.request.headers
    const said = String(Number(offset) + Number(length))
    respond(() => bare(204, { 'tus-resumable': '1.0.0', 'upload-offset': said }))(incident)
  }),
  'S16-attachment-mismatch': put(
    'before',
    respond(() => problem(422, 'attachment-mismatch', { attachments: [] })),
  ),
} as const satisfies Record<string, Fault>

/** Name of a fault. */
export type PortalFault = keyof typeof FAULTS

/** Faults that wait for their requests, oldest first within each kind. */
export function createScript() {
  const waiting: PortalFault[] = []
  return {
    left: (): number => waiting.length,
    add: (faults: readonly PortalFault[]) => void waiting.push(...faults),
    take(operation: Operation): Fault | undefined {
      const at = waiting.findIndex((name) => FAULTS[name].on === operation)
      const [name] = at < 0 ? [] : waiting.splice(at, 1)
      return name && FAULTS[name]
    },
  }
}
