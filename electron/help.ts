import { createJournal } from './audit/index.ts'
import type { SessionView } from '../shared/contract/index.ts'
import type { CardReader } from './devices/card-readers/index.ts'
import type { PagePrinter, Printer } from './devices/printers/index.ts'
import type { Registry } from './devices/registry.ts'
import { createDictation } from './dictation/index.ts'
import type { ScannedCode } from './identity/index.ts'
import type { HelpDesk } from './kiosk.ts'
import type { Log } from './log.ts'
import type { Session } from './session/index.ts'
import type { Profile } from './settings/index.ts'
import {
  createAssistance,
  createAssistantDesk,
  createBook,
  createCalls,
  createLock,
  takesWords,
  type Assistance,
} from './staff/index.ts'
import type { KeyProvider, Store } from './store/index.ts'

/** A helping hand: calls, the unlocked role and the book of assistants, around one kiosk. */
export interface Help extends HelpDesk {
  readonly assistance: Assistance
  /** What was laid while a card is to unlock: it is nobody's visit. */
  laid(code: ScannedCode): void
}

export function createHelp(deps: {
  readonly profile: Pick<Profile, 'kioskId' | 'dictation'>
  readonly store: Pick<Store, 'db'>
  readonly keys: Pick<KeyProvider, 'mac'>
  readonly session: Session
  /** What the page shows of it. */
  readonly screen: () => SessionView
  readonly devices: {
    readonly printer: Printer
    readonly pagePrinter: PagePrinter
    readonly cardReader: CardReader
    readonly registry: Pick<Registry, 'test'>
  }
  readonly moveToCounter: Parameters<typeof createAssistance>[0]['moveToCounter']
  readonly now: () => number
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly changed: () => void
  readonly log: Log
}): Help {
  const { profile, store, keys, session, screen, now, after, changed, log } = deps
  const { printer, pagePrinter, cardReader, registry } = deps.devices
  const book = createBook(store.db, createJournal(store.db))
  const calls = createCalls(profile.kioskId)
  const isFaulty = (state: string) => state !== 'ready' && state !== 'not-configured'

  const dictation = profile.dictation
    ? createDictation(profile.dictation.program, { after, log })
    : null

  /** The one that is in a fault, with a test page: what comes out shows that it works. */
  async function retryDevice(): Promise<boolean> {
    const role = isFaulty(printer.state().state) ? 'ticket-printer' : 'page-printer'
    const { outcome } = await registry.test(role, NEVER)
    return outcome === 'printed'
  }

  const assistance = createAssistance({
    book,
    lock: createLock(book, keys, now),
    calls,
    session: () => session,
    around: () => ({
      printerFaulty: isFaulty(printer.state().state) || isFaulty(pagePrinter.state().state),
      readsFaces: ['ready', 'card', 'reading'].includes(cardReader.state().state),
      takesDictation: dictation !== null && takesWords(screen()),
    }),
    moveToCounter: deps.moveToCounter,
    retryDevice,
    dictation,
    now,
    after,
    changed,
    log,
  })
  return {
    assistance,
    calls,
    assistants: createAssistantDesk({ book, keys, now, removed: assistance.removed, changed }),
    laid(code) {
      if (code.kind === 'id-card') assistance.byCard(code.card.number)
    },
  }
}

const NEVER = new AbortController().signal
