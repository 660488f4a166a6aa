import type { Journal } from '../audit/index.ts'
import type { ManifestEntry, PortalCapabilities } from '../portal/index.ts'
import type { Sealed, Store } from '../store/index.ts'
import { createAttempts, type AttemptEnd } from './attempts.ts'
import { step, type AskedState, type SendableState, type Step } from './decide.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { createMoves, type Claim, type Question, type UploadTurn } from './moves.ts'
import { createPapers, type WaitingPaper } from './papers.ts'
import { createRows, type Row } from './rows.ts'
import type { OutboxCounts, SubmissionState } from './submission.ts'
import { createTombstones } from './tombstones.ts'
import { createWaiting } from './waiting.ts'

/** A filing that the portal is asked about. */
export type Asked = { readonly row: Row & { readonly state: AskedState } }

/** What the sender does next. */
export type Work =
  | { readonly kind: 'send'; readonly row: Row; readonly from: SendableState }
  | { readonly kind: 'ask'; readonly filings: readonly Asked[] }
  | { readonly kind: 'later'; readonly atMs: number }

/** What the uploader does next. */
export type UploadWork =
  /** The filing is UPLOADING; `begins`: it has just become so. */
  | {
      readonly kind: 'upload'
      readonly row: Row
      readonly paper: WaitingPaper
      readonly begins: boolean
    }
  /** All its papers are complete, and it has become READY. */
  | { readonly kind: 'ready'; readonly clientRef: string }
  | { readonly kind: 'later'; readonly atMs: number }

type QueueDeps = {
  readonly store: Store
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly capabilities: PortalCapabilities
  /** Names this run of the core in the leases. */
  readonly bootId: string
}

/** The delivery states in the store (`moves.ts`), and who is next (`waiting.ts`). */
export function createQueue({ store, journal, clock, capabilities, bootId }: QueueDeps) {
  const { db } = store
  const rows = createRows(db)
  const papers = createPapers(db)
  const attempts = createAttempts(db, clock)
  const moves = createMoves({ db, journal, clock, capabilities, bootId })
  const waiting = createWaiting(db, clock, capabilities)
  const dropTombstones = createTombstones(db)
  let deliveredAndErased = 0

  function load(): void {
    waiting.load()
    deliveredAndErased = rows.delivered()
  }

  function rowOf(seq: number): Row {
    const row = rows.find(seq)
    if (row === undefined) throw new Error(`filing ${seq} is in the line and not in the store`)
    return row
  }

  function send(seq: number): Work | null {
    const row = rowOf(seq)
    const { state } = row
    const isSendable = state === 'QUEUED' || state === 'READY' || state === 'IN_DOUBT'
    return isSendable ? { kind: 'send', row, from: state } : null
  }

  function ask(seq: number): Work | null {
    const line = waiting.line()
    const seqs = capabilities.statusBatch ? line.dueAsks(limits.ASKED_AT_ONCE) : [seq]
    const filings = seqs.flatMap((one) => {
      const row = rowOf(one)
      const { state } = row
      if (state === 'IN_DOUBT' || state === 'PROCESSING') return [{ row: { ...row, state } }]
      waiting.refresh(one)
      return []
    })
    return filings.length === 0 ? null : { kind: 'ask', filings }
  }

  /** Its next paper: the first makes it UPLOADING, after the last it is READY. */
  function upload(seq: number): UploadWork | null {
    const row = rowOf(seq)
    const paper = papers.waiting(row.clientRef)
    if (row.state === 'UPLOADING') {
      if (paper !== undefined) return { kind: 'upload', row, paper, begins: false }
      const isReady = stepOn(row, step('READY', 0, 'papers-complete'))
      return isReady ? { kind: 'ready', clientRef: row.clientRef } : null
    }
    if (row.state !== 'QUEUED' || paper === undefined) return null
    if (!stepOn(row, step('UPLOADING', 0, 'upload'))) return null
    const begun: Row = { ...row, state: 'UPLOADING', rev: row.rev + 1 }
    return { kind: 'upload', row: begun, paper, begins: true }
  }

  function stepOn(row: Row, next: Step): boolean {
    const done = moves.step(row, next, 'outbox')
    waiting.moved(row)
    return done
  }

  function move(row: Row, next: Step, actor: string): boolean {
    const done = moves.move(row, next, actor)
    waiting.moved(row)
    return done
  }

  return {
    /** Reads what waits. Whatever was changed behind this queue's back is known from here on. */
    load,

    /** A filing that was just taken in, without looking into the store again. */
    entered(taken: {
      seq: number
      groupKey: Uint8Array
      nextAtMs: number
      dependsOn: string | null
      uploadBytes: number | null
    }) {
      const { groupKey, uploadBytes, ...rest } = taken
      const group = Buffer.from(groupKey).toString('latin1')
      waiting.entered({ ...rest, state: 'QUEUED', group }, uploadBytes)
    },

    /** What to send or ask now, or when; null where nothing is planned. */
    next(): Work | null {
      for (;;) {
        const next = waiting.line().next()
        if (next === null) return null
        if ('atMs' in next) return { kind: 'later', atMs: next.atMs }
        const work = next.job === 'ask' ? ask(next.seq) : send(next.seq)
        if (work !== null) return work
        // The row says otherwise: the line was behind.
        waiting.refresh(next.seq)
      }
    },

    /** What to upload now, or when; null where nothing is planned. */
    nextUpload(): UploadWork | null {
      for (;;) {
        const next = waiting.line().nextUpload()
        if (next === null) return null
        if ('atMs' in next) return { kind: 'later', atMs: next.atMs }
        const work = upload(next.seq)
        if (work !== null) return work
        waiting.refresh(next.seq)
      }
    },

    /** Nothing is on its way to the portal, and nothing could leave now. */
    isIdle(): boolean {
      const line = waiting.line()
      const isDue = (next: object | null) => next !== null && 'seq' in next
      return line.inState('SENDING') === 0 && !isDue(line.next()) && !isDue(line.nextUpload())
    },

    /** Whether an upload that runs is still the one to run. */
    isNextUpload({ seq }: Row): boolean {
      const next = waiting.line().nextUpload()
      return next !== null && 'seq' in next && next.seq === seq
    },

    row: (clientRef: string): Row | undefined => rows.findRef(clientRef),
    sealed: (row: Row): Sealed => rows.sealed(row.seq),
    papers: (row: Row): ManifestEntry[] => papers.manifest(row.clientRef),
    /** Where uploads of the filing lie at the portal. */
    uploads: (row: Row): string[] => papers.urls(row.clientRef),

    /** Questions about it since it was last sent. */
    asks: (row: Row): number => attempts.asks(row.clientRef),
    /** Answers so far that only looked like a receipt. */
    lies: (row: Row): number => attempts.lies(row.clientRef),
    /** Other filings accepted since this one was first tried, as far as it matters. */
    othersAccepted: (row: Row): number =>
      row.itemFailures + 1 < limits.POISON_FAILURES ? 0 : attempts.othersAccepted(row.clientRef),

    /** Commits SENDING before the first byte goes out. */
    claim(row: Row, from: SendableState, bytes: number): Claim | null {
      const claimed = moves.claim(row, from, bytes)
      waiting.moved(row)
      return claimed
    },

    /** How the attempt ended, and what becomes of the filing: one commit. */
    settle(claimed: Claim, next: Step, end: AttemptEnd): boolean {
      const done = moves.settle(claimed, next, end)
      waiting.moved(claimed.row)
      return done
    },

    /** The same of a filing that was accepted and is erased next. */
    settleAccepted(claimed: Claim, next: Step, end: AttemptEnd): boolean {
      const done = moves.settleAccepted(claimed, next, end)
      waiting.moved(claimed.row)
      return done
    },

    /** What the portal said, and what becomes of the filing: one commit. */
    settleAsk(row: Row, next: Step, question: Question): boolean {
      const done = moves.settleAsk(row, next, question)
      waiting.moved(row)
      return done
    },

    locate: moves.locate,

    /** What a turn of an upload brought, and what becomes of the filing: one commit. */
    settleUpload(row: Row, next: Step | null, turn: UploadTurn): boolean {
      const done = moves.settleUpload(row, next, turn)
      waiting.moved(row)
      return done
    },

    noteQuestion: moves.noteQuestion,
    noteOnly: moves.noteOnly,
    move,

    /** After a restart nobody knows what became of a filing in SENDING. Loads the line. */
    recover(): readonly { row: Row; to: SubmissionState }[] {
      const changed = moves.recover()
      load()
      return changed
    },

    /** Filings that were accepted so long ago, or by a clock that was set back since. */
    accepted: (agoMs: number): Row[] => rows.accepted(clock.now(), agoMs),

    /** Drops contents, keys and the link to the citizen; receipt and dossier code remain. */
    erase(all: readonly Row[], code: string, actor: string): readonly Row[] {
      const done = moves.erase(all, code, actor)
      deliveredAndErased += done.filter((row) => row.state === 'ACCEPTED').length
      for (const row of all) waiting.moved(row)
      return done
    },

    /** What waits after a failure goes now: the portal is back. What it asked to wait, waits. */
    hurry(): void {
      if (moves.hurry() > 0) load()
    },

    /** Tombstones erased before `beforeMs` go, a batch at a time; how many went. */
    purge(beforeMs: number): number {
      const went = dropTombstones(beforeMs)
      if (went > 0) deliveredAndErased = rows.delivered()
      return went
    },

    counts(): OutboxCounts {
      const line = waiting.line()
      const needsStaff = line.inState('NEEDS_STAFF')
      const accepted = line.inState('ACCEPTED')
      return {
        waiting: line.size() - needsStaff - accepted,
        needsStaff,
        delivered: deliveredAndErased + accepted,
      }
    },
  }
}

/** The queue of one open store. */
export type Queue = ReturnType<typeof createQueue>
