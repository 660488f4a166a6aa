import type { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import { createAuthorization, TOKEN_REFUSED, type TokenProvider } from './authorization.ts'
import { createConnector, tlsCause, type PortalTls } from './connect.ts'
import { MARKER, PORTAL_LIMITS, problemSchema, type Problem } from './contract.ts'
import { httpDateMs, retryAfterMs } from './retry-after.ts'

/** Waits of one exchange (delivery rules: connect 10 s, headers 15 s, all 60 s). */
export type ExchangeTimeouts = {
  /** TCP and TLS. */
  readonly CONNECT_MS: number
  /** From the last byte sent to the first of the answer; ends a half-open connection. */
  readonly HEADERS_MS: number
  /** Between two pieces of the answer. */
  readonly BODY_MS: number
  /** For all of it; ends an answer that trickles and a request that nobody reads. */
  readonly TOTAL_MS: number
}

export const EXCHANGE_TIMEOUTS: ExchangeTimeouts = {
  CONNECT_MS: 10_000,
  HEADERS_MS: 15_000,
  BODY_MS: 15_000,
  TOTAL_MS: 60_000,
}

type Question = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** A stream is made anew for every attempt. */
  readonly body?: Uint8Array | (() => Readable)
  readonly signal?: AbortSignal | undefined
  /** Default `TOTAL_MS`. */
  readonly totalMs?: number
  /** Default `HEADERS_MS`. While a body is streamed, every piece that leaves begins it anew. */
  readonly headersMs?: number
  /** The answer is in its status and headers (tus); whatever body it has is dropped. */
  readonly bodiless?: boolean
}

/** An answer that is the portal's, with whole JSON. `json` is not yet parsed further. */
export type Answer = {
  readonly status: number
  readonly json: unknown
  readonly replayed: boolean
  /** Milliseconds that Retry-After asks for, in either of its forms; null where it does not. */
  readonly retryAfterMs: number | null
  /** The portal's clock; null where the answer has no Date. */
  readonly dateMs: number | null
  /** A header of the answer by its name in lower case; null where it has none. */
  readonly header: (name: string) => string | null
}

/** How an exchange of bytes ended, before anyone looks at what the answer means. */
export type Exchange =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The portal's, but the JSON is cut or too long. */
  | { readonly kind: 'garbled'; readonly status: number; readonly cause: string }
  /** Not the portal's. */
  | {
      readonly kind: 'stranger'
      readonly status: number
      readonly cause: string
      readonly retryAfterMs: number | null
    }
  /** No connection was made, or no token was to be had: nothing was sent. */
  | { readonly kind: 'unreached'; readonly cause: string }
  /** Whoever answered could not prove to be the portal: nothing was sent. */
  | { readonly kind: 'untrusted'; readonly why: 'clock' | 'tls'; readonly cause: string }
  /** The connection broke or fell silent after it was made. */
  | { readonly kind: 'broken'; readonly cause: string }

/** What one portal is like on the wire. */
export type ExchangeOptions = {
  readonly timeouts: ExchangeTimeouts
  readonly tls?: PortalTls | undefined
  readonly tokens?: TokenProvider | undefined
  /** The portal's time as well as the kiosk knows it: its clock plus the measured offset. */
  readonly portalNowMs?: (() => number) | undefined
  /** False for portals that were there before the contract; then any JSON is the portal's. */
  readonly marked: boolean
}

/** HTTP exchanges with one portal; redirects are never followed. */
export function createExchange(options: ExchangeOptions) {
  const { timeouts, marked } = options
  const { connector, isConnectFailure } = createConnector(timeouts.CONNECT_MS, options.tls)
  const authorization = options.tokens && createAuthorization(options.tokens)
  const agent = new Agent({
    connect: connector,
    headersTimeout: timeouts.HEADERS_MS,
    bodyTimeout: timeouts.BODY_MS,
    maxResponseSize: PORTAL_LIMITS.RESPONSE_BODY_MAX_BYTES,
  })

  async function askOnce(question: Question, token: string | null): Promise<Exchange> {
    const limit = AbortSignal.timeout(question.totalMs ?? timeouts.TOTAL_MS)
    const signal = question.signal ? AbortSignal.any([question.signal, limit]) : limit
    let status = 0
    try {
      const response = await request(question.url, {
        dispatcher: agent,
        method: question.method,
        headers: {
          ...question.headers,
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body: typeof question.body === 'function' ? question.body() : (question.body ?? null),
        ...(question.headersMs !== undefined && { headersTimeout: question.headersMs }),
        signal,
      })
      status = response.statusCode
      const { headers } = response
      const date = header(headers, 'date')
      const wait = retryAfterMs(
        header(headers, 'retry-after'),
        date,
        options.portalNowMs?.() ?? null,
      )
      const stranger = whyStranger(status, headers, marked, question.bodiless === true)
      if (stranger !== null) {
        response.body.on('error', () => {}).destroy()
        return { kind: 'stranger', status, cause: stranger, retryAfterMs: wait }
      }
      const text = await response.body.text()
      const json = parseJson(text)
      if (json === undefined && text !== '' && question.bodiless !== true)
        return { kind: 'garbled', status, cause: 'json' }
      return {
        kind: 'answer',
        answer: {
          status,
          json,
          replayed: header(headers, 'idempotent-replayed') === 'true',
          retryAfterMs: wait,
          dateMs: httpDateMs(date),
          header: (name) => header(headers, name),
        },
      }
    } catch (cause) {
      const code = errorCode(cause)
      if (isConnectFailure(cause)) {
        const why = tlsCause(code)
        return why === null
          ? { kind: 'unreached', cause: code }
          : { kind: 'untrusted', why, cause: code }
      }
      return status === 0
        ? { kind: 'broken', cause: code }
        : { kind: 'garbled', status, cause: code }
    }
  }

  return {
    /** Asks, and once more with a fresh token where the portal refuses the one in use (401). */
    async ask(question: Question): Promise<Exchange> {
      if (authorization === undefined) return askOnce(question, null)
      try {
        const token = await authorization.token()
        const first = await askOnce(question, token)
        if (first.kind !== 'answer' || first.answer.status !== 401) return first
        return await askOnce(question, await authorization.renew(token))
      } catch (cause) {
        // Only the provider throws here: nothing was sent, or nothing was taken (401).
        return errorCode(cause) === TOKEN_REFUSED
          ? { kind: 'answer', answer: NOT_AUTHORISED }
          : { kind: 'unreached', cause: 'no-token' }
      }
    },
    close: () => agent.destroy(),
  }
}

/** An issuer that gives no token says the same as a portal that takes none. */
const NOT_AUTHORISED: Answer = {
  status: 401,
  json: undefined,
  replayed: false,
  retryAfterMs: null,
  dateMs: null,
  header: () => null,
}

/** The problem document of an answer, if it has one. */
export function problemOf(answer: Pick<Answer, 'json'>): Problem | null {
  return problemSchema.safeParse(answer.json).data ?? null
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

function header(headers: Headers, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

function whyStranger(
  status: number,
  headers: Headers,
  marked: boolean,
  bodiless: boolean,
): string | null {
  if (status >= 300 && status < 400) return 'redirect'
  if (status === 511) return 'login-needed'
  if (marked && header(headers, MARKER.header) !== MARKER.value) return `no-marker-${status}`
  if (bodiless) return null
  const type = header(headers, 'content-type') ?? ''
  const length = header(headers, 'content-length')
  const isJson = /^application\/(problem\+)?json\b/i.test(type)
  return isJson || length === '0' || status === 204 ? null : `not-json-${status}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A stable code: of an aggregate (several addresses, all in vain) the last attempt's. */
function errorCode(cause: unknown): string {
  if (cause instanceof AggregateError) return errorCode(cause.errors.at(-1))
  if (!(cause instanceof Error)) return 'unknown'
  if ('code' in cause && typeof cause.code === 'string') return cause.code
  return cause.name === 'TimeoutError' ? 'timeout' : cause.name
}
