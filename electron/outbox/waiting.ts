import type { PortalCapabilities } from '../portal/index.ts'
import type { Database } from '../store/index.ts'
import { jobOf } from './decide.ts'
import { createLine, type Line } from './line.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { createPapers } from './papers.ts'
import { createRows, type EntryRow, type Row } from './rows.ts'

/** What waits, as a `Line` in memory: read once by `load`, and kept up with every move. */
export function createWaiting(
  db: Database,
  clock: { now(): number },
  capabilities: PortalCapabilities,
) {
  const rows = createRows(db)
  const papers = createPapers(db)
  const empty = (): Line =>
    createLine(clock, {
      longestPlanMs: limits.LONGEST_PLAN_MS,
      uploadPlaceBytes: limits.UPLOAD_PLACE_BYTES,
    })
  let line = empty()
  /** Filings that wait for another one, by that one's reference. */
  const dependants = new Map<string, Set<number>>()

  /** `uploadBytes`: of papers that the portal has not got; null where it has all. */
  function enter({ dependsOn, group, ...found }: EntryRow, uploadBytes: number | null): void {
    if (group === null) return line.remove(found.seq)
    const waitsForOther = dependsOn !== null && !rows.isDone(dependsOn)
    if (waitsForOther) {
      dependants.set(dependsOn, (dependants.get(dependsOn) ?? new Set()).add(found.seq))
    }
    const job = jobOf(found.state, uploadBytes !== null, capabilities)
    line.set({ ...found, group, job, waitsForOther, uploadBytes: uploadBytes ?? 0 })
  }

  /** Brings the line up to the row. */
  function refresh(seq: number): void {
    const found = rows.entry(seq)
    if (found === undefined) return line.remove(seq)
    const mayUpload = found.state === 'QUEUED' || found.state === 'UPLOADING'
    const clientRef = mayUpload ? rows.find(seq)?.clientRef : undefined
    enter(found, clientRef === undefined ? null : papers.waitingBytes(clientRef))
  }

  return {
    line: (): Line => line,
    refresh,

    /** Reads what waits. Whatever was changed behind this mirror's back is known from here on. */
    load(): void {
      line = empty()
      dependants.clear()
      const waiting = papers.allWaitingBytes()
      for (const found of rows.entries()) enter(found, waiting.get(found.seq) ?? null)
      for (const seq of rows.dependent()) refresh(seq)
    },

    /** A filing that was just taken in, without looking into the store again. */
    entered: enter,

    /** The filing's row has changed. */
    moved({ seq, clientRef }: Pick<Row, 'seq' | 'clientRef'>): void {
      refresh(seq)
      const waiting = dependants.get(clientRef)
      if (waiting === undefined || !rows.isDone(clientRef)) return
      dependants.delete(clientRef)
      for (const one of waiting) refresh(one)
    },
  }
}
