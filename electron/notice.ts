import { readFile } from 'node:fs/promises'
import { createJournal } from './audit/index.ts'
import type { Log } from './log.ts'
import { noticeOn, noticeTextsSchema, noticeView, type SessionPorts } from './session/index.ts'
import { isoDate, localDate } from '../shared/domain/local-time.ts'
import { storeFault, transaction, type Store } from './store/index.ts'

/**
 * The notice of the day, and who agreed to which: the journal has the edition and the reference of
 * the visit, and nothing of the person. The shipped texts that do not parse are a bug and throw.
 */
export async function openNotice(
  file: string,
  deps: {
    readonly store: Store
    readonly now: () => number
    readonly hasChipReader: () => boolean
    readonly log: Log
  },
): Promise<SessionPorts['notice']> {
  const { store, now, hasChipReader, log } = deps
  const texts = noticeTextsSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const journal = createJournal(store.db)
  return {
    current: () => noticeView(noticeOn(texts, isoDate(localDate(now()))), hasChipReader()),
    agreed(clientRef, edition) {
      const reason = `notice-agreed-${edition}`
      const entry = { clientRef, actor: 'applicant', from: null, to: null, reason, atMs: now() }
      try {
        transaction(store.db, () => journal.append(entry))()
      } catch (cause) {
        // On a full disk the visit goes on; the filing, if one comes of it, names the edition too.
        const code = storeFault(cause)?.code
        if (code === undefined || code === 'dead') throw cause
        log('notice-not-noted', { code })
      }
    },
  }
}
