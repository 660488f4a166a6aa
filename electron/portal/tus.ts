import { Readable } from 'node:stream'
import type { PaperUpload, UploadOutcome } from './adapter.ts'
import { PORTAL_PATHS } from './contract.ts'
import { problemOf, type createExchange } from './exchange.ts'
import {
  ended,
  isGone,
  numberIn,
  odd,
  refusalOf,
  refused,
  silence,
  withOffset,
  type Found,
} from './tus-answers.ts'
import { nextChunkBytes, pieceBytesOf, UPLOAD_LIMITS as limits } from './upload-limits.ts'

/** Waits of an upload, of `UPLOAD_LIMITS`; tests sit out shorter ones. */
export type UploadTimeouts = {
  readonly NO_PROGRESS_MS: number
  readonly CHUNK_TOTAL_MS: number
}

type TusDeps = {
  readonly exchange: ReturnType<typeof createExchange>
  /** Address under which `/v1/…` lies, without a slash at its end. */
  readonly root: string
  /** Sent with every request: which kiosk it is for. */
  readonly headers: (kioskId?: string) => Readonly<Record<string, string>>
  readonly timeouts: UploadTimeouts
}

const TUS = { 'tus-resumable': '1.0.0' } as const

/**
 * The kiosk's end of tus 1.0: creation, HEAD, PATCH, termination, expiration. The portal's offset
 * is the only one that counts, and only where it can be true; what lies there is proved by the
 * digests in the filing, not here.
 */
export function createTus({ exchange, root, headers, timeouts }: TusDeps) {
  /** What the line has carried so far decides about the next paper too. */
  let chunkBytes: number = limits.CHUNK_FIRST_BYTES

  async function upload(job: PaperUpload, signal?: AbortSignal): Promise<UploadOutcome> {
    let { url } = job
    let offset: number | null = null
    for (let looks = 0; looks < limits.LOOKS_PER_TURN; looks += 1) {
      const found: Found = url === null ? await create(job, signal) : await look(url, job, signal)
      if (found.kind === 'end') return withOffset(found.outcome, offset)
      if (found.kind === 'gone') {
        if (!mayBeginAnew(job)) return { kind: 'yielded', offset: 0 }
        url = null
        continue
      }
      if (found.kind === 'at' || found.kind === 'known') {
        if (found.url !== url) job.located(found.url)
        url = found.url
      }
      if (found.kind !== 'at') continue
      offset = found.offset
      const sent: Found | { readonly kind: 'done' } = await sendFrom(found, job, signal, (at) => {
        offset = at
      })
      if (sent.kind === 'done') return { kind: 'complete' }
      if (sent.kind === 'end') return withOffset(sent.outcome, offset)
      if (sent.kind === 'gone') {
        if (!mayBeginAnew(job)) return { kind: 'yielded', offset: 0 }
        url = null
      }
    }
    return { kind: 'interrupted', offset, cause: 'never-agreed', answered: true }
  }

  /** An upload may be gone because staff have taken the filing back: then nothing is sent again. */
  function mayBeginAnew(job: PaperUpload): boolean {
    job.located(null)
    return job.goOn(0)
  }

  async function create(job: PaperUpload, signal?: AbortSignal): Promise<Found> {
    const { clientRef, paper, kioskId } = job
    const metadata = Object.entries({
      client_ref: clientRef,
      attachment_id: paper.id,
      sha256: paper.sha256,
    }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    const result = await exchange.ask({
      method: 'POST',
      url: root + PORTAL_PATHS.uploads,
      headers: {
        ...headers(kioskId),
        ...TUS,
        'content-length': '0',
        'upload-length': String(paper.size),
        'upload-metadata': metadata.join(','),
      },
      bodiless: true,
      signal,
    })
    if (result.kind !== 'answer') return ended(silence(result))
    const { answer } = result
    if (answer.status !== 200 && answer.status !== 201) return ended(refusalOf(answer))
    const location = answer.header('location') ?? ''
    const url = URL.parse(location, root + PORTAL_PATHS.uploads)
    // A foreign address would be given a citizen's paper.
    if (location === '' || url?.origin !== new URL(root).origin) {
      return ended(odd('foreign-location'))
    }
    return answer.status === 201
      ? { kind: 'at', url: url.href, offset: 0 }
      : { kind: 'known', url: url.href }
  }

  async function look(
    url: string,
    { kioskId, paper: { size } }: PaperUpload,
    signal?: AbortSignal,
  ): Promise<Found> {
    const result = await exchange.ask({
      method: 'HEAD',
      url,
      headers: { ...headers(kioskId), ...TUS },
      bodiless: true,
      signal,
    })
    if (result.kind !== 'answer') return ended(silence(result))
    const { answer } = result
    if (isGone(answer)) return { kind: 'gone' }
    if (answer.status !== 200 && answer.status !== 204) return ended(refusalOf(answer))
    const offset = numberIn(answer, 'upload-offset')
    const length = numberIn(answer, 'upload-length') ?? size
    if (offset === null) return ended(odd('no-offset'))
    if (offset <= size && length === size) return { kind: 'at', url, offset }
    // It cannot be the upload of this paper, whatever it is.
    await drop(url, signal, kioskId)
    return { kind: 'gone' }
  }

  /** Piece after piece until the end, or until something else than the next offset comes. */
  async function sendFrom(
    from: Extract<Found, { kind: 'at' }>,
    job: PaperUpload,
    signal: AbortSignal | undefined,
    reached: (offset: number) => void,
  ): Promise<Found | { readonly kind: 'done' }> {
    const { size } = job.paper
    let { offset } = from
    while (offset < size) {
      const bytes = Math.min(chunkBytes, size - offset)
      const began = performance.now()
      const found = await send(from.url, offset, bytes, job, signal)
      if (found.kind === 'too-large') {
        if (bytes <= limits.CHUNK_MIN_BYTES) return ended(refused('too-large'))
        chunkBytes = Math.max(limits.CHUNK_MIN_BYTES, Math.floor(bytes / 2))
        continue
      }
      if (found.kind !== 'at') return found
      // The rest of a paper says less about the line than a whole piece does.
      if (bytes === chunkBytes) chunkBytes = nextChunkBytes(bytes, performance.now() - began)
      offset = found.offset
      reached(offset)
      if (offset < size && !job.goOn(offset)) return ended({ kind: 'yielded', offset })
    }
    return { kind: 'done' }
  }

  async function send(
    url: string,
    offset: number,
    bytes: number,
    job: PaperUpload,
    signal?: AbortSignal,
  ): Promise<Found> {
    let unreadable: string | null = null
    const end = offset + bytes
    const readAt = (at: number) => {
      const ahead = limits.READ_BYTES - (at % limits.READ_BYTES)
      return job.read(at, Math.min(ahead, end - at))
    }
    const pieceBytes = pieceBytesOf(bytes)
    async function* pieces(): AsyncGenerator<Uint8Array> {
      let next = readAt(offset)
      for (let at = offset; at < end;) {
        const part = await next
        if (!part.ok || part.value.length === 0) {
          unreadable = part.ok ? 'corrupt' : part.error.code
          throw new Error('unreadable')
        }
        at += part.value.length
        // The disk and the cipher work while the line does.
        if (at < end) next = readAt(at)
        for (let from = 0; from < part.value.length; from += pieceBytes) {
          yield part.value.subarray(from, from + pieceBytes)
        }
      }
    }
    const result = await exchange.ask({
      method: 'PATCH',
      url,
      headers: {
        ...headers(job.kioskId),
        ...TUS,
        'content-type': 'application/offset+octet-stream',
        'content-length': String(bytes),
        'upload-offset': String(offset),
      },
      body: () => Readable.from(pieces()),
      bodiless: true,
      headersMs: timeouts.NO_PROGRESS_MS,
      totalMs: timeouts.CHUNK_TOTAL_MS,
      signal,
    })
    if (unreadable !== null) return ended({ kind: 'unreadable', code: unreadable })
    if (result.kind !== 'answer') {
      // A line that breaks loses a piece; smaller ones lose less.
      chunkBytes = Math.max(limits.CHUNK_MIN_BYTES, Math.floor(chunkBytes / 2))
      return ended(silence(result))
    }
    const { answer } = result
    if (isGone(answer)) return { kind: 'gone' }
    switch (answer.status) {
      case 200:
      case 204: {
        const reached = numberIn(answer, 'upload-offset')
        const isTrue = reached !== null && reached > offset && reached <= offset + bytes
        return isTrue ? { kind: 'at', url, offset: reached } : { kind: 'unsure' }
      }
      case 409:
        return problemOf(answer) === null ? { kind: 'unsure' } : ended(refusalOf(answer))
      case 423:
      case 460:
        return { kind: 'unsure' }
      case 413:
        return { kind: 'too-large' }
      default:
        return ended(refusalOf(answer))
    }
  }

  async function drop(url: string, signal?: AbortSignal, kioskId?: string): Promise<void> {
    await exchange.ask({
      method: 'DELETE',
      url,
      headers: { ...headers(kioskId), ...TUS },
      bodiless: true,
      signal,
    })
  }

  return { upload, drop }
}
