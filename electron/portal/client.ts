import { createHash, randomUUID, type KeyObject } from 'node:crypto'
import { err, ok, unreachable, type Result } from '../../shared/domain/result.ts'
import type { HealthOutcome, PortalAdapter, SendOutcome, StatusOutcome } from './adapter.ts'
import { contentDigest, healthSchema, statusSchema } from './contract.ts'
import {
  createExchange,
  EXCHANGE_TIMEOUTS,
  problemOf,
  type Answer,
  type ExchangeTimeouts,
} from './exchange.ts'
import { parseReceiptKey, verifyReceipt } from './receipts.ts'

/** Bounds on the wait that a portal may ask for. */
export const WAIT_LIMITS = { MIN_MS: 1000, DEFAULT_MS: 5000, MAX_MS: 3_600_000 } as const

/** A profile that names no usable portal. */
export type PortalClientProblem =
  | { readonly code: 'bad-url' }
  | { readonly code: 'no-receipt-key' }
  | { readonly code: 'bad-receipt-key'; readonly keyId: string }

type PortalClientOptions = {
  /** Address under which `/v1/…` lies. */
  readonly url: string
  readonly kioskId: string
  /** Ed25519 public keys by key id: PEM, or the 32 raw bytes in base64. */
  readonly receiptKeys: Readonly<Record<string, string>>
  readonly timeouts?: Partial<ExchangeTimeouts>
}

/** The adapter to a portal that keeps the contract of `contract.ts`. */
export function createPortalClient(
  options: PortalClientOptions,
): Result<PortalAdapter, PortalClientProblem> {
  const base = URL.parse(options.url)
  if (base === null || !/^https?:$/.test(base.protocol)) return err({ code: 'bad-url' })
  const keys = new Map<string, KeyObject>()
  for (const [keyId, text] of Object.entries(options.receiptKeys)) {
    const key = parseReceiptKey(text)
    if (key === null) return err({ code: 'bad-receipt-key', keyId })
    keys.set(keyId, key)
  }
  if (keys.size === 0) return err({ code: 'no-receipt-key' })
  const exchange = createExchange({ ...EXCHANGE_TIMEOUTS, ...options.timeouts })
  const root = base.href.replace(/\/$/, '')
  const filingUrl = (clientRef: string) => `${root}/v1/filings/${encodeURIComponent(clientRef)}`

  async function send(
    clientRef: string,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    const digest = createHash('sha256').update(bytes).digest()
    const result = await exchange.ask({
      method: 'PUT',
      url: filingUrl(clientRef),
      headers: {
        'content-type': 'application/json',
        'content-digest': contentDigest(digest),
        'idempotency-key': clientRef,
        'x-kiosk-id': options.kioskId,
      },
      body: bytes,
      signal,
    })
    switch (result.kind) {
      case 'unreached':
        return { kind: 'not-sent', cause: result.cause }
      case 'broken':
        return { kind: 'in-doubt', cause: result.cause, answered: false }
      case 'garbled':
        return { kind: 'in-doubt', cause: `garbled-${result.cause}`, answered: true }
      case 'stranger':
        // A proxy's 502..504 may stand before a portal that took the filing.
        return result.status >= 500 && result.status !== 511
          ? { kind: 'in-doubt', cause: result.cause, answered: false }
          : { kind: 'not-the-portal', cause: result.cause }
      case 'answer':
        return readSendAnswer(result.answer, {
          clientRef,
          bodySha256: digest.toString('hex'),
          keys,
        })
      default:
        return unreachable(result)
    }
  }

  async function status(
    clientRef: string,
    bodySha256: string,
    signal?: AbortSignal,
  ): Promise<StatusOutcome> {
    const result = await exchange.ask({
      method: 'GET',
      url: filingUrl(clientRef),
      headers: { 'x-kiosk-id': options.kioskId },
      signal,
    })
    if (result.kind !== 'answer') return { kind: 'unknown', cause: result.cause }
    const { answer } = result
    const problem = problemOf(answer)?.type
    if (answer.status === 404 && problem === 'unknown-client-ref') return { kind: 'absent' }
    if (answer.status === 410 && problem === 'withdrawn') return { kind: 'withdrawn' }
    const known = statusSchema.safeParse(answer.json)
    if (answer.status !== 200 || !known.success) {
      return { kind: 'unknown', cause: `http-${answer.status}` }
    }
    const receipt = verifyReceipt(known.data.receipt, { clientRef, bodySha256, keys })
    return receipt.ok
      ? { kind: 'accepted', receipt: receipt.value }
      : { kind: 'unknown', cause: receipt.error }
  }

  async function health(signal?: AbortSignal): Promise<HealthOutcome> {
    const nonce = randomUUID()
    const result = await exchange.ask({
      method: 'GET',
      url: `${root}/v1/health?nonce=${nonce}`,
      headers: { 'x-kiosk-id': options.kioskId },
      signal,
    })
    if (result.kind !== 'answer') return { kind: 'away', cause: result.cause }
    const body = healthSchema.safeParse(result.answer.json)
    return result.answer.status === 200 && body.success && body.data.nonce === nonce
      ? { kind: 'reachable' }
      : { kind: 'away', cause: `http-${result.answer.status}` }
  }

  return ok({
    capabilities: { replaySafe: true, statusByRef: true },
    send,
    status,
    health,
    close: () => exchange.close(),
  })
}

function readSendAnswer(
  answer: Answer,
  expected: Parameters<typeof verifyReceipt>[1],
): SendOutcome {
  const wait = (scope: 'filing' | 'portal'): SendOutcome => {
    const asked = answer.retryAfterMs ?? WAIT_LIMITS.DEFAULT_MS
    const ms = Math.min(Math.max(asked, WAIT_LIMITS.MIN_MS), WAIT_LIMITS.MAX_MS)
    return { kind: 'wait', ms, scope }
  }
  const doubt: SendOutcome = { kind: 'in-doubt', cause: `http-${answer.status}`, answered: true }
  const problem = problemOf(answer)
  const refused: SendOutcome =
    problem === null
      ? doubt
      : { kind: 'refused', problem: problem.type, errors: problem.errors ?? [] }
  switch (answer.status) {
    case 200:
    case 201: {
      const receipt = verifyReceipt(answer.json, expected)
      return receipt.ok
        ? { kind: 'accepted', receipt: receipt.value, replayed: answer.replayed }
        : { kind: 'in-doubt', cause: receipt.error, answered: true }
    }
    case 202:
      return wait('filing')
    case 409:
      return problem?.type === 'in-progress' ? wait('filing') : refused
    case 410:
    case 413:
    case 422:
      return refused
    case 429:
    case 503:
      return wait('portal')
    default:
      return doubt
  }
}
