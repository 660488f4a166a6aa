import { initialTransition, transition } from 'xstate'
import { defaultDisplay, type CitizenAction, type ReceiptOut } from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import type { Procedure } from '../../shared/forms/definition.ts'
import { parseBridgedCode, parseCode, parseTypedCode, type ScannedCode } from '../identity/index.ts'
import { faultOf } from '../fault.ts'
import { storeFault } from '../store/index.ts'
import { createChipOpening } from './chip-opening.ts'
import { createChipReading } from './chip-reading.ts'
import { decodeDraft, encodeDraft, type Draft } from './draft.ts'
import type { CoreEvent, SessionEvent, SessionTouch } from './events.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createFilingPapers } from './filing-papers.ts'
import { filingsOf, type Filed } from './filings-made.ts'
import { idleMs } from './idle-time.ts'
import { createKeeping } from './keeping.ts'
import { createLeftCard } from './left-card.ts'
import { createLookUp } from './look-up.ts'
import { createSessionMachine } from './machine.ts'
import { createOffer, type Forms } from './offer.ts'
import { pagesOf, papersDue, roomForPages } from './paper-road.ts'
import type { PortalNews } from './portal-news.ts'
import type { ScanSource, Session, SessionPorts } from './ports.ts'
import { again as printedAgain, createStopTickets, noteOf } from './stop-ticket.ts'
import type { SessionContext, Visit } from './visit.ts'

/** Commands that are remembered; a page has a handful in flight at most. */
const MAX_COMMANDS = 32

/**
 * One citizen's visit after another. Each touch is kept on disk before it is answered; effects
 * follow from where the machine stands, so that a restarted core takes them up again.
 */
export function createSession(forms: Forms, ports: SessionPorts): Session {
  const machine = createSessionMachine(forms)
  const offer = createOffer(forms)
  let [snapshot] = initialTransition(machine)
  let commands: [string, 'done' | 'ignored'][] = []
  let cancelTimer = () => {}
  /** How often the papers of this visit's filings were printed again by themselves. */
  const again = new Map<string, number>()
  let filing = false
  /** A card that was scanned before the notice was agreed to; in memory alone. */
  let early: ScannedCode | null = null
  /** Whether a draft may lie on disk; a kiosk at rest writes nothing. */
  let drafted = true
  let closed = false

  const value = () => snapshot.value
  const visit = () => snapshot.context.visit
  const idle = () => idleMs({ ...value(), display: snapshot.context.display })

  const keeping = createKeeping(ports.kept, forms, ports.now)

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

  const opening = createChipOpening(ports.chip, (clientRef, answer) => {
    if (!closed && send({ type: 'access-answer', clientRef, answer })) afterChange()
  })

  const lookUp = createLookUp(ports.askPortal, ports.after, {
    heard(slip, news) {
      if (!closed && send({ type: 'news', slip, news })) afterChange()
    },
    broken: (cause) => survive('look-up-broke-off', cause),
  })

  const stopTickets = createStopTickets({
    draw: (clientRef, group) => ports.takeTicket(clientRef, group, ports.now()),
    print({ number, counter, issuedAtMs, reprint, group }) {
      const ticket = { number, counter, issuedAtMs }
      const procedure = notedFor(group)
      return procedure
        ? ports.printCounterNote(ticket, reprint, visit(), procedure)
        : ports.printTicket(ticket, reprint)
    },
    noted(group) {
      const procedure = notedFor(group)
      return procedure ? noteOf(procedure, visit()) : null
    },
    printerReady: ports.printerReady,
    mayTryAgain: (number) => mayTryAgain(`ticket ${number}`),
    current: visit,
    note(clientRef, ticket) {
      if (!closed && send({ type: 'ticket', clientRef, ticket })) afterChange()
    },
    free: takeUpWork,
    broken: (cause) => survive('ticket-broke-off', cause),
  })

  const filingPapers = createFilingPapers({
    ports,
    made: () => filingsOf(visit()),
    procedureOf: (made) => offer.of(made),
    note: (news) => !closed && send(news),
    keep() {
      persist()
      ports.changed()
    },
    changed: afterChange,
    free: takeUpWork,
    mayTryAgain,
    broken: survive,
  })

  const leftCard = createLeftCard(ports.chip.lies, ports.after, ports.changed)

  restore()
  afterChange()

  /** The procedure whose answers the citizen takes to the counter of this group. */
  function notedFor(group: string): Procedure | undefined {
    const procedure = offer.of(visit())
    const isThere = visit().stopped?.why === 'thumb-print' && procedure?.group === group
    return isThere ? procedure : undefined
  }

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
    if (draft === null || !isAsBegun(draft)) return ports.drafts.erase()
    snapshot = machine.resolveState({ value: draft.value, context: atRest(draft.context) })
    commands = draft.commands
    // What came out of a sheet under way nobody knows; it is worth no second one.
    if (draft.context.visit.sheet.state === 'printing') {
      send({ type: 'sheet', sheet: { state: 'unconfirmed' } })
    }
    const { clientRef: ofVisit, ticket } = draft.context.visit
    if (ofVisit !== null && ticket.state === 'issued' && ticket.paper.state === 'printing') {
      send({ type: 'ticket', clientRef: ofVisit, ticket: printedAgain(ticket) })
    }
    for (const { clientRef, filed } of filingsOf(draft.context.visit)) {
      const delivery = ports.delivery(clientRef)
      if (delivery !== null) send({ type: 'delivery', clientRef, delivery })
      // Killed in mid-print: nobody knows what came out, so it is printed again and says so.
      if (filed.paper.state === 'printing') send({ type: 'print-lost', clientRef })
      if (filed.receipt.state === 'printing') {
        send({ type: 'receipt', clientRef, receipt: { state: 'unconfirmed' } })
      }
    }
  }

  /** An update may have taken away what the visit was about, or ask something else now. */
  function isAsBegun({ context, edition }: Draft): boolean {
    const { procedure, filed } = context.visit
    const form = offer.of(context.visit)?.form
    if (filed !== null) return form !== undefined
    return procedure === null || form?.version === edition
  }

  /** Runs one event through the machine; true when it meant something there. */
  function send(event: SessionTouch | CoreEvent): boolean {
    const stamped: SessionEvent = { ...event, nowMs: ports.now() }
    const before = snapshot
    snapshot = transition(machine, snapshot, stamped)[0]
    letGo(before.context.visit)
    return hasMoved(before) || before.value.presence !== value().presence
  }

  /** Whether more has come of it since than that somebody is here. */
  function hasMoved(before: typeof snapshot): boolean {
    return (
      before.context.visit !== snapshot.context.visit ||
      before.context.display !== snapshot.context.display ||
      before.value.visit !== value().visit ||
      before.value.help !== value().help
    )
  }

  function takeCode(code: ScannedCode): void {
    if (code.kind === 'id-card' && snapshot.context.agreed === null) return holdBack(code)
    if (send({ type: 'scan', code, clientRef: ports.newClientRef() })) afterChange()
  }

  /** The notice comes first. Until it is agreed to, the card is in no visit, no draft and no view. */
  function holdBack(code: ScannedCode): void {
    const isNew = send({ type: 'card-early', clientRef: ports.newClientRef() })
    if (value().visit !== 'notice') return
    const lay = early !== null
    early = code
    if (isNew || !lay) afterChange()
  }

  /** Of today, whatever the page has shown since yesterday. */
  function agreesToToday(action: CitizenAction): boolean {
    return action.type !== 'agree-notice' || action.edition === ports.notice.current().edition
  }

  /** The citizen has agreed: now the card that lies there is read. */
  function readHeldBack(): void {
    ports.notice.agreed(visit().clientRef, snapshot.context.agreed ?? '')
    const code = early
    early = null
    if (code !== null) send({ type: 'scan', code, clientRef: ports.newClientRef() })
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
    if (value().visit !== 'notice') early = null
    persist()
    schedule()
    ports.changed()
    takeUpWork()
  }

  function persist(): void {
    const { visit: screen, presence, help } = value()
    if (screen === 'attract') {
      commands = []
      again.clear()
      if (drafted) {
        ports.drafts.erase()
        leftCard.ended()
      }
      drafted = false
      return
    }
    const draft: Draft = {
      value: { visit: screen, presence, help },
      context: snapshot.context,
      edition: offer.of(visit())?.form.version ?? null,
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
    const delay = Math.min(Math.max(due - ports.now(), 0), idle())
    cancelTimer = ports.after(delay, () => {
      send({ type: 'tick', idleMs: idle() })
      afterChange()
    })
  }

  function nextDeadline(): number | null {
    const { visit: screen, presence, help } = value()
    const asItWas = snapshot.context.display === defaultDisplay
    if (screen === 'attract' && help === 'closed' && asItWas) return null
    return presence === 'warned'
      ? snapshot.context.warnedAtMs + SESSION_LIMITS.WARNING_MS
      : snapshot.context.lastTouchMs + idle()
  }

  /** Starts whatever the state calls for and nobody is doing yet. */
  function takeUpWork(): void {
    chip.look()
    if (closed) return
    if (value().visit !== 'access-number') opening.giveUp()
    if (!closed) lookUp.look(visit().slip, visit().news)
    const current = visit()
    const procedure = offer.of(current)
    if (procedure && value().visit === 'submitting') {
      ports.after(0, () => void file(current, procedure))
    }
    stopTickets.takeUp()
    filingPapers.takeUp()
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
  function mayTryAgain(sheet: string): boolean {
    const tries = again.get(sheet) ?? 0
    again.set(sheet, tries + 1)
    return tries < SESSION_LIMITS.MAX_SELF_REPRINTS
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
      keeping.filed(current)
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
      return ports.file(current, procedure, papers, ports.now(), snapshot.context.agreed)
    } catch (cause) {
      survive('filing-broke-off', cause)
      return null
    }
  }

  /**
   * What begins a filing is given its reference; one that is not taken is never used. What was kept
   * is found when its card is confirmed, and what is to be kept lies on disk before it is said so.
   */
  function touch(action: CitizenAction): SessionTouch | CoreEvent {
    const { visit: screen } = value()
    if (action.type === 'start' || action.type === 'another') {
      return { ...action, clientRef: ports.newClientRef() }
    }
    if (action.type === 'confirm-card') {
      return { ...action, kept: screen === 'confirm' ? keeping.offer(visit()) : null }
    }
    if (action.type === 'keep-draft' && screen === 'leave' && !keeping.keep(visit())) {
      return { type: 'draft-not-kept' }
    }
    return action
  }

  /** True where the screen is one on which something can be scanned. */
  function scan(): boolean {
    const { clientRef, paperAt } = visit()
    if (clientRef === null || paperAt === null || value().visit !== 'papers') return false
    const room = roomForPages(visit(), paperAt)
    if (room > 0) ports.papers.scan(clientRef, paperAt, room)
    return true
  }

  /** What is still missing from the filing of a slip, or what the procedure needs. */
  function sheetOf(current: Visit): Promise<ReceiptOut> | null {
    const { slip, news } = current
    if (slip !== null && news.state === 'asked-for') return ports.supplement(slip, news.asked)
    const procedure = offer.of(current)
    return procedure ? ports.sheet(procedure, ports.now()) : null
  }

  /** Asked for on the screen before the questions, or with a slip; the visit goes on whatever comes of it. */
  function printSheet(): void {
    const { clientRef, slip, procedure } = visit()
    const isOfAnother = (now: Visit) =>
      now.clientRef !== clientRef || now.slip !== slip || now.procedure !== procedure
    const printing = sheetOf(visit())
    if (printing === null) return
    const broken = (cause: unknown): ReceiptOut => {
      survive('sheet-broke-off', cause)
      return { state: 'unconfirmed' }
    }
    void printing.catch(broken).then((sheet) => {
      if (closed || isOfAnother(visit())) return
      send({ type: 'sheet', sheet })
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
        today: localDate(ports.now()),
        filing: slip === null ? null : ports.filingStatus(slip),
        hasPagePrinter: ports.hasPagePrinter(),
        display: snapshot.context.display,
        helpOpen: help === 'open',
        touchedAtMs: snapshot.context.lastTouchMs,
        cardLeft: leftCard.isLeft(),
        notice: ports.notice.current(),
        cardLies: early !== null,
        warnedForMs: presence === 'warned' ? Math.max(0, warnedUntil - ports.now()) : null,
      }
    },
    act(commandId, action) {
      const known = commands.find(([id]) => id === commandId)
      if (known) return known[1]
      const scans = action.type === 'scan-paper' && scan()
      const before = snapshot
      const isMeant = agreesToToday(action) && send(touch(action))
      // A touch that fits no screen ends the warning, and nothing else may come of it.
      const moved = isMeant && hasMoved(before)
      if (moved && action.type === 'agree-notice') readHeldBack()
      if (moved) keeping.after(action, before.context.visit, value().visit === 'attract')
      if (moved && action.type === 'print-sheet') printSheet()
      const stays = isMeant && action.type === 'stay'
      const outcome = moved || scans || stays ? 'done' : 'ignored'
      if (action.type === 'give-access-number' && outcome === 'done') {
        const { card, clientRef } = visit()
        void opening.open(action.digits, card, clientRef)
      }
      commands = [...commands.slice(1 - MAX_COMMANDS), [commandId, outcome]]
      afterChange()
      return outcome
    },
    scanned(text, from = 'reader') {
      takeCode(readCode(text, from, ports.now()))
    },
    scanRefused: () => takeCode({ kind: 'garbled' }),
    chooseOther() {
      const moved = send({ type: 'choose-other' })
      if (moved) afterChange()
      return moved
    },
    pageTaken(clientRef, component, page) {
      if (visit().clientRef !== clientRef) return false
      if (!send({ type: 'page-taken', component, page })) return false
      afterChange()
      return true
    },
    delivered(clientRef, delivery) {
      if (send({ type: 'delivery', clientRef, delivery })) afterChange()
    },
    printerChanged: takeUpWork,
    cardReaderChanged() {
      leftCard.look()
      chip.look()
    },
    close() {
      closed = true
      cancelTimer()
      chip.close()
      leftCard.close()
      lookUp.close()
      opening.giveUp()
    },
  }
}

/** What a text from a scanner of this kind is. */
export function readCode(text: string, from: ScanSource, nowMs: number): ScannedCode {
  return readers[from](text, localDate(nowMs))
}

/** How the text of each kind of scanner is read. */
const readers: Readonly<Record<ScanSource, typeof parseCode>> = {
  reader: parseCode,
  camera: parseCode,
  wedge: parseTypedCode,
  bridge: parseBridgedCode,
}

/**
 * A chip that another core was reading is read anew; its number, which nobody kept, typed anew; a
 * question to the portal is asked anew.
 */
function atRest(context: SessionContext): SessionContext {
  const { visit } = context
  const chip: Visit['chip'] = visit.chip.state === 'reading' ? { state: 'none' } : visit.chip
  const state = visit.access.state === 'reading' ? 'open' : visit.access.state
  const news: PortalNews = visit.news.state === 'asking' ? { state: 'none' } : visit.news
  return { ...context, visit: { ...visit, chip, access: { ...visit.access, state }, news } }
}
