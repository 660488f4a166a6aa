import type { SearchHit } from '../shared/contract/index.ts'
import { localDate } from '../shared/domain/local-time.ts'
import { eachNear, eachOn, type Procedure } from '../shared/forms/index.ts'
import {
  createSearch,
  openCatalogueForReading,
  readCatalogue,
  type NationalRow,
} from './catalogue/index.ts'
import type { Log } from './log.ts'
import type { Forms } from './session/index.ts'
import { sqliteCode } from './store/index.ts'
import type { Timers } from './timers.ts'

/** The page is drawn by then. */
const WARM_UP_MS = 1_000

/** Finds procedures by words, over the kiosk's own and the national names. */
export type ProcedureSearch = {
  find(words: string): SearchHit[]
  close(): void
}

/**
 * The index over thousands of names is made once the page is up, not while it waits; and again on
 * the day on which another version of a procedure takes its place. Each code is found once.
 */
export async function openProcedureSearch(
  catalogueFile: string,
  own: Forms,
  now: () => number,
  timers: Pick<Timers, 'after'>,
  log: Log,
): Promise<ProcedureSearch> {
  const national = await openCatalogueForReading(catalogueFile)
  if (!national.ok) log('catalogue-unreadable', { reason: national.error.reason })
  const readNational = (): NationalRow[] => {
    try {
      return national.ok && national.value ? readCatalogue(national.value) : []
    } catch (cause) {
      // A damaged file shows when it is read. The kiosk's own procedures are found without it.
      const reason = sqliteCode(cause)
      if (reason === undefined) throw cause
      log('catalogue-unreadable', { reason })
      return []
    }
  }
  let indexed: readonly Procedure[] = []
  let search: ReturnType<typeof createSearch> | null = null
  const find = (words: string): SearchHit[] => {
    const today = localDate(now())
    const current = eachNear(own.known, today)
    if (search === null || current.some((one, at) => one !== indexed[at])) {
      search = createSearch(current, readNational())
      indexed = current
    }
    return search(words, new Set(eachOn(own.offered, today).map(({ code }) => code)))
  }
  const cancelWarmUp = timers.after(WARM_UP_MS, () => void find(''))
  return {
    find,
    close() {
      cancelWarmUp()
      if (national.ok) national.value?.close()
    },
  }
}
