import { Agent, request } from 'undici'
import { err, ok, type Result } from '../../../../shared/domain/result.ts'
import type { Timers } from '../../../timers.ts'
import { decodeIpp, encodeIpp, IPP_LIMITS, type IppMessage } from './codec.ts'

/**
 * How an exchange failed. `unreachable`: there was no line, so nothing was sent. `cut`: the line
 * broke; `late`: it stood until the deadline, and nothing came: both may have been sent. `not-ipp`:
 * something else answers at that address.
 */
export type ExchangeProblem = 'unreachable' | 'cut' | 'late' | 'not-ipp'

/** For a line to stand; a printer that is away does not say so. */
const CONNECT_MS = 1_000

/** One printer's address over HTTP (RFC 8010, 4), on one line that is kept. One question at a time. */
export type IppExchange = {
  ask(
    message: IppMessage,
    deadlineMs: number,
    document?: Uint8Array,
  ): Promise<Result<IppMessage, ExchangeProblem>>
  close(): Promise<void>
}

/** `ipp:` is HTTP on port 631, `ipps:` the same over TLS. */
export function openExchange(uri: string, timers: Timers): IppExchange {
  const url = httpUrl(uri)
  const agent = new Agent({
    keepAliveTimeout: 4_000,
    connections: 1,
    connect: { timeout: CONNECT_MS },
  })
  let lines = 0
  agent.on('connect', () => (lines += 1))
  agent.on('disconnect', () => (lines -= 1))
  return {
    async ask(message, deadlineMs, document) {
      const attempt = new AbortController()
      let late: ExchangeProblem | null = null
      const cancel = timers.after(deadlineMs, () => {
        late = lines > 0 ? 'late' : 'unreachable'
        attempt.abort()
      })
      const head = encodeIpp(message)
      try {
        const answer = await request(url, {
          method: 'POST',
          dispatcher: agent,
          signal: attempt.signal,
          headers: { 'content-type': 'application/ipp' },
          body: document ? Buffer.concat([head, document]) : head,
        })
        const type = String(answer.headers['content-type'] ?? '')
        if (answer.statusCode !== 200 || !type.startsWith('application/ipp')) {
          await answer.body.dump({ limit: IPP_LIMITS.MESSAGE_BYTES })
          return err('not-ipp')
        }
        const pieces: Buffer[] = []
        let size = 0
        for await (const piece of answer.body) {
          const bytes = Buffer.from(piece)
          pieces.push(bytes)
          size += bytes.length
          // Leaving the loop ends the line.
          if (size > IPP_LIMITS.MESSAGE_BYTES) return err('not-ipp')
        }
        const decoded = decodeIpp(Buffer.concat(pieces))
        return decoded.ok ? ok(decoded.value) : err('not-ipp')
      } catch (cause) {
        return err(late ?? (NOT_SENT.has(codeOf(cause)) ? 'unreachable' : 'cut'))
      } finally {
        cancel()
      }
    },
    close: () => agent.destroy(),
  }
}

/** Errors before a connection stood. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const codeOf = (cause: unknown) =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''

function httpUrl(uri: string): string {
  const { protocol, hostname, port, pathname } = new URL(uri)
  const scheme = protocol === 'ipps:' || protocol === 'https:' ? 'https' : 'http'
  const usual = protocol.startsWith('ipp') ? '631' : ''
  const at = port || usual
  return `${scheme}://${hostname}${at === '' ? '' : `:${at}`}${pathname || '/'}`
}
