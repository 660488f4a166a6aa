import type { Admission } from './admission.ts'
import type { Log } from './log.ts'
import type { SessionPorts } from './session/index.ts'
import {
  eraseDraft,
  loadDraft,
  saveDraft,
  storeFault,
  type KeyProvider,
  type Store,
} from './store/index.ts'

type DraftsDeps = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly admission: Pick<Admission, 'giveRoom'>
  readonly log: Log
}

/**
 * The draft of the visit that goes on, sealed in the store. On a full disk a visit goes on in
 * memory: only a crash would lose its answers.
 */
export function createDrafts(deps: DraftsDeps): SessionPorts['drafts'] {
  const { store, keys, admission, log } = deps
  const write = (run: () => void): void => {
    try {
      run()
    } catch (cause) {
      if (storeFault(cause)?.code !== 'full') throw cause
      if (!admission.giveRoom()) return log('draft-not-kept', { code: 'full' })
      write(run)
    }
  }
  return {
    load() {
      const draft = loadDraft(store, keys)
      if (!draft.ok || draft.value === null) return null
      return { bytes: draft.value.payload, savedAtMs: draft.value.savedAtMs }
    },
    save: (bytes, nowMs) => write(() => saveDraft(store, keys, bytes, nowMs)),
    erase: () => write(() => eraseDraft(store)),
  }
}
