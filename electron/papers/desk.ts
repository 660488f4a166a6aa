import { Buffer } from 'node:buffer'
import { PAGE_MAX_BYTES } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { Log } from '../log.ts'
import { checkPage, type PageProblem } from './check-page.ts'
import type { Captured, CapturedProblem } from './captured.ts'
import type { Doors, NoDoor } from './doors.ts'

/** What a page asks, whatever carries it. */
export interface PaperRequest {
  readonly method: string
  readonly token: string
  readonly contentType: string | null
  /** In bytes, where it was said before; null where nobody said it. */
  readonly contentLength: number | null
  readonly body: AsyncIterable<Uint8Array>
}

/** `image/jpeg` with 200, `{"code": …}` with what was refused, and nothing else. */
export interface PaperAnswer {
  readonly status: 200 | 201 | 403 | 405 | 410 | 413 | 415 | 507
  readonly contentType: 'image/jpeg' | 'application/json' | null
  readonly body: Uint8Array
}

/** Why nothing was taken or given. */
type Refusal = PageProblem | CapturedProblem | NoDoor | 'method' | 'content-type'

type DeskDeps = {
  readonly doors: Doors
  readonly captured: Captured
  readonly newPageId: () => string
  /** The visit hears of a sealed page; false where it does not want it any more. */
  readonly taken: (clientRef: string, component: string, page: string) => boolean
  /** Removes what a visit that has ended left. */
  readonly discard: (clientRef: string, page: string) => void
  /** An address was used: the view has a new one. */
  readonly changed: () => void
  readonly log: Log
}

/**
 * Takes one captured page, and gives the picture of one: each through an address that works once.
 * The bytes never pass through the contract between page and core.
 */
export function createDesk(deps: DeskDeps) {
  const { doors, captured, newPageId, taken, discard, changed, log } = deps

  function refuse(refusal: Refusal): PaperAnswer {
    log('paper-refused', { code: refusal })
    return {
      status: statusOf(refusal),
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify({ code: refusal })),
    }
  }

  /** Whoever still has a spent address is shown the one that holds now. */
  function shut(why: NoDoor): PaperAnswer {
    if (why === 'spent') changed()
    return refuse(why)
  }

  async function give(token: string): Promise<PaperAnswer> {
    const door = doors.use(token, 'picture')
    if (typeof door === 'string') return shut(door)
    if (door.kind !== 'picture') return refuse('unknown')
    try {
      const picture = await captured.read(door.clientRef, door.page)
      if (!picture.ok) return refuse(picture.error)
      return { status: 200, contentType: 'image/jpeg', body: picture.value }
    } finally {
      changed()
    }
  }

  /** Checks a page, seals it, and tells the visit. */
  async function keep(
    clientRef: string,
    component: string,
    bytes: Uint8Array,
  ): Promise<PageProblem | CapturedProblem | 'spent' | null> {
    const checked = await checkPage(bytes)
    if (!checked.ok) return checked.error
    const page = newPageId()
    const written = await captured.write(clientRef, page, bytes)
    if (!written.ok) return written.error
    if (taken(clientRef, component, page)) return null
    discard(clientRef, page)
    return 'spent'
  }

  async function take(request: PaperRequest): Promise<PaperAnswer> {
    const door = doors.use(request.token, 'upload')
    if (typeof door === 'string') return shut(door)
    if (door.kind !== 'upload') return refuse('unknown')
    try {
      const problem = await receive(request, (bytes) => keep(door.clientRef, door.component, bytes))
      return problem === null
        ? { status: 201, contentType: null, body: Buffer.alloc(0) }
        : refuse(problem)
    } finally {
      // Also after a refusal, and where the body breaks off: the next try has an address.
      changed()
    }
  }

  return {
    /** Answers one request; rejects only where its body breaks off. */
    async handle(request: PaperRequest): Promise<PaperAnswer> {
      if (request.method === 'GET') return give(request.token)
      if (request.method === 'POST') return take(request)
      return refuse('method')
    },
    keep,
  }
}

async function receive<P>(
  { contentType, contentLength, body }: PaperRequest,
  keep: (bytes: Uint8Array) => Promise<P>,
): Promise<P | 'content-type' | 'too-large'> {
  if (contentType !== 'image/jpeg') return 'content-type'
  if (contentLength !== null && contentLength > PAGE_MAX_BYTES) return 'too-large'
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > PAGE_MAX_BYTES) return 'too-large'
    parts.push(part)
  }
  return keep(Buffer.concat(parts))
}

function statusOf(refusal: Refusal): PaperAnswer['status'] {
  switch (refusal) {
    case 'unknown':
      return 403
    case 'method':
      return 405
    case 'spent':
    case 'damaged':
      return 410
    case 'too-large':
    case 'too-many-pixels':
      return 413
    case 'pdf':
    case 'not-a-jpeg':
    case 'broken':
    case 'unusual':
    case 'too-small':
    case 'undecodable':
    case 'content-type':
      return 415
    case 'disk':
      return 507
    default:
      return unreachable(refusal)
  }
}
