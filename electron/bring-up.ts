import { randomBytes } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openAdmission } from './admission.ts'
import { isoDate, localDate } from '../shared/domain/local-time.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import type { PaperOut, View } from '../shared/contract/index.ts'
import {
  createSearch,
  loadPack,
  openCatalogueForReading,
  readCatalogue,
  type NationalRow,
} from './catalogue/index.ts'
import {
  createPrinter,
  noPrinter,
  serialTransport,
  tcpTransport,
} from './devices/printers/index.ts'
import { createScanner } from './devices/scanners/index.ts'
import { buildFiling, receiptInput } from './filing/index.ts'
import type { KioskPorts } from './kiosk.ts'
import { openKioskStore } from './open-store.ts'
import { createOutbox, newClientRef, type Submission } from './outbox/index.ts'
import { createPortalClient, PORTAL_LIMITS } from './portal/index.ts'
import { createPrinting, type Printed, type Printing } from './printing/index.ts'
import { resourcesDir } from './resources-dir.ts'
import {
  createSession,
  toFilingStatus,
  toSessionView,
  type SessionPorts,
  type Visit,
} from './session/index.ts'
import { createStaffDesk } from './staff-desk.ts'
import { kioskFiles, loadProfile, profileRemedy, type Profile } from './settings/index.ts'
import type { CoreOptions } from './shell/core-link.ts'
import {
  eraseDraft,
  freeBytes,
  loadDraft,
  openBallast,
  saveDraft,
  sqliteCode,
  storeFault,
} from './store/index.ts'
import { nextTicket, ticketGroups } from './tickets/index.ts'
import { systemTimers } from './timers.ts'
import { connectWorld, readWorldFile, trainingProfile } from './training/index.ts'
import type { Trouble } from './trouble.ts'
import { createViewFeed, type ViewFeed } from './view-feed.ts'

export interface Running {
  readonly ports: KioskPorts
  close(): Promise<void>
}

/** One line of the technician's log: an event and codes, never contents. */
export type Log = (event: string, details?: Readonly<Record<string, unknown>>) => void

/** The page is drawn by then. */
const WARM_UP_MS = 1_000

/** Wires the capabilities together. Everything that can be missing is looked for here, in order. */
export async function bringUp(
  options: CoreOptions,
  log: Log,
  free: (dir: string) => Promise<number> = freeBytes,
): Promise<Result<Running, Trouble>> {
  const files = kioskFiles(options.dataDir)
  const world = options.worldFile === null ? null : await readWorldFile(options.worldFile)
  const loaded = world ? ok(trainingProfile(world)) : await loadProfile(files.profile)
  if (!loaded.ok) {
    const reason = loaded.error.code === 'missing' ? 'no-profile' : 'bad-profile'
    return err({ reason, message: profileRemedy(loaded.error, files.profile) })
  }
  const profile = loaded.value

  const pack = await loadPack(join(resourcesDir(), 'procedures'))
  if (!pack.ok) {
    return err({ reason: 'bad-profile', message: `procedures: ${JSON.stringify(pack.error[0])}` })
  }
  const procedures = new Map(pack.value.map((procedure) => [procedure.code, procedure]))

  const portal = createPortalClient({ ...profile.portal, kioskId: profile.kioskId })
  if (!portal.ok) {
    const where = portal.error.code === 'bad-url' ? 'portal.url' : 'portal.receiptKeys'
    const problem = { code: 'invalid', where, what: portal.error.code } as const
    return err({ reason: 'bad-profile', message: profileRemedy(problem, files.profile) })
  }
  const opened = await openKioskStore({
    files,
    training: options.training,
    recoveryKeyPem: profile.recoveryKey,
    nowMs: Date.now(),
    log,
  })
  if (!opened.ok) return opened
  const { store, keys: kek, files: sealedFiles } = opened.value
  // For the technician's command, which looks into the store beside a running core.
  store.db
    .prepare(
      `INSERT INTO meta (key, value) VALUES ('kiosk_id', ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    )
    .run(profile.kioskId)
  const now = Date.now

  let feed: ViewFeed | null = null
  const admission = await openAdmission({
    free: () => free(files.store),
    biggestSessionBytes: PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES,
    ballast: await openBallast(files.store),
    timers: systemTimers,
    changed: () => feed?.publish(view()),
    log,
  })
  const outbox = createOutbox({
    store,
    keys: kek,
    files: sealedFiles,
    portal: portal.value,
    clock: { now },
    timers: systemTimers,
    random: Math.random,
    kioskId: profile.kioskId,
    giveRoom: () => admission.giveRoom(),
    log,
  })
  const printer = profile.printer
    ? createPrinter({
        transport:
          profile.printer.link.kind === 'tcp'
            ? tcpTransport(profile.printer.link)
            : serialTransport(profile.printer.link),
        timers: systemTimers,
        log: ({ event, ...details }) => log(event, details),
      })
    : noPrinter()
  const printing = createPrinting({
    printer,
    width: profile.printer?.dots ?? 576,
    fontsDir: join(resourcesDir(), 'fonts'),
  })
  const scanner = createScanner({
    path: profile.scanner?.path ?? null,
    baud: profile.scanner?.baud ?? 9600,
    timers: systemTimers,
    onScan: (text) => {
      if (!refusesVisits()) session.scanned(text)
    },
    log: (line) => log(line),
  })
  const groups = ticketGroups(profile.counters)
  const place = { commune: profile.commune.name, province: profile.commune.province }

  /** The visit that goes on comes to its end; then the disk must have room before the next. */
  const refusesVisits = () => !admission.isOpen() && session.state().visitState === 'attract'
  /** On a full disk a visit goes on in memory: only a crash would lose its answers. */
  const draftWrite = (write: () => void) => {
    try {
      write()
    } catch (cause) {
      if (storeFault(cause)?.code !== 'full') throw cause
      if (!admission.giveRoom()) return log('draft-not-kept', { code: 'full' })
      draftWrite(write)
    }
  }
  const sessionPorts: SessionPorts = {
    now,
    after: systemTimers.after,
    newClientRef: () => newClientRef(now(), randomBytes),
    drafts: {
      load() {
        const draft = loadDraft(store, kek)
        if (!draft.ok || draft.value === null) return null
        return { bytes: draft.value.payload, savedAtMs: draft.value.savedAtMs }
      },
      save: (bytes, nowMs) => draftWrite(() => saveDraft(store, kek, bytes, nowMs)),
      erase: () => draftWrite(() => eraseDraft(store)),
    },
    file(visit, procedure, nowMs) {
      if (visit.card === null || visit.clientRef === null) return null
      const confirmed = {
        clientRef: visit.clientRef,
        procedure,
        card: visit.card,
        answers: visit.answers,
      }
      const built = buildFiling(confirmed, profile.kioskId, nowMs)
      if (!built.ok) {
        log('filing-not-built', { fields: built.error.map(({ field }) => field) })
        return null
      }
      const queued = outbox.enqueue({
        clientRef: visit.clientRef,
        requestId: visit.clientRef,
        procedureCode: procedure.code,
        citizenKey: visit.card.number,
        body: built.value.bytes,
      })
      if (!queued.ok) {
        log('filing-not-kept', { code: queued.error.code })
        return null
      }
      const day = isoDate(localDate(nowMs))
      const request = { requestId: visit.clientRef, day, group: procedure.group, nowMs }
      const { number, counter, issuedAtMs } = nextTicket(store.db, request, groups)
      return {
        reference: queued.value.shortRef,
        ticket: { number, counter },
        filedAtMs: issuedAtMs,
      }
    },
    delivery(clientRef) {
      const submission = outbox.get(clientRef)
      return submission ? toDelivery(submission) : null
    },
    filingStatus(clientRef) {
      const submission = outbox.get(clientRef)
      const group = procedures.get(submission?.procedureCode ?? '')?.group
      return toFilingStatus(submission, group ? (profile.counters[group] ?? null) : null)
    },
    print: (visit, procedure) => printPapers(printing, place, profile, visit, procedure.shortName),
    async receipt(visit, procedure) {
      const submission = visit.clientRef ? outbox.get(visit.clientRef) : undefined
      if (!submission?.receipt || visit.card === null || world === null) return
      const pdf = await printing.receiptPdf(
        receiptInput({
          place,
          procedure,
          card: visit.card,
          answers: visit.answers,
          receipt: submission.receipt,
          counter: visit.filed?.ticket.counter ?? '',
        }),
      )
      // The A4 printer of the training world is a folder; a real one is a device of its own.
      if (!pdf.ok) return log('receipt-not-drawn', { code: pdf.error })
      const sheet = join(world.printsDir, `receipt-${submission.seq}.pdf`)
      // Under another name first: a sheet that lies in the tray is a whole one.
      await writeFile(`${sheet}.part`, pdf.value)
      await rename(`${sheet}.part`, sheet)
    },
    changed: () => feed?.publish(view()),
  }

  const view = (): View => {
    const state = session.state()
    const counts = outbox.counts()
    return {
      kiosk: {
        id: profile.kioskId,
        ...place,
        training: options.training,
        pixelsPerMm: profile.screen.pixelsPerMm,
        today: isoDate(localDate(now())),
      },
      session: refusesVisits()
        ? { screen: 'out-of-service', reason: 'disk' }
        : toSessionView(state, procedures),
      idle:
        state.warnedForMs === null
          ? { state: 'active' }
          : { state: 'warned', secondsLeft: Math.ceil(state.warnedForMs / 1000) },
      display: state.display,
      devices: { scanner: scanner.state(), printer: printer.state() },
      delivery: { waiting: counts.waiting, portal: outbox.portalState() },
    }
  }

  const session = createSession(procedures, sessionPorts)
  const stream = createViewFeed(view())
  feed = stream
  const refresh = () => stream.publish(view())
  scanner.subscribe(refresh)
  printer.subscribe(refresh)
  outbox.subscribe((change) => {
    if (change.kind === 'filing') {
      const submission = outbox.get(change.clientRef)
      const delivery = submission ? toDelivery(submission) : null
      if (delivery !== null) session.delivered(change.clientRef, delivery)
    }
    refresh()
  })
  outbox.start()

  // The index over thousands of names is made once the page is up, not while it waits.
  const national = await openCatalogueForReading(files.catalogue)
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
  let search: ReturnType<typeof createSearch> | null = null
  const findProcedures = (words: string) => {
    search ??= createSearch(pack.value, readNational())
    return search(words)
  }
  const cancelWarmUp = systemTimers.after(WARM_UP_MS, () => void findProcedures(''))

  return ok({
    ports: {
      watch: (signal) => stream.watch(signal),
      act: (commandId, action) => (refusesVisits() ? 'ignored' : session.act(commandId, action)),
      search: findProcedures,
      staff: createStaffDesk(outbox),
      training: world ? connectWorld(world.control) : null,
    },
    async close() {
      cancelWarmUp()
      admission.close()
      session.close()
      await scanner.close()
      await printer.close()
      await outbox.stop()
      await portal.value.close()
      if (national.ok) national.value?.close()
      store.close()
    },
  })
}

function toDelivery(submission: Submission): NonNullable<Visit['filed']>['delivery'] {
  if (submission.dossierCode !== null) {
    return { state: 'accepted', dossierCode: submission.dossierCode }
  }
  // Withdrawn or handed over on paper: ended without a dossier code, so an officer knows more.
  const needsOfficer = submission.state === 'NEEDS_STAFF' || submission.state === 'ERASED'
  return { state: needsOfficer ? 'needs-officer' : 'held' }
}

/** Slip first: it is the promise. The ticket follows only when the slip came out. */
async function printPapers(
  printing: Printing,
  place: { commune: string; province: string },
  profile: Profile,
  visit: Visit,
  procedureName: string,
): Promise<PaperOut> {
  const { filed, card, clientRef } = visit
  if (!filed || !card || !clientRef)
    throw new Error('a visit that has filed nothing prints nothing')
  const common = { ...place, kioskId: profile.kioskId, reprint: filed.reprint }
  const slip = await printing.printSlip({
    ...common,
    clientRef,
    reference: filed.reference,
    procedureName,
    maskedNumber: `${card.number.slice(0, 3)}*****${card.number.slice(-4)}`,
    receivedAtMs: filed.filedAtMs,
    ticket: filed.ticket,
  })
  if (!slip.ok) return toPaperOut(slip)
  return toPaperOut(
    await printing.printTicket({ ...common, ...filed.ticket, issuedAtMs: filed.filedAtMs }),
  )
}

function toPaperOut(printed: Printed): PaperOut {
  if (printed.ok) return { state: printed.value.confirmed ? 'printed' : 'unconfirmed' }
  switch (printed.error.kind) {
    case 'printer':
      return { state: 'failed', printer: printed.error.printer }
    case 'drawing':
      return { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } }
  }
}
