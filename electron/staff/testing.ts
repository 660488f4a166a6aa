import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AssistAnswer, AssistTool } from '../../shared/contract/index.ts'
import { versionsOf } from '../../shared/forms/index.ts'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { sampleCardText, sampleProcedure } from '../../test/fixtures/procedure.ts'
import { createJournal } from '../audit/index.ts'
import { createSession, type Session, type SessionPorts } from '../session/index.ts'
import { sampleNotice } from '../session/notice.test-data.ts'
import { openKeyFile, openStore, storeSchemaSql } from '../store/index.ts'
import { must, temporaryDir } from '../store/testing.ts'
import type { Dictation } from '../dictation/index.ts'
import { createAssistance } from './assistance.ts'
import { assistantSchemaSql, createBook } from './book.ts'
import { createCalls } from './calls.ts'
import { createAssistantDesk } from './desk.ts'
import { readHelpJournal } from './help-journal.ts'
import { hashPin } from './pin.ts'
import { createLock, keyedPin } from './unlock.ts'

/** For tests: a PIN that is not weak, and one that nobody has. */
export const PIN = '204681'
export const WRONG = '990173'
export const COMMAND = '0190a000-0000-7000-8000-000000000001'

const forms = versionsOf([sampleProcedure])

/** scrypt's N where nothing is guarded. */
const QUICK = 1024

const none = { state: 'none' } as const

/** A kiosk around an assistant: a true store, a true session, and time that a test moves. */
export async function createKiosk(dictation: Dictation | null = null) {
  const dir = await temporaryDir()
  const keys = must(await openKeyFile(join(dir, 'keys')))
  const schemas = [storeSchemaSql, assistantSchemaSql]
  const open = async () => must(await openStore({ dir, keys, schemas }))
  let store = await open()
  onTestFinished(() => store.close())
  const timers = createManualTimers()
  let skew = Date.UTC(2026, 10, 22, 2)
  const now = () => timers.now() + skew
  let draft: Uint8Array | null = null
  let refs = 0
  let views = 0
  const moved: string[] = []

  const ports = (changed: () => void): SessionPorts => ({
    now,
    after(delayMs, callback) {
      if (delayMs > 0) return timers.after(delayMs, callback)
      queueMicrotask(callback)
      return () => {}
    },
    newClientRef: () => `ref-${(refs += 1)}`,
    drafts: {
      load: () => draft,
      save: (bytes) => (draft = bytes),
      erase: () => (draft = null),
    },
    notice: { current: () => sampleNotice, agreed: () => {} },
    kept: { keep: () => false, find: () => null, resumed: () => {}, erase: () => {} },
    chip: {
      lies: () => false,
      read: () => new Promise(() => {}),
      open: () => new Promise(() => {}),
    },
    papers: { scan: () => {}, drop: () => {}, gather: async () => 'none', end: () => {} },
    file: () => ({
      reference: 'KM4TR7HC',
      ticket: { number: 'A027', counter: 'Quầy 2', issuedAtMs: now() },
      filedAtMs: now(),
    }),
    delivery: () => null,
    filingStatus: () => ({ state: 'unknown' }),
    takeTicket: () => null,
    printTicket: async () => ({ state: 'printed' }),
    printCounterNote: async () => ({ state: 'printed' }),
    print: async () => ({ state: 'printed' }),
    printerReady: () => true,
    receipt: async () => {},
    sheet: async () => none,
    askPortal: () => null,
    supplement: async () => none,
    hasPagePrinter: () => false,
    pagePrinterReady: () => false,
    changed,
    log: () => {},
  })

  function start() {
    const book = createBook(store.db, createJournal(store.db))
    const calls = createCalls('KM4')
    let assistance: ReturnType<typeof createAssistance> | null = null
    const changed = () => {
      assistance?.looked()
      views += 1
    }
    const session: Session = createSession({ known: forms, offered: forms }, ports(changed))
    const here = createAssistance({
      book,
      lock: createLock(book, keys, now),
      calls,
      session: () => session,
      around: () => ({
        printerFaulty: false,
        readsFaces: true,
        takesDictation: dictation !== null,
      }),
      moveToCounter: async ({ visit }): Promise<AssistAnswer> => {
        moved.push(visit.clientRef ?? '')
        const ticket = { number: 'A028', counter: 'Quầy 2' }
        return { outcome: 'moved', ticket, paper: { state: 'printed' } }
      },
      retryDevice: async () => true,
      dictation,
      now,
      after: timers.after,
      changed,
      log: () => {},
    })
    assistance = here
    here.looked()
    const { removed } = here
    const desk = createAssistantDesk({ book, keys, now, removed, changed })
    return { assistance: here, session, calls, desk, book }
  }

  let running = start()
  let commands = 0
  const act = (action: Parameters<Session['act']>[1]) => {
    const id = `c${(commands += 1)}`
    if (!running.assistance.mayAct(id, action)) return 'ignored'
    running.assistance.acting(action)
    return running.session.act(id, action)
  }
  const page = {}

  return {
    page,
    moved,
    timers,
    act,
    get assistance() {
      return running.assistance
    },
    get session() {
      return running.session
    },
    get calls() {
      return running.calls
    },
    get desk() {
      return running.desk
    },
    get store() {
      return store
    },
    views: () => views,
    role: () => running.assistance.view().role,
    setBack: (ms: number) => (skew -= ms),
    /** The clock goes on, and no timer has run yet. */
    jump: (ms: number) => (skew += ms),
    use: (tool: AssistTool) => running.assistance.use(page, tool),
    /** As the technician's command does; with a PIN it takes as long as a real one. */
    order: (id: string, pin: string | null, card: string | null = null) =>
      running.desk.add({
        commandId: COMMAND,
        actor: 'technician',
        id,
        counter: 'Quầy 2',
        pin,
        card,
      }),
    /** Straight into the book, with a PIN that is tried quickly. */
    async add(id = '02', pin = PIN) {
      const hashed = await hashPin(keyedPin(keys, pin), QUICK)
      const assistant = { id, counter: 'Quầy 2', pin: hashed, cardMac: null, addedAtMs: now() }
      const entry = { actor: 'technician', reason: `assistant-added:${id}`, atMs: now() }
      running.book.add(assistant, entry)
    },
    /** To the first question, as the citizen does it. */
    walkToQuestion() {
      act({ type: 'start' })
      act({ type: 'agree-notice', edition: sampleNotice.edition })
      running.session.scanned(sampleCardText)
      act({ type: 'confirm-card' })
      act({ type: 'choose', code: sampleProcedure.code })
      act({ type: 'begin' })
    },
    async unlock(id = '02', pin = PIN, on: object = page) {
      if (!running.session.state().helpOpen) act({ type: 'call-help' })
      running.assistance.ask(on, true)
      return (await running.assistance.byPin(on, id, pin)).outcome
    },
    /** Ends the core as `kill -9` would, and starts another on the same disk. */
    async kill() {
      running.session.close()
      running.assistance.close()
      store.close()
      store = await open()
      running = start()
    },
    journal: () =>
      readHelpJournal(store.db, 100).map(({ actor, what, clientRef }) =>
        [actor, what, ...(clientRef === null ? [] : [clientRef])].join(' '),
      ),
    isChainWhole: () => createJournal(store.db).verify().ok,
  }
}
