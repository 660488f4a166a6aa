import type { UploadOutcome } from '../portal/index.ts'
import { openFilingKey } from '../store/index.ts'
import { crashPoint } from './crash-point.ts'
import { afterUpload, codeOfUpload, signOfUpload } from './decide-upload.ts'
import type { OutboxChange, OutboxDeps } from './ports.ts'
import type { WaitingPaper } from './papers.ts'
import type { PortalWatch } from './portal-watch.ts'
import type { Queue, UploadWork } from './queue.ts'
import type { Row } from './rows.ts'

type UploaderDeps = Pick<OutboxDeps, 'portal' | 'keys' | 'files' | 'clock' | 'random' | 'log'> & {
  readonly queue: Queue
  readonly watch: PortalWatch
  readonly tell: (change: OutboxChange) => void
  /** A filing has all its papers at the portal. */
  readonly onReady: () => void
}

type Job = Extract<UploadWork, { kind: 'upload' }>

/**
 * Brings the papers to the portal, one at a time, beside the filings that are sent: a filing
 * without papers never waits for a scan of somebody else. Gives what to do next: milliseconds to
 * wait, or null until it is woken.
 */
export function createUploader(deps: UploaderDeps) {
  const { portal, keys, files, queue, watch, clock, log, tell } = deps

  async function turn(signal: AbortSignal): Promise<number | null> {
    while (!signal.aborted) {
      if (watch.isOpen()) return null
      const restMs = watch.restMs()
      if (restMs > 0) return restMs
      const work = queue.nextUpload()
      if (work === null) return null
      if (work.kind === 'later') return work.atMs - clock.now()
      if (work.kind === 'ready') {
        tell({ kind: 'filing', clientRef: work.clientRef, state: 'READY' })
        deps.onReady()
      } else await bring(work, signal)
    }
    return null
  }

  async function bring({ row, paper, begins }: Job, signal: AbortSignal): Promise<void> {
    const { clientRef } = row
    const startedMs = clock.now()
    if (begins) tell({ kind: 'filing', clientRef, state: 'UPLOADING' })
    const outcome = await upload(row, paper, signal)
    crashPoint('upload-unrecorded')
    const code = codeOfUpload(outcome)
    log('uploaded', { clientRef, outcome: code })
    const { paper: progress, filing } = afterUpload(outcome, paper, deps.random())
    const turnEnd = {
      paperId: paper.id,
      progress,
      startedMs,
      outcome: code,
      httpStatus: null,
      bytes: Math.max(0, progress.offset - paper.offset),
    }
    if (queue.settleUpload(row, filing, turnEnd) && filing?.to === 'NEEDS_STAFF') {
      tell({ kind: 'filing', clientRef, state: 'NEEDS_STAFF' })
    }
    // A turn that was broken off here says nothing of the portal.
    if (signal.aborted) return
    if (outcome.kind === 'wait') watch.rest(outcome.ms)
    const sign = signOfUpload(outcome, { clientRef, offset: paper.offset })
    if (sign !== null) watch.note(sign)
  }

  async function upload(
    row: Row,
    paper: WaitingPaper,
    signal: AbortSignal,
  ): Promise<UploadOutcome> {
    const key = openFilingKey(keys, queue.sealed(row))
    if (!key.ok) return { kind: 'unreadable', code: key.error.code }
    const reader = await files.openPaper(row.clientRef, key.value, paper.id)
    if (!reader.ok) return { kind: 'unreadable', code: reader.error.code }
    if (reader.value.size !== paper.size) {
      await reader.value.close()
      return { kind: 'unreadable', code: 'corrupt' }
    }
    try {
      return await portal.upload(
        {
          clientRef: row.clientRef,
          kioskId: row.kioskId,
          paper: { id: paper.id, sha256: paper.sha256, size: paper.size },
          url: paper.url,
          read: reader.value.read,
          located(url) {
            crashPoint('upload-unlocated')
            queue.locate(row, paper.id, url)
          },
          goOn() {
            crashPoint('piece-confirmed')
            // Staff may have taken the filing away, or a smaller one may have come.
            return queue.isNextUpload(row)
          },
        },
        signal,
      )
    } finally {
      await reader.value.close()
    }
  }

  return { turn }
}
