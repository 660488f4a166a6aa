import type { IncomingMessage, ServerResponse } from 'node:http'
import { MARKER, PORTAL_LIMITS, type Problem } from '../../portal/index.ts'

/** Sends JSON with the portal's marker. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, JSON.stringify(body), {
    'content-type': 'application/json',
    ...headers,
  })
}

/** Sends a problem document with the portal's marker. */
export function refuse(response: ServerResponse, status: number, problem: Problem): void {
  answer(response, status, { ...problem, status }, { 'content-type': 'application/problem+json' })
}

/** Sends text as it is, with the portal's marker. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    [MARKER.header]: MARKER.value,
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
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
