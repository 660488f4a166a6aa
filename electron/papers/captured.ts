import { Buffer } from 'node:buffer'
import { ok, err, type Result } from '../../shared/domain/result.ts'
import type { ConfirmedPaper, EnqueueRequest } from '../outbox/index.ts'
import type { SealedFiles } from '../store/index.ts'
import type { PdfPage } from './pdf.ts'

/** A captured paper as it is to be filed. */
export interface CapturedPaper {
  readonly component: string
  readonly pages: readonly { readonly id: string; readonly turns: number }[]
}

/** The files of a filing's papers, sealed under its key; `none` where it has none. */
export type ConfirmedPapers = NonNullable<EnqueueRequest['papers']> | 'none'

/** `disk`: it could not be written. `damaged`: what was sealed does not open. */
export type CapturedProblem = 'disk' | 'damaged'

/** The captured pages of visits, sealed in the folder of the filing that may come of each. */
export type Captured = ReturnType<typeof createCaptured>

export function createCaptured(files: SealedFiles) {
  async function read(clientRef: string, id: string): Promise<Result<Buffer, CapturedProblem>> {
    const key = await files.begin(clientRef)
    if (!key.ok) return err('damaged')
    const reader = await files.openPaper(clientRef, key.value, id)
    if (!reader.ok) return err('damaged')
    try {
      const bytes = await reader.value.read(0, reader.value.size)
      return bytes.ok ? ok(Buffer.from(bytes.value)) : err('damaged')
    } finally {
      await reader.value.close()
    }
  }

  async function write(
    clientRef: string,
    id: string,
    bytes: Uint8Array,
  ): Promise<Result<Omit<ConfirmedPaper, 'kind'>, CapturedProblem>> {
    const key = await files.begin(clientRef)
    if (!key.ok) return err('disk')
    const sealed = await files.writePaper(clientRef, key.value, id, [bytes])
    if (!sealed.ok) return err('disk')
    const { size, sha256 } = sealed.value
    return ok({ id, size, sha256: Buffer.from(sha256).toString('hex') })
  }

  async function pdfOf(
    clientRef: string,
    { pages }: CapturedPaper,
  ): Promise<Result<Uint8Array, CapturedProblem>> {
    const ready: PdfPage[] = []
    for (const { id, turns } of pages) {
      const jpeg = await read(clientRef, id)
      if (!jpeg.ok) return jpeg
      ready.push({ jpeg: jpeg.value, turns })
    }
    try {
      // As heavy as it is seldom wanted: not at every start.
      const { pagesToPdf } = await import('./pdf.ts')
      return ok(await pagesToPdf(ready))
    } catch {
      // The library reads less than the check of a page lets in.
      return err('damaged')
    }
  }

  return {
    /** Durable when it resolves. */
    write,
    read,
    drop: (clientRef: string, id: string) => files.removePaper(clientRef, id),
    /** Makes one PDF of each paper, beside its pages. The same papers give the same files. */
    async gather(
      clientRef: string,
      papers: readonly CapturedPaper[],
    ): Promise<Result<ConfirmedPapers, CapturedProblem>> {
      if (papers.length === 0) return ok('none')
      const list: ConfirmedPaper[] = []
      for (const [index, paper] of papers.entries()) {
        const pdf = await pdfOf(clientRef, paper)
        if (!pdf.ok) return pdf
        const written = await write(clientRef, `paper-${index + 1}`, pdf.value)
        if (!written.ok) return written
        list.push({ ...written.value, kind: paper.component })
      }
      const key = await files.begin(clientRef)
      return key.ok ? ok({ key: key.value, list }) : err('damaged')
    },
  }
}
