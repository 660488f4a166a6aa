import type { IncomingMessage, ServerResponse } from 'node:http'
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
    // What was refused unread must not be read as the next request.
    const rest = request.complete ? {} : { Connection: 'close' }
    response.writeHead(answered.status, { ...paperHeaders(answered), ...rest }).end(answered.body)
  } catch {
    response.destroy()
  }
}
