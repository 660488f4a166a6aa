import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isoDate, localDate } from '../shared/domain/local-time.ts'
import { ok, type Result } from '../shared/domain/result.ts'
import type { SessionView, View } from '../shared/contract/index.ts'
import { scopeOf, versionsOf, type Procedure } from '../shared/forms/index.ts'
import { openAdmission } from './admission.ts'
import { createCardFace } from './card-face.ts'
import { createCounterNote, createCounterNotePaper } from './counter-note.ts'
import { createChipProof } from './chip-proof.ts'
import { socketCard } from './devices/socket-card.ts'
import { socketHid } from './devices/socket-hid.ts'
import { dictationTrouble } from './dictation/index.ts'
import { createDrafts } from './drafts.ts'
import { createFilings } from './filings.ts'
import { findingsOf } from './findings.ts'
import { createKeptDrafts } from './kept-drafts.ts'
import type { KioskPorts } from './kiosk.ts'
import { createDueOf, fileableHere } from './filing/index.ts'
import { registerDevices } from './device-registry.ts'
import { openCardReader, openDevices } from './kiosk-devices.ts'
import { kioskView } from './kiosk-view.ts'
import { faultOf } from './fault.ts'
import type { Log } from './log.ts'
import { createHelp, type Help } from './help.ts'
import { createLookUps } from './look-ups.ts'
import { makeReady } from './ready.ts'
import { createOutbox, newClientRef } from './outbox/index.ts'
import { createPageScans } from './page-scans.ts'
import { createPaperCapture } from './paper-capture.ts'
import { createPapers } from './printed-papers.ts'
import { openNotice } from './notice.ts'
import { openPlaces } from './places/index.ts'
import { PORTAL_LIMITS } from './portal/index.ts'
import { createPrinting, editionOn, openOfficialTexts } from './printing/index.ts'
import { openProcedureSearch } from './procedure-search.ts'
import { createQueueNumbers } from './queue-numbers.ts'
import { resourcesDir, voiceDir } from './resources-dir.ts'
import {
  createSession,
  knownIn,
  readCode,
  toSessionView,
  type Forms,
  type ScanSource,
  type Session,
  type Visit,
} from './session/index.ts'
import { createStaffDesk } from './staff-desk.ts'
import {
  calendarGaps,
  kioskFiles,
  loadWorkCalendar,
  type CalendarNotice,
} from './settings/index.ts'
import type { CoreOptions } from './shell/core-link.ts'
import { freeBytes, openBallast, type SafeStoragePort } from './store/index.ts'
import { systemTimers } from './timers.ts'
import { connectWorld } from './training/index.ts'
import { lookAtLanguages, sourceLanguage, type OfferedSpeech } from './voice/index.ts'
import type { Trouble } from './trouble.ts'
import { createViewFeed, type ViewFeed } from './view-feed.ts'

export interface Running {
  readonly ports: KioskPorts
  /** An assistant may dictate: the page is given a microphone. */
  readonly microphone: boolean
  close(): Promise<void>
}

/** What the core's process gives to what runs in it. */
export interface Surroundings {
  readonly log: Log
  /** Ends the process: the disk has failed under the store. `reason` is a code. */
  readonly storeDied: (reason: string) => void
  /** The login's keyring; null where the shell has none. */
  readonly keyring: SafeStoragePort | null
  /** Free bytes on the disk of a folder; the file system's word if not given. */
  readonly free?: (dir: string) => Promise<number>
}

/** Wires the capabilities together. */
export async function bringUp(
  options: CoreOptions,
  { log, storeDied, keyring, free = freeBytes }: Surroundings,
): Promise<Result<Running, Trouble>> {
  const ready = await makeReady(options, { log, keyring })
  if (!ready.ok) return ready
  const { world, profile, portal, store, keys, files: sealedFiles } = ready.value
  const { commune } = ready.value
  if (commune.state === 'used') log('procedures-used', { ...commune })
  const today = localDate(Date.now())
  const dictation = await dictationTrouble(profile.dictation)
  for (const { code, ...finding } of findingsOf({ ...ready.value, dictation, today })) {
    log(code, finding)
  }
  const { offered, unserved } = fileableHere(ready.value.procedures, profile)
  const procedures = versionsOf([...offered, ...unserved])
  const forms: Forms = { known: procedures, offered: versionsOf(offered) }
  const files = kioskFiles(options.dataDir)
  const now = Date.now

  let speech: OfferedSpeech = { canSpeak: false, languages: [sourceLanguage] }
  let feed: ViewFeed | null = null
  let help: Help | null = null
  /** What ends late, such as a look at the voice, finds no store to look into any more. */
  let closed = false
  const changed = () => {
    if (closed) return
    help?.assistance.looked()
    feed?.publish(view())
  }
  const admission = await openAdmission({
    free: () => free(files.store),
    biggestSessionBytes: PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES,
    ballast: await openBallast(files.store),
    timers: systemTimers,
    changed,
    log,
  })
  const outbox = createOutbox({
    store,
    keys,
    files: sealedFiles,
    portal,
    clock: { now },
    timers: systemTimers,
    random: Math.random,
    kioskId: profile.kioskId,
    keepAcceptedMs: (profile.portal.keepAcceptedHours ?? 0) * 3_600_000,
    giveRoom: () => admission.giveRoom(),
    storeDied,
    log,
  })
  const onScan = (text: string, from: ScanSource) => {
    if (help?.assistance.takesCards() === true) help.laid(readCode(text, from, now()))
    else if (!refusesVisits()) session.scanned(text, from)
  }
  const scans = {
    onScan,
    onRefused() {
      if (help?.assistance.takesCards() !== true && !refusesVisits()) session.scanRefused()
    },
  }
  const officialTexts = await openOfficialTexts(
    {
      shipped: join(resourcesDir(), 'papers', 'official-texts.json'),
      own: files.officialTexts,
    },
    log,
  )
  const tellOfCalendar = ({ event, ...details }: CalendarNotice) => log(event, details)
  const calendar = await loadWorkCalendar(
    { shipped: join(resourcesDir(), 'calendar'), own: files.calendar },
    tellOfCalendar,
  )
  calendarGaps(calendar, isoDate(localDate(now()))).forEach(tellOfCalendar)
  const due = createDueOf(calendar, profile.openingHours)
  const notice = await openNotice(join(resourcesDir(), 'papers', 'notice.json'), {
    store,
    now,
    hasChipReader: () => cardReader.state().state !== 'not-configured',
    log,
  })
  // From here on a scan may come: the session must stand before anything is waited for.
  const simulated = world?.scanner.kind === 'hid' ? socketHid(world.scanner.socket) : undefined
  const devices = openDevices(profile, scans, log, simulated)
  const { printer, pagePrinter, scanner, readerBridge, documentScanner } = devices
  const cardReader = openCardReader(
    profile.cardReader,
    (line) => log(line),
    world ? socketCard(world.cardReader.socket, systemTimers) : undefined,
  )
  const printing = createPrinting({
    printer,
    texts: (atMs) => editionOn(officialTexts, isoDate(localDate(atMs))),
    width: profile.printer?.dots ?? 576,
    fontsDir: join(resourcesDir(), 'fonts'),
  })

  /** The visit that goes on comes to its end; then the disk must have room before the next. */
  const refusesVisits = () => !admission.isOpen() && session.state().visitState === 'attract'
  const numbers = createQueueNumbers({ counters: profile.counters, store, log })
  const filings = createFilings({ profile, procedures, numbers, outbox, log })
  const papers = createPapers({
    printing,
    kioskId: profile.kioskId,
    place: { commune: profile.commune.name, province: profile.commune.province },
    tray: world?.printsDir ?? null,
    pagePrinter,
    counters: profile.counters,
    procedures,
    submission: outbox.get,
    due,
    log,
  })
  const capture = createPaperCapture({
    files: sealedFiles,
    source: options.training ? 'sample' : documentScanner === null ? 'camera' : 'scanner',
    scanner: documentScanner,
    isFiled: (clientRef) => outbox.get(clientRef) !== undefined,
    session: () => session,
    changed,
    log,
  })
  const kept = createKeptDrafts({ store, keys, admission, now, timers: systemTimers, log })
  const printCounterNote = createCounterNotePaper({ profile, printing })
  const session: Session = createSession(forms, {
    kept,
    notice,
    ...filings,
    ...papers,
    takeTicket(clientRef, group, nowMs) {
      const ticket = numbers.alone(clientRef, group, nowMs)
      return ticket.ok ? ticket.value : null
    },
    printCounterNote,
    ...createLookUps({ outbox, portal, now, log }),
    hasPagePrinter: () => pagePrinter.state().state !== 'not-configured',
    pagePrinterReady: () => pagePrinter.state().state === 'ready',
    printerReady: () => printer.state().state === 'ready',
    papers: capture.ports,
    chip: createChipProof(cardReader, systemTimers),
    drafts: createDrafts({ store, keys, admission, timers: systemTimers, log }),
    now,
    after: systemTimers.after,
    newClientRef: () => newClientRef(now(), randomBytes),
    changed,
    log,
  })

  const dueOfVisit = (visit: Visit, procedure: Procedure) =>
    due(
      procedure,
      scopeOf(procedure, knownIn(visit), visit.answers),
      outbox.get(visit.clientRef ?? '')?.receipt?.receivedAt ?? null,
    )
  const screen = (): SessionView =>
    refusesVisits()
      ? { screen: 'out-of-service', reason: 'disk' }
      : toSessionView(session.state(), forms, capture.doors, dueOfVisit)
  const view = (): View => {
    const state = session.state()
    return kioskView({
      profile,
      training: options.training,
      speech,
      nowMs: now(),
      session: state,
      screen: screen(),
      assistance: help?.assistance.view() ?? { call: 'none', role: { state: 'locked' } },
      devices: {
        scanner: scanner.state(),
        printer: printer.state(),
        readerBridge: readerBridge?.state() ?? null,
        pagePrinter: pagePrinter.state(),
        documentScanner: documentScanner?.state() ?? {
          state: profile.documentScanner ? 'camera' : 'not-configured',
        },
        cardReader: cardReader.state(),
      },
      delivery: { waiting: outbox.counts().waiting, portal: outbox.portalState() },
    })
  }

  const registry = registerDevices({ profile, devices, cardReader, printing, now })
  help = createHelp({
    profile,
    store,
    keys,
    session,
    screen,
    devices: { printer, pagePrinter, cardReader, registry },
    moveToCounter: createCounterNote({ procedures, numbers, print: printCounterNote, now }),
    now,
    after: systemTimers.after,
    changed,
    log,
  })
  help.assistance.looked()
  const { assistance } = help
  const stream = createViewFeed(view())
  feed = stream
  scanner.subscribe(changed)
  for (const device of [printer, pagePrinter]) {
    device.subscribe(() => {
      changed()
      session.printerChanged()
    })
  }
  readerBridge?.subscribe(changed)
  cardReader.subscribe(() => {
    changed()
    session.cardReaderChanged()
  })
  documentScanner?.subscribe(changed)
  await capture.discardLeftovers(session.state().visit.clientRef)
  outbox.subscribe((change) => {
    if (change.kind === 'filing') {
      const delivery = filings.delivery(change.clientRef)
      if (delivery !== null) session.delivered(change.clientRef, delivery)
    }
    changed()
  })
  outbox.start()
  // Waited for by nobody: a kiosk without a voice serves as well.
  const sources = {
    shipped: voiceDir(),
    loaded: files.languages,
    publicKey: profile.procedureKey ?? null,
  }
  void lookAtLanguages(sources, log).then(
    (found) => {
      speech = found
      changed()
    },
    (cause: unknown) => log('no-voice', { fault: faultOf(cause) }),
  )
  const places = openPlaces(
    join(resourcesDir(), 'places'),
    { name: profile.commune.name, province: profile.commune.province },
    systemTimers,
    log,
  )
  const search = await openProcedureSearch(files.catalogue, forms, now, systemTimers, log)

  return ok({
    ports: {
      watch: (signal) => stream.watch(signal),
      act(commandId, action) {
        if (refusesVisits() || !assistance.mayAct(commandId, action)) return 'ignored'
        assistance.acting(action)
        return session.act(commandId, action)
      },
      scan: createPageScans({ profile, scanned: onScan, now: () => performance.now(), log }),
      search: search.find,
      places,
      papers: capture.answer,
      staff: createStaffDesk(outbox),
      cardFace: createCardFace(cardReader, () => session.state().visit.card),
      devices: registry,
      help,
      training: world ? connectWorld(world.control) : null,
    },
    microphone: (profile.dictation ?? null) !== null,
    async close() {
      closed = true
      assistance.close()
      search.close()
      places.close()
      admission.close()
      session.close()
      kept.close()
      await scanner.close()
      await printer.close()
      await readerBridge?.close()
      await pagePrinter.close()
      await documentScanner?.close()
      await cardReader.close()
      await outbox.stop()
      await portal.close()
      store.close()
    },
  })
}
