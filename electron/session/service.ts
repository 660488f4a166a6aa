import { initialTransition, transition } from 'xstate'
import type {
  CitizenAction,
  Display,
  FilingStatus,
  PageScanner,
  PaperOut,
  ReceiptOut,
} from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import type { Procedure } from '../../shared/forms/definition.ts'
import { parseCode, parseTypedCode, type ScannedCode } from '../identity/index.ts'
import { faultOf } from '../fault.ts'
import type { Log } from '../log.ts'
import type { CapturedPaper, ConfirmedPapers } from '../papers/index.ts'
import { storeFault } from '../store/index.ts'
import { createChipReading, type ChipPort } from './chip-reading.ts'
import { decodeDraft, encodeDraft, type Draft } from './draft.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createSessionMachine, type CoreEvent, type SessionEvent } from './machine.ts'
import { pagesOf, papersDue, takesPage } from './paper-road.ts'
import type { SessionContext, Visit } from './visit.ts'

type Filed = NonNullable<Visit['filed']>

/** What the session does to the rest of the kiosk. */
export interface SessionPorts {
  now(): number
  /** Calls back once; returns how to cancel. */
  after(delayMs: number, callback: () => void): () => void
  newClientRef(): string
  drafts: {
    load(): Uint8Array | null
    save(bytes: Uint8Array, nowMs: number): void
    erase(): void
  }
  chip: ChipPort
  /** The pictures of papers, sealed on disk. */
  papers: {
    /** Scans what lies in the scanner; its pages come back through `pageTaken`. */
    scan(clientRef: string, component: string): void
    /** The citizen does not want this page. */
    drop(clientRef: string, page: string): void
    /** Makes one file of each captured paper; null where the disk could not take it. */
    gather(clientRef: string, papers: readonly CapturedPaper[]): Promise<ConfirmedPapers | null>
    /** The visit has ended; what was captured for a filing that was not made goes. */
    end(clientRef: string): void
  }
  /** Makes the filing durable; null when it could not be kept. Idempotent by `visit.clientRef`. */
  file(
    visit: Visit,
    procedure: Procedure,
    papers: ConfirmedPapers,
    nowMs: number,
  ): Pick<Filed, 'reference' | 'ticket' | 'filedAtMs'> | null
  /** Where a filing stands now, for a visit that continues after a restart. */
  delivery(clientRef: string): Filed['delivery'] | null
  /** What to tell whoever holds the slip of a filing, of this kiosk or another. */
  filingStatus(clientRef: string): FilingStatus
  /** Slip and ticket; says what the printer said. */
  print(visit: Visit, procedure: Procedure): Promise<PaperOut>
  /** Whether the slip printer says that it can print. */
  printerReady(): boolean
  /** The receipt, once the portal has accepted; tells how it fares. */
  receipt(visit: Visit, procedure: Procedure, tell: (receipt: ReceiptOut) => void): Promise<void>
  /** Whether the page printer says that it can print. */
  pagePrinterReady(): boolean
  changed(): void
  log: Log
}

/** Where the session stands, for the view. */
export interface SessionState {
  readonly visitState: Draft['value']['visit'] | 'attract'
  readonly visit: Visit
  /** What became of the filing whose slip is looked up, as of now. */
  readonly filing: FilingStatus | null
  readonly display: Display
  readonly helpOpen: boolean
  /** Milliseconds until all is erased; null while somebody is there. */
  readonly warnedForMs: number | null
}

export interface Session {
  state(): SessionState
  /** Idempotent by `commandId`, over restarts as well. */
  act(commandId: string, action: CitizenAction): 'done' | 'ignored'
  /** Text from a scanner, of any kind; one that types loses letters. */
  scanned(text: string, from?: 'reader' | PageScanner): void
  /** The scanner read something that can be no code. */
  scanRefused(): void
  /** A page lies sealed. False where nobody wants it any more: then it must go. */
  pageTaken(clientRef: string, component: string, page: string): boolean
  /** The outbox has news of a filing. */
  delivered(clientRef: string, delivery: Filed['delivery']): void
  /** A printer is in another state. */
  printerChanged(): void
  /** The reader of chips is in another state. */
  cardReaderChanged(): void
  close(): void
}

/** Commands that are remembered; a page has a handful in flight at most. */
const MAX_COMMANDS = 32

/**
 * One citizen's visit after another. Each touch is kept on disk before it is answered; effects
 * follow from where the machine stands, so that a restarted core takes them up again.
 */
export function createSession(
  procedures: ReadonlyMap<string, Procedure>,
  ports: SessionPorts,
): Session {
  const machine = createSessionMachine(procedures)
  let [snapshot] = initialTransition(machine)
  let commands: [string, 'done' | 'ignored'][] = []
  let cancelTimer = () => {}
  let printing = false
  let givingReceipt = false
  /** How often the papers of a visit were printed again by themselves. */
  let again = { clientRef: '', slip: 0, receipt: 0 }
  let filing = false
  /** Whether a draft may lie on disk; a kiosk at rest writes nothing. */
  let drafted = true
  let closed = false

  const value = () => snapshot.value
  const visit = () => snapshot.context.visit

  const chip = createChipReading(ports.chip, ports.after, cardToProve, {
    laid(number) {
      if (!send({ type: 'chip-laid', number })) return
      persist()
      schedule()
      ports.changed()
    },
    answered(number, answer) {
      if (!closed && send({ type: 'chip-answer', number, answer })) afterChange()
    },
  })

  restore()
  afterChange()

  /** The card on the screen, unless its chip has said what it has to say. */
  function cardToProve() {
    const { visit: screen } = value()
    if (closed || (screen !== 'card-part' && screen !== 'confirm')) return null
    const { card, chip: said, clientRef } = visit()
    return card === null || said.state === 'read' ? null : { visit: clientRef, card }
  }

  function restore(): void {
    const kept = ports.drafts.load()
    if (kept === null) return
    const draft = decodeDraft(kept, ports.now())
    const known = draft?.context.visit.procedure
    if (draft === null || (known && !procedures.has(known))) return ports.drafts.erase()
    snapshot = machine.resolveState({ value: draft.value, context: atRest(draft.context) })
    commands = draft.commands
    const filed = draft.context.visit.filed
    const clientRef = draft.context.visit.clientRef
    if (filed === null || clientRef === null) return
    const delivery = ports.delivery(clientRef)
    if (delivery !== null) send({ type: 'delivery', delivery })
    // Killed in mid-print: nobody knows what came out, so it is printed again and says so.
    if (filed.paper.state === 'printing') send({ type: 'print-lost' })
    if (filed.receipt.state === 'printing') {
      send({ type: 'receipt', receipt: { state: 'unconfirmed' } })
    }
  }

  /** Runs one event through the machine; true when it meant something there. */
  function send(
    event:
      | (Exclude<CitizenAction, { type: 'start' }> | CoreEvent)
      | { type: 'start'; clientRef: string },
  ): boolean {
    const stamped: SessionEvent = { ...event, nowMs: ports.now() }
    const before = snapshot
    snapshot = transition(machine, snapshot, stamped)[0]
    letGo(before.context.visit)
    return (
      before.context.visit !== snapshot.context.visit ||
      before.context.display !== snapshot.context.display ||
      JSON.stringify(before.value) !== JSON.stringify(snapshot.value)
    )
  }

  function takeCode(code: ScannedCode): void {
    if (send({ type: 'scan', code, clientRef: ports.newClientRef() })) afterChange()
  }

  /** What was captured and is not wanted any more goes from the disk. */
  function letGo(before: Visit): void {
    if (before.clientRef === null) return
    if (before.clientRef !== visit().clientRef) return ports.papers.end(before.clientRef)
    const kept = new Set(pagesOf(visit()))
    for (const page of pagesOf(before)) {
      if (!kept.has(page)) ports.papers.drop(before.clientRef, page)
    }
  }

  function afterChange(): void {
    persist()
    schedule()
    ports.changed()
    takeUpWork()
  }

  function persist(): void {
    const { visit: screen, presence, help } = value()
    if (screen === 'attract') {
      commands = []
      if (drafted) ports.drafts.erase()
      drafted = false
      return
    }
    const draft: Draft = {
      value: { visit: screen, presence, help },
      context: snapshot.context,
      commands,
    }
    drafted = true
    ports.drafts.save(encodeDraft(draft), ports.now())
  }

  function schedule(): void {
    cancelTimer()
    const due = nextDeadline()
    if (due === null || closed) return
    // A clock that jumped must not put the next look beyond one idle period.
    const delay = Math.min(Math.max(due - ports.now(), 0), SESSION_LIMITS.IDLE_MS)
    cancelTimer = ports.after(delay, () => {
      send({ type: 'tick' })
      afterChange()
    })
  }

  function nextDeadline(): number | null {
    const { visit: screen, presence, help } = value()
    if (screen === 'attract' && help === 'closed') return null
    return presence === 'warned'
      ? snapshot.context.warnedAtMs + SESSION_LIMITS.WARNING_MS
      : snapshot.context.lastTouchMs + SESSION_LIMITS.IDLE_MS
  }

  /** Starts whatever the state calls for and nobody is doing yet. */
  function takeUpWork(): void {
    chip.look()
    const current = visit()
    const procedure = procedures.get(current.procedure ?? '')
    if (!procedure || closed) return
    const screen = value().visit
    if (screen === 'submitting') return void ports.after(0, () => void file(current, procedure))
    if (screen !== 'done' || current.filed === null) return
    const mended = current.filed.paper.state === 'failed' && !printing && ports.printerReady()
    if (mended && mayTryAgain('slip')) send({ type: 'printer-mended' })
    if (visit().filed?.paper.state === 'waiting' && !printing) print(visit(), procedure)
    if (current.filed.delivery.state === 'accepted' && !current.filed.receipted) {
      send({ type: 'receipted' })
      persist()
      giveReceipt(procedure)
    }
    const { receipt } = visit().filed ?? current.filed
    if (receipt.state === 'failed' && !givingReceipt && ports.pagePrinterReady()) {
      // None came out, and the printer has been seen to.
      if (mayTryAgain('receipt')) giveReceipt(procedure)
    }
  }

  function giveReceipt(procedure: Procedure): void {
    const current = visit()
    givingReceipt = true
    const tell = (receipt: ReceiptOut) => {
      if (closed || visit().clientRef !== current.clientRef) return
      send({ type: 'receipt', receipt })
      afterChange()
    }
    void ports
      .receipt(current, procedure, tell)
      .catch((cause: unknown) => {
        survive('receipt-broke-off', cause)
        tell({ state: 'unconfirmed' })
      })
      .finally(() => {
        givingReceipt = false
        takeUpWork()
      })
  }

  /**
   * A bug in what the session has had done ends that alone: the draft would have the next core meet
   * it again, and the one after. Only a store that cannot be believed ends the core.
   */
  function survive(event: string, cause: unknown): void {
    if (storeFault(cause)?.code === 'dead') throw cause
    ports.log(event, { fault: faultOf(cause) })
  }

  /** Counts: a printer that is ready and fails each time must not empty the roll. */
  function mayTryAgain(paper: 'slip' | 'receipt'): boolean {
    const clientRef = visit().clientRef ?? ''
    if (again.clientRef !== clientRef) again = { clientRef, slip: 0, receipt: 0 }
    if (again[paper] >= SESSION_LIMITS.MAX_SELF_REPRINTS) return false
    again[paper] += 1
    return true
  }

  async function file(current: Visit, procedure: Procedure): Promise<void> {
    if (closed || filing || current.clientRef === null || value().visit !== 'submitting') return
    filing = true
    const kept = await keep(current, current.clientRef, procedure).finally(() => (filing = false))
    if (closed) return
    if (kept === null) send({ type: 'not-kept' })
    else {
      const filed: Filed = {
        ...kept,
        delivery: { state: 'held' },
        paper: { state: 'waiting' },
        reprint: false,
        receipted: false,
        receipt: { state: 'none' },
      }
      send({ type: 'filed', filed })
    }
    afterChange()
  }

  /** Null where it could not be made durable, or the session has ended. */
  async function keep(
    current: Visit,
    clientRef: string,
    procedure: Procedure,
  ): Promise<ReturnType<SessionPorts['file']>> {
    const captured = papersDue(procedure, current)
      .map(({ code }) => ({ component: code, pages: current.papers[code]?.pages ?? [] }))
      .filter(({ pages }) => pages.length > 0)
    try {
      const papers = await ports.papers.gather(clientRef, captured)
      if (closed || papers === null) return null
      return ports.file(current, procedure, papers, ports.now())
    } catch (cause) {
      survive('filing-broke-off', cause)
      return null
    }
  }

  /** True where the screen is one on which something can be scanned. */
  function scan(): boolean {
    const { clientRef, paperAt } = visit()
    if (clientRef === null || paperAt === null || value().visit !== 'papers') return false
    if (takesPage(visit(), paperAt)) ports.papers.scan(clientRef, paperAt)
    return true
  }

  function print(current: Visit, procedure: Procedure): void {
    printing = true
    send({ type: 'paper', paper: { state: 'printing' } })
    persist()
    ports.changed()
    const broken = (cause: unknown): PaperOut => {
      survive('print-broke-off', cause)
      return { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } }
    }
    void ports
      .print(current, procedure)
      .catch(broken)
      .then((paper) => {
        printing = false
        if (closed) return
        // The visit that came after it has waited for the printer.
        if (visit().clientRef !== current.clientRef) return takeUpWork()
        send({ type: 'paper', paper })
        afterChange()
      })
  }

  return {
    state() {
      const { visit: screen, presence, help } = value()
      const { slip } = visit()
      const warnedUntil = snapshot.context.warnedAtMs + SESSION_LIMITS.WARNING_MS
      return {
        visitState: screen,
        visit: visit(),
        filing: slip === null ? null : ports.filingStatus(slip),
        display: snapshot.context.display,
        helpOpen: help === 'open',
        warnedForMs: presence === 'warned' ? Math.max(0, warnedUntil - ports.now()) : null,
      }
    },
    act(commandId, action) {
      const known = commands.find(([id]) => id === commandId)
      if (known) return known[1]
      const scans = action.type === 'scan-paper' && scan()
      const event =
        action.type === 'start' ? { ...action, clientRef: ports.newClientRef() } : action
      const outcome = send(event) || scans ? 'done' : 'ignored'
      commands = [...commands.slice(1 - MAX_COMMANDS), [commandId, outcome]]
      afterChange()
      return outcome
    },
    scanned(text, from = 'reader') {
      const today = localDate(ports.now())
      takeCode(from === 'wedge' ? parseTypedCode(text, today) : parseCode(text, today))
    },
    scanRefused: () => takeCode({ kind: 'garbled' }),
    pageTaken(clientRef, component, page) {
      if (visit().clientRef !== clientRef) return false
      if (!send({ type: 'page-taken', component, page })) return false
      afterChange()
      return true
    },
    delivered(clientRef, delivery) {
      if (visit().clientRef !== clientRef) return
      if (send({ type: 'delivery', delivery })) afterChange()
    },
    printerChanged: takeUpWork,
    cardReaderChanged: chip.look,
    close() {
      closed = true
      cancelTimer()
      chip.close()
    },
  }
}

/** A chip that another core was reading is read anew. */
function atRest(context: SessionContext): SessionContext {
  if (context.visit.chip.state !== 'reading') return context
  return { ...context, visit: { ...context.visit, chip: { state: 'none' } } }
}
