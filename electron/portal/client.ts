import { createHash, randomUUID, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type {
  FilingIdentity,
  HealthOutcome,
  PortalAdapter,
  Refusal,
  SendOutcome,
  StatusOutcome,
  UploadOutcome,
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
import { createTus, type UploadTimeouts } from './tus.ts'
import { UPLOAD_LIMITS } from './upload-limits.ts'

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
  readonly timeouts?: Partial<ExchangeTimeouts & UploadTimeouts>
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
  const kiosk = (kioskId = options.kioskId) => ({ 'x-kiosk-id': kioskId })
  const tus = createTus({
    exchange,
    root,
    headers: kiosk,
    timeouts: { ...UPLOAD_LIMITS, ...options.timeouts },
  })

  /**
   * A portal that does not let this kiosk speak for another one says nothing about this kiosk: no
   * hold, but that one filing is for staff.
   */
  function aboutOther<T extends SendOutcome | StatusOutcome | UploadOutcome>(
    outcome: T,
    kioskId: string | undefined,
  ): T | Refusal {
    const isOwn = kioskId === undefined || kioskId === options.kioskId
    if (isOwn || outcome.kind !== 'hold' || outcome.cause !== 'forbidden') return outcome
    return { kind: 'refused', problem: 'kiosk-disabled', errors: [] }
  }

  async function send(
    clientRef: string,
    bytes: Uint8Array,
    signal?: AbortSignal,
    kioskId?: string,
  ): Promise<SendOutcome> {
    const digest = createHash('sha256').update(bytes).digest()
    const result = await exchange.ask({
      method: 'PUT',
      url: root + PORTAL_PATHS.filing(clientRef),
      headers: {
        ...kiosk(kioskId),
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
    return aboutOther(readSendAnswer(result.answer, filing, keys), kioskId)
  }

  async function statusOne(filing: FilingIdentity, signal?: AbortSignal): Promise<StatusOutcome> {
    const result = await exchange.ask({
      method: 'GET',
      url: root + PORTAL_PATHS.filing(filing.clientRef),
      headers: kiosk(filing.kioskId),
      signal,
    })
    if (result.kind !== 'answer') return questionSilence(result)
    return aboutOther(readStatusAnswer(result.answer, filing, keys), filing.kioskId)
  }

  async function health(signal?: AbortSignal): Promise<HealthOutcome> {
    const nonce = randomUUID()
    const result = await exchange.ask({
      method: 'GET',
      url: `${root}${PORTAL_PATHS.health}?nonce=${nonce}`,
      headers: kiosk(),
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
      supplement: true,
    },
    send,
    status: (clientRef, bodySha256, signal, attachments = [], kioskId) =>
      statusOne({ clientRef, bodySha256, attachments, kioskId }, signal),
    async statusOf(filings, signal) {
      const said = await askInGroups(filings, keys, (clientRefs, kioskId) =>
        exchange.ask({
          method: 'POST',
          url: root + PORTAL_PATHS.statusOf,
          headers: { ...kiosk(kioskId), 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify({ clientRefs })),
          signal,
        }),
      )
      const leftOut = { kind: 'unknown', cause: 'left-out' } as const
      return new Map(
        filings.map(({ clientRef, kioskId }) => [
          clientRef,
          aboutOther(said.get(clientRef) ?? leftOut, kioskId),
        ]),
      )
    },
    async withdraw(clientRef, signal, kioskId) {
      const result = await exchange.ask({
        method: 'POST',
        url: root + PORTAL_PATHS.withdraw(clientRef),
        headers: kiosk(kioskId),
        signal,
      })
      if (result.kind !== 'answer') return questionSilence(result)
      return readWithdrawAnswer(result.answer, clientRef)
    },
    upload: async (job, signal) => aboutOther(await tus.upload(job, signal), job.kioskId),
    dropUpload: tus.drop,
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
