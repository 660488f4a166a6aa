import { createJournal } from './audit/index.ts'
import type { Admission } from './admission.ts'
import type { Log } from './log.ts'
import {
  decodeKeptDraft,
  encodeKeptDraft,
  type KeptDraftsPort,
  type KeptFound,
} from './session/index.ts'
import {
  cardKey,
  keptDraftTimes,
  loadKeptDraft,
  putKeptDraft,
  shiftKeptDrafts,
  transaction,
  wipeKeptDraft,
  type KeyProvider,
  type Store,
} from './store/index.ts'
import type { Timers } from './timers.ts'
import { createIsWritten } from './written.ts'

/** Limits of what a citizen has let the kiosk keep. */
export const KEPT_DRAFT_LIMITS = {
  /**
   * A citizen is promised that nothing is kept longer than 24 hours; the five minutes less are those
   * by which a clock may have been set back while no core was running.
   */
  KEEP_MS: 24 * 3_600_000 - 5 * 60_000,
  /** A draft from further ahead than this is from a wrong clock: nobody knows how old it is. */
  AHEAD_MS: 5 * 60_000,
  /** The clock is compared with one that never jumps at least this often while drafts are kept. */
  SWEEP_MS: 60_000,
  /** How long a draft that could not be erased waits for the next try. */
  ERASE_AGAIN_MS: 5_000,
} as const

type KeptDraftsDeps = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly admission: Pick<Admission, 'giveRoom'>
  /** Wall clock, ms since the epoch. */
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
}

/** Why a kept draft is erased, as the journal has it. */
type Why = Parameters<KeptDraftsPort['erase']>[1] | 'expired' | 'unreadable' | 'other-version'

/** Whether a draft has been kept for as long as it may be. */
export function isOver(keptAtMs: number, nowMs: number): boolean {
  const age = nowMs - keptAtMs
  return age >= KEPT_DRAFT_LIMITS.KEEP_MS || age < -KEPT_DRAFT_LIMITS.AHEAD_MS
}

/**
 * What citizens have let the kiosk keep for a day, each found by its card alone. Whatever is over is
 * erased at start, when its time comes, and before it is looked for. The journal says what became of
 * drafts, and not whose they were.
 */
export function createKeptDrafts(deps: KeptDraftsDeps): KeptDraftsPort & { close(): void } {
  const { store, keys, admission, now, timers, log } = deps
  const journal = createJournal(store.db)
  let cancelSweep = () => {}
  let clocks = { wallMs: now(), monoMs: timers.now() }
  /** What is to be erased and still lies there, by its key in hexadecimal. */
  const owed = new Map<string, { readonly key: Uint8Array; readonly why: Why }>()
  /** Erased rows may still stand in the log, because a reader held it. */
  let logToEmpty = false

  const attempt = createIsWritten({ admission, log, event: 'kept-draft-not-written' })
  const isWritten = (run: () => void) => attempt(transaction(store.db, run))

  function note(from: string | null, to: string | null, reason: string): void {
    journal.append({ clientRef: null, actor: 'kiosk', from, to, reason, atMs: now() })
  }

  /** Erases all that is owed; true once nothing of it is left. */
  function settle(): boolean {
    if (owed.size > 0) {
      const isWiped = isWritten(() => {
        for (const { key, why } of owed.values()) {
          if (wipeKeptDraft(store, key)) note('KEPT', 'ERASED', `kept-draft-${why}`)
        }
      })
      if (!isWiped) return false
      owed.clear()
      logToEmpty = true
    }
    if (logToEmpty) logToEmpty = !store.checkpointTruncate()
    return !logToEmpty
  }

  function owe(key: Uint8Array, why: Why): void {
    owed.set(Buffer.from(key).toString('hex'), { key, why })
  }

  /** A clock that is set back takes what is kept along, so that it becomes no younger. */
  function followClock(): void {
    const wallMs = now()
    const monoMs = timers.now()
    const drift = wallMs - clocks.wallMs - (monoMs - clocks.monoMs)
    if (drift < -1_000 && !isWritten(() => shiftKeptDrafts(store, Math.round(drift)))) return
    if (drift >= 0 || drift < -1_000) clocks = { wallMs, monoMs }
  }

  function sweep(): void {
    cancelSweep()
    if (!store.db.open) return
    followClock()
    const kept = keptDraftTimes(store)
    for (const { key, keptAtMs } of kept) if (isOver(keptAtMs, now())) owe(key, 'expired')
    if (!settle()) {
      cancelSweep = timers.after(KEPT_DRAFT_LIMITS.ERASE_AGAIN_MS, sweep)
      return
    }
    const first = kept.find(({ keptAtMs }) => !isOver(keptAtMs, now()))
    if (first === undefined) return
    const left = first.keptAtMs + KEPT_DRAFT_LIMITS.KEEP_MS - now()
    cancelSweep = timers.after(Math.min(left, KEPT_DRAFT_LIMITS.SWEEP_MS), sweep)
  }

  /** What is kept for a card, opened; null where there is nothing. */
  function open(key: Uint8Array): KeptFound {
    const row = loadKeptDraft(store, keys, key)
    if (!row.ok) return { ok: false, error: { code: 'unreadable' } }
    return row.value === null ? null : decodeKeptDraft(row.value.payload)
  }

  sweep()
  return {
    keep(number, draft) {
      const key = cardKey(keys, number)
      // Its clock starts now, by the clock that the others follow.
      followClock()
      const row = { payload: encodeKeptDraft(draft), keptAtMs: now() }
      const isKept = isWritten(() => {
        if (wipeKeptDraft(store, key)) note('KEPT', 'ERASED', 'kept-draft-replaced')
        putKeptDraft(store, keys, key, row)
        note(null, 'KEPT', 'kept-draft-agreed')
      })
      if (isKept) owed.delete(Buffer.from(key).toString('hex'))
      logToEmpty = true
      sweep()
      return isKept
    },
    find(number) {
      sweep()
      const key = cardKey(keys, number)
      // It is to go, and the disk has not let it go yet.
      if (owed.has(Buffer.from(key).toString('hex'))) return null
      const found = open(key)
      if (found?.ok === false) {
        log('kept-draft-refused', { code: found.error.code })
        owe(key, found.error.code)
        sweep()
      }
      return found
    },
    resumed: () => void isWritten(() => note('KEPT', 'KEPT', 'kept-draft-resumed')),
    erase(number, why) {
      owe(cardKey(keys, number), why)
      sweep()
    },
    close: () => cancelSweep(),
  }
}
