import { PAGE_MAX_BYTES, PAPERS_PATH } from '../../shared/contract/index.ts'
import type { Timers } from '../timers.ts'
import { CACHE_CONTROL, securityHeaders } from './headers.ts'
import { paperQuestionSchema, type PaperAnswered, type PaperQuestion } from './paper-link.ts'

/** How long the core may take for one page; sealing one takes a few milliseconds. */
export const PAPER_ANSWER_MS = 20_000

/** So many requests at a time, each with a page in memory; a paper has 12 pages at most. */
export const PAPERS_AT_ONCE = 16

/** What is known of a question before its body is read. */
const headSchema = paperQuestionSchema.omit({ body: true })

/** Main's part between page and core. */
export interface PaperPassage {
  /** The answer to a request below `PAPERS_PATH`; null for any other. */
  answer(request: Request): Promise<Response> | null
  hear(id: number, answer: PaperAnswered): void
  /** The core is gone, and whatever it was asked with it. */
  coreGone(): void
}

/**
 * Passes a page's requests for papers on to the core. `send` is false while there is no core: the
 * page then tries again when it has the next one's word.
 */
export function passPapers(
  send: (id: number, question: PaperQuestion) => boolean,
  timers: Pick<Timers, 'after'>,
): PaperPassage {
  const waiting = new Map<number, (answer: PaperAnswered | null) => void>()
  let asked = 0
  let underWay = 0

  async function ask(question: PaperQuestion): Promise<PaperAnswered | null> {
    asked += 1
    const id = asked
    const { promise, resolve } = Promise.withResolvers<PaperAnswered | null>()
    waiting.set(id, resolve)
    const cancel = timers.after(PAPER_ANSWER_MS, () => resolve(null))
    if (!send(id, question)) resolve(null)
    try {
      return await promise
    } finally {
      cancel()
      waiting.delete(id)
    }
  }

  async function pass(request: Request, token: string): Promise<Response> {
    const contentType = request.headers.get('content-type')
    const head = headSchema.safeParse({ method: request.method, token, contentType })
    if (!head.success) return refuse(statusOf(head.error.issues[0]?.path[0]))
    const body = await bounded(request)
    if (body === null) return refuse(413)
    const answered = await ask({ ...head.data, body })
    return answered === null ? refuse(503) : respond(answered)
  }

  async function passInTurn(request: Request, token: string): Promise<Response> {
    if (underWay >= PAPERS_AT_ONCE) return refuse(503)
    underWay += 1
    try {
      return await pass(request, token)
    } finally {
      underWay -= 1
    }
  }

  return {
    answer(request) {
      const { pathname } = new URL(request.url)
      return pathname.startsWith(PAPERS_PATH)
        ? passInTurn(request, pathname.slice(PAPERS_PATH.length))
        : null
    },
    hear: (id, answer) => waiting.get(id)?.(answer),
    coreGone() {
      for (const resolve of waiting.values()) resolve(null)
    },
  }
}

/** The body, or null where it is longer than a page. */
async function bounded(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length')) > PAGE_MAX_BYTES) return null
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > PAGE_MAX_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The status for a part of the question that the core would not take. */
function statusOf(part: PropertyKey | undefined): 403 | 405 | 415 {
  if (part === 'method') return 405
  return part === 'contentType' ? 415 : 403
}

function refuse(status: 403 | 405 | 413 | 415 | 503): Response {
  return respond({ status, contentType: null, body: new Uint8Array() })
}

function respond({ status, contentType, body }: PaperAnswered): Response {
  const headers = {
    ...securityHeaders(),
    'Cache-Control': CACHE_CONTROL.DATA,
    ...(contentType === null ? {} : { 'Content-Type': contentType }),
  }
  return new Response(new Uint8Array(body), { status, headers })
}
