import { versionsOf, type Procedure } from '../../shared/forms/index.ts'
import { sampleCardText, sampleProcedure } from '../../test/fixtures/procedure.ts'
import type {
  CitizenAction,
  FilingStatus,
  PaperOut,
  ReceiptOut,
} from '../../shared/contract/index.ts'
import type { CapturedPaper } from '../papers/index.ts'
import type { AccessAnswer } from './access-number.ts'
import type { ChipAnswer } from './chip-answer.ts'
import type { KeptFound } from './kept-draft.ts'
import { sampleNotice } from './notice.test-data.ts'
import type { PortalNews } from './portal-news.ts'
import type { Session, SessionPorts } from './ports.ts'
import { createSession } from './service.ts'
import { toSessionView, type PaperDoors } from './view.ts'
import type { Visit } from './visit.ts'

export const doors: PaperDoors = {
  source: 'camera',
  upload: () => '/papers/in',
  picture: (_clientRef, page) => `/papers/${page}`,
}

/** A kiosk around the session: its clock, its disk, its outbox and its printer, all in memory. */
export function createWorld(...given: Procedure[]) {
  const pack = given.length === 0 ? [sampleProcedure] : given
  const formsOf = (procedures: Procedure[]) => {
    const versions = versionsOf(procedures)
    return { known: versions, offered: versions }
  }
  let forms = formsOf(pack)
  /** Wall clock and timers run on two clocks, as on a real machine: only one can be set back. */
  let skew = Date.UTC(2026, 10, 21, 2, 0)
  let mono = 0
  let draft: Uint8Array | null = null
  const timers = new Set<{ at: number; run: () => void }>()
  let refs = 0
  let finishPrint: (paper: PaperOut) => void = () => {}
  let breakPrint: (cause: Error) => void = () => {}
  let breakReceipt: (cause: Error) => void = () => {}
  /** What gathering the papers throws, if anything. */
  let gatherFault: Error | null = null
  const logged: string[] = []
  const filed = new Map<string, Visit>()
  const prints: { reprint: boolean }[] = []
  /** Numbers by visit and group. */
  const numbers = new Map<string, string>()
  /** Tickets without a filing, as they were sent to the printer. */
  const tickets: { number: string; reprint: boolean }[] = []
  const counterNotes: { number: string; reprint: boolean; answers: Visit['answers'] }[] = []
  /** Whose slip each of them is. */
  const slips: string[] = []
  const receipts: string[] = []
  const dropped: string[] = []
  const rooms: number[] = []
  const gathered: CapturedPaper[] = []
  const ended: string[] = []
  const keptDrafts = new Map<string, NonNullable<KeptFound>>()
  const keptTold: string[] = []
  const agreements: string[] = []
  let edition = '2026-1'
  /** Whether citizens agree to the notice before they read it, as most tests want. */
  let agreesAtOnce = true
  const outbox = new Map<string, FilingStatus>()
  let diskFull = false
  let printerReady = true
  let pagePrinterReady = true
  const sheets: string[] = []
  let finishSheet: (sheet: ReceiptOut) => void = () => {}
  let finishReceipt: (receipt: ReceiptOut) => void = () => {}
  const questions: { clientRef: string; givenUp: () => boolean }[] = []
  let answerPortal: (news: PortalNews) => void = () => {}
  let breakPortal: (cause: Error) => void = () => {}
  let cardLies = false
  let chipReadings = 0
  let answerChip: (answer: ChipAnswer) => void = () => {}
  const openings: { digits: string; number: string | null; givenUp: () => boolean }[] = []
  let answerAccess: (answer: AccessAnswer) => void = () => {}

  const ports: SessionPorts = {
    now: () => mono + skew,
    after(delayMs, callback) {
      if (delayMs === 0) {
        queueMicrotask(callback)
        return () => {}
      }
      const mine = { at: mono + delayMs, run: callback }
      timers.add(mine)
      return () => timers.delete(mine)
    },
    newClientRef: () => `ref-${(refs += 1)}`,
    drafts: {
      load: () => draft,
      save: (bytes) => (draft = bytes),
      erase: () => (draft = null),
    },
    notice: {
      current: () => ({ ...sampleNotice, edition }),
      agreed: (clientRef, agreedTo) => void agreements.push(`${clientRef} ${agreedTo}`),
    },
    kept: {
      keep(number, draft) {
        if (!diskFull) keptDrafts.set(number, { ok: true, value: draft })
        return !diskFull
      },
      find: (number) => keptDrafts.get(number) ?? null,
      resumed: () => void keptTold.push('resumed'),
      erase(number, why) {
        keptTold.push(why)
        keptDrafts.delete(number)
      },
    },
    chip: {
      lies: () => cardLies,
      read: (_card, signal) => {
        chipReadings += 1
        return new Promise((resolve) => {
          answerChip = resolve
          signal.addEventListener('abort', () => resolve({ state: 'not-read', why: 'unreadable' }))
        })
      },
      open: (digits, card, signal) => {
        const number = card?.number ?? null
        openings.push({ digits, number, givenUp: () => signal.aborted })
        return new Promise((resolve) => {
          answerAccess = resolve
        })
      },
    },
    papers: {
      scan: (_clientRef, _component, room) => void rooms.push(room),
      drop: (clientRef, page) => void dropped.push(`${clientRef}/${page}`),
      gather: async (_clientRef, papers) => {
        if (gatherFault) throw gatherFault
        gathered.push(...papers)
        return 'none'
      },
      end: (clientRef) => void ended.push(clientRef),
    },
    file(visit) {
      if (diskFull) return null
      filed.set(visit.clientRef ?? '', visit)
      return {
        reference: 'KM4TR7HC',
        ticket: { number: 'A027', counter: 'Quầy 2', issuedAtMs: mono + skew },
        filedAtMs: mono + skew,
      }
    },
    takeTicket: (clientRef, group, nowMs) => {
      if (diskFull) return null
      const known = numbers.get(`${clientRef} ${group}`)
      const number = known ?? `T${String(numbers.size + 1).padStart(3, '0')}`
      numbers.set(`${clientRef} ${group}`, number)
      return { number, counter: 'Quầy 2', issuedAtMs: nowMs }
    },
    printTicket: ({ number }, reprint) =>
      new Promise((resolve, reject) => {
        tickets.push({ number, reprint })
        finishPrint = resolve
        breakPrint = reject
      }),
    printCounterNote: ({ number }, reprint, { answers }) =>
      new Promise((resolve, reject) => {
        counterNotes.push({ number, reprint, answers })
        finishPrint = resolve
        breakPrint = reject
      }),
    delivery: () => null,
    filingStatus: (clientRef) => outbox.get(clientRef) ?? { state: 'unknown' },
    print: (visit) =>
      new Promise((resolve, reject) => {
        prints.push({ reprint: visit.filed?.reprint ?? false })
        slips.push(visit.clientRef ?? '')
        finishPrint = resolve
        breakPrint = reject
      }),
    printerReady: () => printerReady,
    pagePrinterReady: () => pagePrinterReady,
    hasPagePrinter: () => true,
    sheet: ({ code }) =>
      new Promise((resolve) => {
        sheets.push(code)
        finishSheet = resolve
      }),
    askPortal: (clientRef, signal) => {
      if (outbox.get(clientRef)?.state !== 'sent') return null
      questions.push({ clientRef, givenUp: () => signal.aborted })
      return new Promise((resolve, reject) => {
        answerPortal = resolve
        breakPortal = reject
      })
    },
    supplement: (clientRef) =>
      new Promise((resolve) => {
        sheets.push(clientRef)
        finishSheet = resolve
      }),
    async receipt(visit, _procedure, tell) {
      receipts.push(visit.clientRef ?? '')
      tell({ state: 'printing' })
      const receipt = new Promise<ReceiptOut>((resolve, reject) => {
        finishReceipt = resolve
        breakReceipt = reject
      })
      tell(await receipt)
    },
    changed: () => {},
    log: (event, details) => logged.push(JSON.stringify({ event, ...details })),
  }
  let session = createSession(forms, ports)
  let commands = 0
  function agreeAtOnce(): void {
    if (!agreesAtOnce || session.state().visitState !== 'notice') return
    session.act(`c${(commands += 1)}`, { type: 'agree-notice', edition })
  }
  const world = {
    filed,
    prints,
    tickets,
    counterNotes,
    slips,
    receipts,
    dropped,
    rooms,
    gathered,
    ended,
    keptDrafts,
    keptTold,
    agreements,
    setEdition: (id: string) => (edition = id),
    readNotice: () => (agreesAtOnce = false),
    outbox,
    get session(): Session {
      return {
        ...session,
        scanned(text, from) {
          session.scanned(text, from)
          agreeAtOnce()
        },
      }
    },
    get draft() {
      return draft
    },
    questions,
    portalSays: async (news: PortalNews) => {
      answerPortal(news)
      await settle()
    },
    portalBreaks: async (cause: Error) => {
      breakPortal(cause)
      await settle()
    },
    sheets,
    gaveSheet: async (sheet: ReceiptOut) => {
      finishSheet(sheet)
      await settle()
    },
    setPrinter(ready: boolean) {
      printerReady = ready
      session.printerChanged()
    },
    setPagePrinter(ready: boolean) {
      pagePrinterReady = ready
      session.printerChanged()
    },
    gaveReceipt: async (receipt: ReceiptOut) => {
      finishReceipt(receipt)
      await settle()
    },
    get chipReadings() {
      return chipReadings
    },
    layCard(lies: boolean) {
      cardLies = lies
      session.cardReaderChanged()
    },
    chipSays: async (answer: ChipAnswer) => {
      answerChip(answer)
      await settle()
    },
    openings,
    accessSays: async (answer: AccessAnswer) => {
      answerAccess(answer)
      await settle()
    },
    logged,
    breakGathering: (fault: Error | null) => (gatherFault = fault),
    printBreaks: async (cause: Error) => {
      breakPrint(cause)
      await settle()
    },
    receiptBreaks: async (cause: Error) => {
      breakReceipt(cause)
      await settle()
    },
    fillDisk: (full: boolean) => (diskFull = full),
    printed: async (paper: PaperOut) => {
      finishPrint(paper)
      await settle()
    },
    screen: () => toSessionView(session.state(), forms, doors, () => ({ state: 'officer' })),
    act(action: CitizenAction, id = `c${(commands += 1)}`) {
      const outcome = session.act(id, action)
      agreeAtOnce()
      return outcome
    },
    /** Ends the core as `kill -9` would, and starts another on the same disk; with an update, if any. */
    kill(...update: Procedure[]) {
      session.close()
      if (update.length > 0) forms = formsOf(update)
      timers.clear()
      session = createSession(forms, ports)
    },
    wait(ms: number) {
      const until = mono + ms
      for (;;) {
        const [due] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (due === undefined) break
        mono = due.at
        timers.delete(due)
        due.run()
      }
      mono = until
    },
    setBack: (ms: number) => (skew -= ms),
  }
  return world
}

export type World = ReturnType<typeof createWorld>

export const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Every step of the road, in order; each is one touch, or the scan. */
export const road: ((world: World) => void)[] = [
  (world) => world.act({ type: 'start' }),
  (world) => world.session.scanned(sampleCardText),
  (world) => world.act({ type: 'confirm-card' }),
  (world) => world.act({ type: 'choose', code: sampleProcedure.code }),
  (world) => world.act({ type: 'begin' }),
  (world) => world.act({ type: 'answer', key: 'status', value: 'divorced' }),
  (world) => world.act({ type: 'answer', key: 'court', value: 'Tòa án Mẫu' }),
  (world) => world.act({ type: 'answer', key: 'phone', value: null }),
  (world) => world.act({ type: 'accept-review' }),
  (world) => world.act({ type: 'declare' }),
]

export const screens = [
  'identify',
  'confirm',
  'choose',
  'prepare',
  'answer',
  'answer',
  'answer',
  'review',
  'declare',
  'submitting',
]

export async function walk(world: World, steps = road.length) {
  for (const step of road.slice(0, steps)) step(world)
  await settle()
}
