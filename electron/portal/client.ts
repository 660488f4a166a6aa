import { createHash, randomUUID, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type {
  FilingIdentity,
  HealthOutcome,
  PortalAdapter,
  SendOutcome,
  StatusOutcome,
} from './adapter.ts'
import {
  holdOf,
  questionSilence,
  readSendAnswer,
  readStatusAnswer,
  readWithdrawAnswer,
  sendSilence,
} from './answers.ts'
import type { TokenProvider } from './authorization.ts'
import { areCertificates, type PortalTls } from './connect.ts'
import {
  contentDigest,
  healthSchema,
  manifestEntrySchema,
  PORTAL_PATHS,
  type ManifestEntry,
} from './contract.ts'
import { createExchange, EXCHANGE_TIMEOUTS, type ExchangeTimeouts } from './exchange.ts'
import { parseReceiptKey } from './receipts.ts'
import { askInGroups } from './status-groups.ts'

/** A profile that names no usable portal. */
export type PortalClientProblem =
  | { readonly code: 'bad-url' }
  | { readonly code: 'bad-ca' }
  /** Authorities or pins, and an address without TLS: nobody would ever look at them. */
  | { readonly code: 'needs-https' }
  | { readonly code: 'no-receipt-key' }
  | { readonly code: 'bad-receipt-key'; readonly keyId: string }

/** What the client needs to know of its portal. */
export type PortalClientOptions = {
  /** Address under which `/v1/…` lies. */
  readonly url: string
  readonly kioskId: string
  /** Ed25519 public keys by key id: PEM, or the 32 raw bytes in base64. */
  readonly receiptKeys: Readonly<Record<string, string>>
  readonly timeouts?: Partial<ExchangeTimeouts>
  readonly tls?: PortalTls
  /** Only where the portal hands out tokens. */
  readonly tokens?: TokenProvider
  /** The kiosk's clock plus its measured offset to the portal, in milliseconds of Unix time. */
  readonly portalNowMs?: () => number
}

/** The adapter to a portal that keeps the contract of `contract.ts`. */
export function createPortalClient(
  options: PortalClientOptions,
): Result<PortalAdapter, PortalClientProblem> {
  const base = URL.parse(options.url)
  if (base === null || !/^https?:$/.test(base.protocol)) return err({ code: 'bad-url' })
  const { ca, pins } = options.tls ?? {}
  if (ca !== undefined && !areCertificates(ca)) return err({ code: 'bad-ca' })
  if ((ca !== undefined || pins !== undefined) && base.protocol !== 'https:') {
    return err({ code: 'needs-https' })
  }
  const keys = new Map<string, KeyObject>()
  for (const [keyId, text] of Object.entries(options.receiptKeys)) {
    const key = parseReceiptKey(text)
    if (key === null) return err({ code: 'bad-receipt-key', keyId })
    keys.set(keyId, key)
  }
  if (keys.size === 0) return err({ code: 'no-receipt-key' })
  const exchange = createExchange({
    timeouts: { ...EXCHANGE_TIMEOUTS, ...options.timeouts },
    tls: options.tls,
    tokens: options.tokens,
    portalNowMs: options.portalNowMs,
    marked: true,
  })
  const root = base.href.replace(/\/$/, '')
  const kiosk = { 'x-kiosk-id': options.kioskId }

  async function send(
    clientRef: string,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    const digest = createHash('sha256').update(bytes).digest()
    const result = await exchange.ask({
      method: 'PUT',
      url: root + PORTAL_PATHS.filing(clientRef),
      headers: {
        ...kiosk,
        'content-type': 'application/json',
        'content-digest': contentDigest(digest),
        'idempotency-key': clientRef,
      },
      body: bytes,
      signal,
    })
    if (result.kind !== 'answer') return sendSilence(result)
    const bodySha256 = digest.toString('hex')
    const filing = { clientRef, bodySha256, attachments: manifestOf(bytes) }
    return readSendAnswer(result.answer, filing, keys)
  }

  async function statusOne(filing: FilingIdentity, signal?: AbortSignal): Promise<StatusOutcome> {
    const result = await exchange.ask({
      method: 'GET',
      url: root + PORTAL_PATHS.filing(filing.clientRef),
      headers: kiosk,
      signal,
    })
    if (result.kind !== 'answer') return questionSilence(result)
    return readStatusAnswer(result.answer, filing, keys)
  }

  async function health(signal?: AbortSignal): Promise<HealthOutcome> {
    const nonce = randomUUID()
    const result = await exchange.ask({
      method: 'GET',
      url: `${root}${PORTAL_PATHS.health}?nonce=${nonce}`,
      headers: kiosk,
      signal,
    })
    if (result.kind === 'untrusted') {
      return { kind: 'away', cause: result.cause, hold: result.why }
    }
    if (result.kind !== 'answer') return { kind: 'away', cause: result.cause }
    const { answer } = result
    const body = healthSchema.safeParse(answer.json)
    if (answer.status === 200 && body.success && body.data.nonce === nonce) {
      return { kind: 'reachable', ...(answer.dateMs !== null && { portalDateMs: answer.dateMs }) }
    }
    const hold = holdOf(answer)?.cause
    return { kind: 'away', cause: `http-${answer.status}`, ...(hold && { hold }) }
  }

  return ok({
    capabilities: {
      replaySafe: true,
      statusByRef: true,
      statusBatch: true,
      withdraw: true,
      resumableUpload: true,
      signedReceipt: true,
    },
    send,
    status: (clientRef, bodySha256, signal, attachments = []) =>
      statusOne({ clientRef, bodySha256, attachments }, signal),
    statusOf: (filings, signal) =>
      askInGroups(filings, keys, (clientRefs) =>
        exchange.ask({
          method: 'POST',
          url: root + PORTAL_PATHS.statusOf,
          headers: { ...kiosk, 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify({ clientRefs })),
          signal,
        }),
      ),
    async withdraw(clientRef, signal) {
      const result = await exchange.ask({
        method: 'POST',
        url: root + PORTAL_PATHS.withdraw(clientRef),
        headers: kiosk,
        signal,
      })
      if (result.kind !== 'answer') return questionSilence(result)
      return readWithdrawAnswer(result.answer, clientRef)
    },
    health,
    close: () => exchange.close(),
  })
}

const withManifest = z.object({ attachments: z.array(manifestEntrySchema).default([]) })

/** The papers that these bytes list; none where they are no filing. */
function manifestOf(bytes: Uint8Array): readonly ManifestEntry[] {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return withManifest.safeParse(json).data?.attachments ?? []
  } catch {
    return []
  }
}
