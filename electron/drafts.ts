import type { Admission } from './admission.ts'
import type { Log } from './log.ts'
import type { SessionPorts } from './session/index.ts'
import { eraseDraft, loadDraft, saveDraft, type KeyProvider, type Store } from './store/index.ts'
import type { Timers } from './timers.ts'
import { createIsWritten } from './written.ts'

/** How long a draft that could not be erased waits for the next try. */
export const DRAFT_LIMITS = { ERASE_AGAIN_MS: 5_000 } as const

type DraftsDeps = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly admission: Pick<Admission, 'giveRoom'>
  readonly timers: Pick<Timers, 'after'>
  readonly log: Log
}

/**
 * The draft of the visit that goes on, sealed in the store. On a full disk, or beside a program
 * that holds the store, a visit goes on in memory: only a crash would lose its answers.
 */
export function createDrafts(deps: DraftsDeps): SessionPorts['drafts'] {
  const { store, keys, admission, timers, log } = deps
  let cancelErase = () => {}

  const isWritten = createIsWritten({ admission, log, event: 'draft-not-kept' })

  /** Whether nothing of it is left, in the log neither. */
  function isErased(): boolean {
    let isGone = false
    return isWritten(() => (isGone = eraseDraft(store))) && isGone
  }

  /** What a citizen has left behind goes, however long it takes: the next one must not see it. */
  function erase(): void {
    cancelErase()
    if (!store.db.open || isErased()) return
    cancelErase = timers.after(DRAFT_LIMITS.ERASE_AGAIN_MS, erase)
  }

  return {
    load() {
      const draft = loadDraft(store, keys)
      return draft.ok && draft.value !== null ? draft.value.payload : null
    },
    save(bytes, nowMs) {
      // Written over: then only is there nothing left to erase.
      if (isWritten(() => saveDraft(store, keys, bytes, nowMs))) cancelErase()
    },
    erase,
  }
}
