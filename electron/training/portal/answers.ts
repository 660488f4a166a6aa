import type { IncomingMessage, ServerResponse } from 'node:http'
import { MARKER, PORTAL_LIMITS, type Problem } from '../../portal/index.ts'

/** What the sandbox answers, before it goes out. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON text; empty for none. */
  readonly text: string
}

/** JSON with the portal's marker. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    text: JSON.stringify(body),
    headers: { 'content-type': 'application/json', [MARKER.header]: MARKER.value, ...headers },
  }
}

/** No body, with the portal's marker. */
export function bare(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, text: '', headers: { [MARKER.header]: MARKER.value, ...headers } }
}

/** A problem document with the portal's marker. */
export function problem(
  status: number,
  type: Problem['type'],
  more: Partial<Problem> = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(
    status,
    { ...more, type, status },
    { 'content-type': 'application/problem+json', ...headers },
  )
}

/** Sends a reply; the clock is the portal's, so that a kiosk can measure its own against it. */
export function sendReply(response: ServerResponse, reply: Reply, nowMs: number): void {
  response.writeHead(reply.status, {
    date: new Date(nowMs).toUTCString(),
    ...(reply.status !== 204 && { 'content-length': String(Buffer.byteLength(reply.text)) }),
    ...reply.headers,
  })
  response.end(reply.text)
}

/** The whole body, or null where it is larger than the contract allows. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request) {
    const bytes = Buffer.from(piece)
    size += bytes.length
    if (size <= PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES) pieces.push(bytes)
  }
  return size <= PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES ? Buffer.concat(pieces) : null
}
