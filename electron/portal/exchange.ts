import { Agent, request } from 'undici'
import { MARKER, PORTAL_LIMITS, problemSchema, type Problem } from './contract.ts'

/** Waits of one exchange. */
export type ExchangeTimeouts = {
  readonly CONNECT_MS: number
  /** From the last byte sent to the first of the answer; ends a half-open connection. */
  readonly HEADERS_MS: number
  /** Between two pieces of the answer. */
  readonly BODY_MS: number
  /** For all of it; ends an answer that trickles. */
  readonly TOTAL_MS: number
}

export const EXCHANGE_TIMEOUTS: ExchangeTimeouts = {
  CONNECT_MS: 10_000,
  HEADERS_MS: 15_000,
  BODY_MS: 15_000,
  TOTAL_MS: 60_000,
}

type Question = {
  readonly method: 'GET' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly signal?: AbortSignal | undefined
}

/** An answer that carries the portal's marker and whole JSON. `json` is not yet parsed further. */
export type Answer = {
  readonly status: number
  readonly json: unknown
  readonly replayed: boolean
  /** Milliseconds that Retry-After asks for, in either of its forms; null where it does not. */
  readonly retryAfterMs: number | null
}

/** How an exchange of bytes ended, before anyone looks at what the answer means. */
export type Exchange =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Marked as the portal's, but the JSON is cut or too long. */
  | { readonly kind: 'garbled'; readonly status: number; readonly cause: string }
  /** Not marked. */
  | { readonly kind: 'stranger'; readonly status: number; readonly cause: string }
  /** No connection was made, so nothing was sent. */
  | { readonly kind: 'unreached'; readonly cause: string }
  /** The connection broke or fell silent after it was made. */
  | { readonly kind: 'broken'; readonly cause: string }

/** One HTTP exchange at a time with one portal; redirects are never followed. */
export function createExchange(timeouts: ExchangeTimeouts) {
  const agent = new Agent({
    connect: { timeout: timeouts.CONNECT_MS },
    headersTimeout: timeouts.HEADERS_MS,
    bodyTimeout: timeouts.BODY_MS,
    maxResponseSize: PORTAL_LIMITS.RESPONSE_BODY_MAX_BYTES,
  })
  return {
    async ask(question: Question): Promise<Exchange> {
      const limit = AbortSignal.timeout(timeouts.TOTAL_MS)
      const signal = question.signal ? AbortSignal.any([question.signal, limit]) : limit
      let status = 0
      try {
        const response = await request(question.url, {
          dispatcher: agent,
          method: question.method,
          headers: question.headers,
          body: question.body ?? null,
          signal,
        })
        status = response.statusCode
        const { headers } = response
        const stranger = whyStranger(status, headers)
        if (stranger !== null) {
          response.body.on('error', () => {}).destroy()
          return { kind: 'stranger', status, cause: stranger }
        }
        const text = await response.body.text()
        const json = parseJson(text)
        if (json === undefined && text !== '') {
          return { kind: 'garbled', status, cause: 'json' }
        }
        return {
          kind: 'answer',
          answer: {
            status,
            json,
            replayed: header(headers, 'idempotent-replayed') === 'true',
            retryAfterMs: retryAfterMs(header(headers, 'retry-after'), header(headers, 'date')),
          },
        }
      } catch (cause) {
        return failure(cause, status)
      }
    },
    close: () => agent.destroy(),
  }
}

/** The problem document of an answer, if it has one. */
export function problemOf(answer: Answer): Problem | null {
  return problemSchema.safeParse(answer.json).data ?? null
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

function header(headers: Headers, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

function whyStranger(status: number, headers: Headers): string | null {
  if (status >= 300 && status < 400) return 'redirect'
  if (header(headers, MARKER.header) !== MARKER.value) return `no-marker-${status}`
  const type = header(headers, 'content-type') ?? ''
  const length = header(headers, 'content-length')
  const isJson = /^application\/(problem\+)?json\b/i.test(type)
  return isJson || length === '0' || status === 204 ? null : 'not-json'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Retry-After (RFC 9110, 10.2.3) as a delay. A date is read against the answer's own Date, so a
 * wrong clock at the kiosk does no harm.
 */
export function retryAfterMs(value: string | null, date: string | null): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // Date.parse alone would make a date of almost anything.
  const at = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN
  const delay = at - Date.parse(date ?? '')
  return Number.isFinite(delay) ? Math.max(0, delay) : null
}

/** Errors that come before the connection (TCP and TLS) stands. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])
const TLS = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/

function failure(cause: unknown, status: number): Exchange {
  const code = errorCode(cause)
  // An aggregate comes from trying several addresses, all in vain.
  const causes = cause instanceof AggregateError ? cause.errors.map(errorCode) : [code]
  if (causes.every((each) => UNREACHED.has(each) || TLS.test(each))) {
    return { kind: 'unreached', cause: code }
  }
  return status === 0 ? { kind: 'broken', cause: code } : { kind: 'garbled', status, cause: code }
}

function errorCode(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  if ('code' in cause && typeof cause.code === 'string') return cause.code
  return cause.name === 'TimeoutError' ? 'timeout' : cause.name
}
