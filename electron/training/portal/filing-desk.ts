import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  contentDigest,
  filingSchema,
  PORTAL_LIMITS,
  PORTAL_PATHS,
  statusQuestionSchema,
  type Filing,
  type Receipt,
} from '../../portal/index.ts'
import { json, problem, type Reply } from './answers.ts'
import type { AcceptedFiling, Register } from './register.ts'
import type { Signer } from './signer.ts'
import type { Uploads } from './uploads.ts'

type DeskDeps = {
  readonly register: Register
  readonly uploads: Uploads
  readonly signer: Signer
  readonly clock: { now(): number }
  readonly validate: (filing: Filing) => readonly string[]
  /** Turns a body of another version into the form of today; undefined where it knows none such. */
  readonly readVersion?: (body: unknown) => unknown
}

/** How the authority decides: at once, or after so many questions. */
type Decision = { readonly polls: number; readonly verdict: 'accepted' | 'rejected' }

const AT_ONCE: Decision = { polls: 0, verdict: 'accepted' }
/** What a filing in processing asks a kiosk to wait, in seconds. */
const POLL_AFTER = { 'retry-after': '1' } as const

/** The counter of the sandbox that takes filings and answers for them. */
export function createFilingDesk(deps: DeskDeps) {
  const { register, uploads, signer, clock, validate, readVersion = (body) => body } = deps
  const receiptFor = (filing: AcceptedFiling): Receipt =>
    signer.sign({
      clientRef: filing.clientRef,
      dossierCode: filing.dossierCode,
      receivedAt: new Date(filing.receivedAtMs).toISOString(),
      bodySha256: filing.sha256,
      attachments: [...filing.attachments],
    })

  function stateOf(filing: AcceptedFiling) {
    const { clientRef, sha256: bodySha256, state } = filing
    switch (state) {
      case 'accepted':
        return { state, receipt: receiptFor(filing) }
      case 'rejected':
        return {
          state,
          clientRef,
          bodySha256,
          problem: { type: 'validation', errors: ['rejected'] },
        }
      case 'processing':
        return { state, clientRef, bodySha256 }
      case 'withdrawn':
        return { state, clientRef }
    }
  }

  async function put(
    clientRef: string,
    request: IncomingMessage,
    bytes: Buffer | null,
    decision: Decision = AT_ONCE,
  ): Promise<Reply> {
    if (bytes === null) return problem(413, 'too-large')
    const digest = createHash('sha256').update(bytes).digest()
    if (request.headers['content-digest'] !== contentDigest(digest)) {
      return problem(400, 'content-digest')
    }
    const parsed = filingSchema.safeParse(readVersion(parseJson(bytes)))
    if (!parsed.success) {
      const fields = parsed.error.issues.slice(0, 100).map(({ path, code }) => ({
        pointer: pointerTo(path).slice(0, 200),
        code,
      }))
      return problem(422, 'validation', { errors: ['schema'], fields })
    }
    const filing = parsed.data
    const kioskId = request.headers['x-kiosk-id']
    if (
      filing.clientRef !== clientRef ||
      request.headers['idempotency-key'] !== clientRef ||
      filing.kioskId !== kioskId
    ) {
      return problem(422, 'idempotency-mismatch')
    }
    if (register.withdrawn(kioskId, clientRef)) return problem(410, 'withdrawn')
    const sha256 = digest.toString('hex')
    const known = register.find(kioskId, clientRef)
    if (known === undefined) {
      const errors = validate(filing)
      if (errors.length > 0) return invalid(errors)
    } else if (known.sha256 !== sha256) return problem(409, 'digest-conflict')
    const { uploadIds, wrong } =
      known === undefined
        ? await uploads.gather(kioskId, clientRef, filing.attachments)
        : { uploadIds: [], wrong: [] }
    if (wrong.length > 0) return problem(422, 'attachment-mismatch', { attachments: wrong })
    const taken = register.take({
      kioskId,
      clientRef,
      procedureCode: filing.procedureCode,
      sha256,
      attachments: filing.attachments,
      uploadIds,
      ...decision,
      nowMs: clock.now(),
    })
    switch (taken.kind) {
      case 'conflict':
        return problem(409, 'digest-conflict')
      case 'withdrawn':
        return problem(410, 'withdrawn')
      case 'papers':
        return problem(422, 'attachment-mismatch', {
          attachments: filing.attachments.map(({ id }) => id),
        })
      case 'new':
      case 'replay':
        return decided(taken.filing, taken.kind === 'replay')
    }
  }

  function decided(filing: AcceptedFiling, replay: boolean): Reply {
    const headers = replay ? { 'idempotent-replayed': 'true' } : {}
    if (filing.state === 'accepted') return json(replay ? 200 : 201, receiptFor(filing), headers)
    if (filing.state === 'processing') {
      const location = PORTAL_PATHS.filing(filing.clientRef)
      return json(202, stateOf(filing), { ...headers, ...POLL_AFTER, location })
    }
    return problem(422, 'validation', { errors: ['rejected'] })
  }

  function get(clientRef: string, request: IncomingMessage): Reply {
    const kioskId = request.headers['x-kiosk-id']
    if (typeof kioskId !== 'string') return problem(400, 'malformed')
    if (register.withdrawn(kioskId, clientRef)) return problem(410, 'withdrawn')
    const filing = register.ask(kioskId, clientRef)
    if (filing === undefined) return problem(404, 'unknown-client-ref')
    if (filing.state === 'accepted' && filing.supplement !== null) {
      const state = 'supplement-requested'
      return json(200, { state, receipt: receiptFor(filing), request: filing.supplement })
    }
    return json(200, stateOf(filing), filing.state === 'processing' ? POLL_AFTER : {})
  }

  function getMany(request: IncomingMessage, bytes: Buffer | null): Reply {
    const kioskId = request.headers['x-kiosk-id']
    const question = statusQuestionSchema.safeParse(bytes && parseJson(bytes))
    if (typeof kioskId !== 'string' || !question.success) return problem(400, 'malformed')
    const filings: unknown[] = []
    // Room for the frame around the list.
    let room = PORTAL_LIMITS.RESPONSE_BODY_MAX_BYTES - 1024
    for (const clientRef of new Set(question.data.clientRefs)) {
      const filing = register.ask(kioskId, clientRef)
      const state = register.withdrawn(kioskId, clientRef)
        ? { state: 'withdrawn', clientRef }
        : filing === undefined
          ? { state: 'absent', clientRef }
          : stateOf(filing)
      room -= Buffer.byteLength(JSON.stringify(state)) + 1
      // What is left out, the kiosk asks for again.
      if (room < 0) break
      filings.push(state)
    }
    return json(200, { filings }, POLL_AFTER)
  }

  function withdraw(clientRef: string, request: IncomingMessage): Reply {
    const kioskId = request.headers['x-kiosk-id']
    if (typeof kioskId !== 'string') return problem(400, 'malformed')
    register.withdraw(kioskId, clientRef)
    return json(200, { state: 'withdrawn', clientRef })
  }

  return { put, get, getMany, withdraw }
}

function invalid(errors: readonly string[]): Reply {
  const fields = errors.flatMap((error) => {
    const at = error.lastIndexOf(':')
    const pointer = pointerTo(['form', error.slice(0, at)])
    return at > 0 ? [{ pointer: pointer.slice(0, 200), code: error.slice(at + 1, at + 65) }] : []
  })
  return problem(422, 'validation', {
    errors: errors.slice(0, 100),
    ...(fields.length > 0 && { fields: fields.slice(0, 100) }),
  })
}

/** RFC 6901. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
