import type { IncomingMessage, ServerResponse } from 'node:http'
import { PAGE_MAX_BYTES } from '../shared/contract/index.ts'
import type { PaperAnswer, PaperRequest } from './papers/index.ts'
import { CACHE_CONTROL, securityHeaders } from './shell/headers.ts'

/** Answers a page's request for a paper, whatever carries it. */
export type AnswerPaper = (request: PaperRequest) => Promise<PaperAnswer>

/** Headers of an answer; the same in both shells. */
export function paperHeaders({ contentType, body, status }: PaperAnswer): Record<string, string> {
  return {
    ...securityHeaders(),
    'Cache-Control': CACHE_CONTROL.DATA,
    'Content-Length': String(body.byteLength),
    ...(contentType === null ? {} : { 'Content-Type': contentType }),
    ...(status === 405 ? { Allow: 'GET, POST' } : {}),
  }
}

/** Serves one request for a paper over HTTP. A page that goes away in mid-body gets no answer. */
export async function servePaper(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  answer: AnswerPaper,
): Promise<void> {
  const length = request.headers['content-length']
  try {
    const answered = await answer({
      method: request.method ?? '',
      token,
      contentType: request.headers['content-type'] ?? null,
      contentLength: length === undefined ? null : Number(length),
      body: request,
    })
    // Read to its end, else the page meets a broken line in mid-body and never hears why.
    if (!request.complete && !request.destroyed) await drain(request)
    // What was refused unread must not be read as the next request.
    const rest = request.complete ? {} : { Connection: 'close' }
    response.writeHead(answered.status, { ...paperHeaders(answered), ...rest }).end(answered.body)
  } catch {
    response.destroy()
  }
}

/** Bytes of a refused body that are read for its answer's sake. */
const DRAIN_MAX_BYTES = 2 * PAGE_MAX_BYTES

async function drain(request: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const part of request) {
    if (part instanceof Uint8Array) bytes += part.length
    if (bytes > DRAIN_MAX_BYTES) return
  }
}
