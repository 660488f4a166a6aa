import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  manifestEntrySchema,
  type ManifestEntry,
  type PaperUpload,
  type UploadOutcome,
} from '../../../electron/portal/index.ts'

/** What the portal has of one paper. */
type Kept = { readonly clientRef: string; readonly paperId: string; bytes: Buffer }

/** The line between a kiosk and the uploads. `bad`: it breaks here. */
export type UploadLine = {
  readonly bad: (how: 'unreached' | 'dropBefore' | 'dropAfter') => boolean
  readonly arrive: <T>(value: T) => Promise<T>
}

const PIECE_BYTES = 8 * 1024
const bodySchema = z.object({ attachments: z.array(manifestEntrySchema).default([]) })

/** The papers that lie at the simulated portal, and what a turn of an upload does there. */
export function createSimulatedUploads(onViolation: (sentence: string) => void) {
  const kept = new Map<string, Kept>()
  /** Lost here and not begun anew: only these papers may be missing when their filing comes. */
  const lost = new Set<string>()
  let made = 0

  const broken = (offset: number | null): UploadOutcome => {
    return { kind: 'interrupted', offset, cause: 'ECONNRESET', answered: false }
  }

  async function upload(job: PaperUpload, { bad, arrive }: UploadLine): Promise<UploadOutcome> {
    const { clientRef, paper } = job
    if (bad('unreached')) return arrive({ kind: 'not-sent', cause: 'ECONNREFUSED' })
    let { url } = job
    if (url !== null && !kept.has(url)) {
      url = await arrive(null)
      job.located(null)
      if (!job.goOn(0)) return { kind: 'yielded', offset: 0 }
    }
    if (url === null) {
      made += 1
      const fresh = `upload-${made}`
      lost.delete(`${clientRef}/${paper.id}`)
      kept.set(fresh, { clientRef, paperId: paper.id, bytes: Buffer.alloc(0) })
      if (bad('dropAfter')) return arrive(broken(null))
      url = await arrive(fresh)
      job.located(url)
    }
    const there = kept.get(url)
    if (there === undefined) return broken(null)
    let offset = await arrive(there.bytes.length)
    while (offset < paper.size) {
      const piece = await job.read(offset, Math.min(PIECE_BYTES, paper.size - offset))
      if (!piece.ok) return { kind: 'unreadable', code: piece.error.code }
      const breaks = bad('dropBefore')
      const taken = breaks ? piece.value.length >> 1 : piece.value.length
      there.bytes = Buffer.concat([there.bytes, piece.value.subarray(0, taken)])
      if (breaks || bad('dropAfter')) return arrive(broken(offset))
      offset = await arrive(there.bytes.length)
      if (offset < paper.size && !job.goOn(offset)) return { kind: 'yielded', offset }
    }
    return arrive({ kind: 'complete' })
  }

  function digestOf(clientRef: string, paperId: string): string[] {
    return [...kept.values()]
      .filter((one) => one.clientRef === clientRef && one.paperId === paperId)
      .map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))
  }

  return {
    upload,

    /** The papers that a filing lists. */
    listed: (body: Uint8Array): readonly ManifestEntry[] =>
      bodySchema.parse(JSON.parse(Buffer.from(body).toString())).attachments,

    /** Those of them that are not here. */
    missing(clientRef: string, papers: readonly ManifestEntry[]): string[] {
      const ids = papers
        .filter(({ id, sha256 }) => !digestOf(clientRef, id).includes(sha256))
        .map(({ id }) => id)
      for (const id of ids) {
        if (!lost.has(`${clientRef}/${id}`)) {
          onViolation(`papers: ${clientRef} was sent before its ${id} was here`)
        }
      }
      return ids
    },

    /** The portal loses all that it has of the first paper. */
    lose(clientRef: string, [paper]: readonly ManifestEntry[]): void {
      if (paper === undefined) return
      lost.add(`${clientRef}/${paper.id}`)
      for (const [url, one] of kept) {
        if (one.clientRef === clientRef && one.paperId === paper.id) kept.delete(url)
      }
    },
  }
}
