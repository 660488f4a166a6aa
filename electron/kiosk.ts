import { implement, ORPCError } from '@orpc/server'
import {
  contract,
  type AssistantAnswer,
  type Audience,
  type AssistAnswer,
  type CardFace,
  type CitizenAction,
  type DeviceEvent,
  type DeviceList,
  type DeviceRole,
  type DeviceTest,
  type ExportAnswer,
  type ExportOrdered,
  type FilingBrief,
  type FilingDetail,
  type ImportAnswer,
  type ImportOrdered,
  type ListedProvince,
  type OutboxOverview,
  type PageScan,
  type PlaceQuestion,
  type PlaceSuggestion,
  type PrinterFault,
  type SearchHit,
  type StaffAnswer,
  type StaffOrdered,
  type TrainingCard,
  type TrainingDevice,
  type UnlockAnswer,
  type Update,
} from '../shared/contract/index.ts'
import { unreachable } from '../shared/domain/result.ts'
import type { PaperAnswer, PaperRequest } from './papers/index.ts'
import type { Assistance, AssistantDesk, Calls } from './staff/index.ts'

/** What the contract needs from the rest of the core. */
export interface KioskPorts {
  watch(signal: AbortSignal): AsyncGenerator<Update, void>
  /** Idempotent by `commandId`. */
  act(commandId: string, action: CitizenAction): 'done' | 'ignored'
  /** What a scanner of the page's own read; `ignored` where there is none, or it reads too often. */
  scan(scan: PageScan): 'done' | 'ignored'
  search(words: string): SearchHit[]
  places: PlaceList
  /** Captured pages in, their pictures out: never through the contract itself. */
  papers(request: PaperRequest): Promise<PaperAnswer>
  /** Null while the kiosk is out of service. */
  staff: StaffDesk | null
  /** Null while the kiosk is out of service. */
  devices: DeviceDesk | null
  /** The face on the card that lies on the reader; null while the kiosk is out of service. */
  cardFace: ((digits: string | null, signal: AbortSignal) => Promise<CardFace>) | null
  /** Null while the kiosk is out of service. */
  help: HelpDesk | null
  /** Null outside training mode: then the dock's procedures do not exist. */
  training: TrainingWorld | null
}

/** The provinces and communes that an address is made of. */
export interface PlaceList {
  provinces(): Promise<ListedProvince[]>
  suggest(question: PlaceQuestion): Promise<PlaceSuggestion[]>
}

/** What staff and technicians do with filings. */
export interface StaffDesk {
  list(): FilingBrief[]
  show(clientRef: string): FilingDetail | null
  overview(): OutboxOverview
  act(action: StaffDeed, order: StaffOrdered): Promise<StaffAnswer>
  transferKey(): { publicKey: string; fingerprint: string }
  exportTo(order: ExportOrdered): Promise<ExportAnswer>
  importFrom(order: ImportOrdered): Promise<ImportAnswer>
}

/** Calls for a person, who of the staff steps in, and who may. */
export interface HelpDesk {
  readonly assistance: Pick<
    Assistance,
    'ask' | 'byPin' | 'use' | 'lookedAtFace' | 'dictate' | 'isUnlockedOn' | 'gone'
  >
  readonly calls: Pick<Calls, 'list' | 'watch'>
  readonly assistants: AssistantDesk
}

/** What technicians do with devices. */
export interface DeviceDesk {
  list(): Promise<DeviceList>
  watch(signal: AbortSignal): AsyncGenerator<DeviceEvent, void>
  /** `signal`: whoever asked has gone. */
  test(role: DeviceRole, signal: AbortSignal): Promise<DeviceTest>
}

/** The actions on one filing, by their names in the contract. */
export type StaffDeed = 'retry' | 'hold' | 'release' | 'handOver' | 'withdraw'

/** The presenter's hands: the invented world that training mode runs in. */
export interface TrainingWorld {
  state(): Promise<{
    citizens: { id: string; label: string }[]
    codes: { id: string; label: string }[]
    portal: 'up' | 'cut'
    paper: 'in' | 'near-end' | 'out'
    unplugged: TrainingDevice[]
    printer: PrinterFault
    card: TrainingCard
    accepted: number
    prints: string[]
  }>
  scan(id: string): Promise<void>
  /** Any text under the scanner, such as a printed slip's code; for tests and rehearsals. */
  scanText(text: string): Promise<void>
  /** `one-more`: up until it has taken one more filing in, then cut; for tests. */
  setPortal(portal: 'up' | 'cut' | 'one-more'): Promise<void>
  /** The authority asks for more beside the filing that was accepted last; without one, nothing. */
  askSupplement(): Promise<void>
  setPaper(paper: 'in' | 'near-end' | 'out'): Promise<void>
  setDevice(device: TrainingDevice, plugged: boolean): Promise<void>
  setPrinter(fault: PrinterFault): Promise<void>
  /** Lays a card on the reader of chips, or takes it off. */
  setCard(card: TrainingCard): Promise<void>
  /** Ends this process as a crash would. */
  killCore(): void
}

/** Limits of one page's calls. */
export const CALL_LIMITS = {
  /** Calls in any one second; the fastest finger makes ten. */
  MAX_CALLS_PER_SECOND: 60,
  /** Command ids that are remembered, of each kind of command. */
  MAX_REMEMBERED: 64,
} as const

/**
 * Who speaks over a connection. A page is the citizen's, and an assistant's while one has unlocked it;
 * whoever may open the control socket owns the kiosk's files, and is the technician.
 */
export type Role = 'citizen' | 'technician'

/** One connection. */
export interface Caller {
  readonly role: Role
  /** Tells this connection from any other. */
  readonly page: object
  /** False when this page calls too often. */
  admit(): boolean
}

/** The contract implemented, nothing else. */
export function createKiosk(ports: KioskPorts) {
  const api = implement(contract).$context<Caller>()
  const guarded = api.use(({ context, next, procedure }) => {
    if (!context.admit()) throw new ORPCError('TOO_MANY_REQUESTS')
    const { audience } = procedure['~orpc'].meta
    const unlocked = ports.help?.assistance.isUnlockedOn(context.page) === true
    if (!mayCall(context.role, audience, unlocked)) throw new ORPCError('FORBIDDEN')
    if (audience === 'training' && ports.training === null) throw new ORPCError('NOT_FOUND')
    return next()
  })
  const training = (): TrainingWorld => {
    if (ports.training === null) throw new ORPCError('NOT_FOUND')
    return ports.training
  }
  const staff = (): StaffDesk => {
    if (ports.staff === null) throw new ORPCError('SERVICE_UNAVAILABLE')
    return ports.staff
  }
  const devices = (): DeviceDesk => {
    if (ports.devices === null) throw new ORPCError('SERVICE_UNAVAILABLE')
    return ports.devices
  }
  const help = (): HelpDesk => {
    if (ports.help === null) throw new ORPCError('SERVICE_UNAVAILABLE')
    return ports.help
  }
  const once = rememberCommands<null>()
  const onceUnlocked = rememberCommands<UnlockAnswer>()
  const onceAssisted = rememberCommands<AssistAnswer>()
  const onceListed = rememberCommands<AssistantAnswer>()
  const onceScanned = rememberCommands<{ outcome: 'done' | 'ignored' }>()
  const onceDone = rememberCommands<StaffAnswer>()
  const onceExported = rememberCommands<ExportAnswer>()
  const onceImported = rememberCommands<ImportAnswer>()
  const onceTested = rememberCommands<DeviceTest>()
  const deed = (action: StaffDeed) =>
    guarded.staff.outbox[action].handler(({ input }) =>
      onceDone(input.commandId, () => staff().act(action, input)),
    )

  return guarded.router({
    citizen: {
      watch: guarded.citizen.watch.handler(({ signal = NEVER }) => ports.watch(signal)),
      act: guarded.citizen.act.handler(({ input }) => ({
        outcome: ports.act(input.commandId, input.action),
      })),
      scan: guarded.citizen.scan.handler(({ input: { commandId, ...scan } }) =>
        onceScanned(commandId, async () => ({ outcome: ports.scan(scan) })),
      ),
      unlock: {
        ask: guarded.citizen.unlock.ask.handler(({ input, context }) =>
          once(input.commandId, async () => {
            help().assistance.ask(context.page, input.open)
            return null
          }),
        ),
        try: guarded.citizen.unlock.try.handler(({ input, context }) =>
          onceUnlocked(input.commandId, () =>
            help().assistance.byPin(context.page, input.assistant, input.pin),
          ),
        ),
      },
      search: guarded.citizen.search.handler(({ input }) => ports.search(input.words)),
      provinces: guarded.citizen.provinces.handler(() => ports.places.provinces()),
      places: guarded.citizen.places.handler(({ input }) => ports.places.suggest(input)),
    },
    staff: {
      outbox: {
        list: guarded.staff.outbox.list.handler(() => staff().list()),
        show: guarded.staff.outbox.show.handler(({ input }) => staff().show(input.clientRef)),
        overview: guarded.staff.outbox.overview.handler(() => staff().overview()),
        retry: deed('retry'),
        hold: deed('hold'),
        release: deed('release'),
        handOver: deed('handOver'),
        withdraw: deed('withdraw'),
        transferKey: guarded.staff.outbox.transferKey.handler(() => staff().transferKey()),
        export: guarded.staff.outbox.export.handler(({ input }) =>
          onceExported(input.commandId, () => staff().exportTo(input)),
        ),
        import: guarded.staff.outbox.import.handler(({ input }) =>
          onceImported(input.commandId, () => staff().importFrom(input)),
        ),
      },
      card: {
        face: guarded.staff.card.face.handler(({ input, context, signal = NEVER }) => {
          if (ports.cardFace === null) throw new ORPCError('SERVICE_UNAVAILABLE')
          ports.help?.assistance.lookedAtFace(context.page)
          return ports.cardFace(input.digits, signal)
        }),
      },
      dictate: guarded.staff.dictate.handler(({ input, context, signal = NEVER }) =>
        help().assistance.dictate(context.page, Buffer.from(input.sound, 'base64'), signal),
      ),
      assist: guarded.staff.assist.handler(({ input, context }) =>
        onceAssisted(input.commandId, () => help().assistance.use(context.page, input.tool)),
      ),
      calls: {
        list: guarded.staff.calls.list.handler(() => help().calls.list()),
        watch: guarded.staff.calls.watch.handler(({ signal = NEVER }) =>
          help().calls.watch(signal),
        ),
      },
      assistants: {
        list: guarded.staff.assistants.list.handler(() => help().assistants.list()),
        add: guarded.staff.assistants.add.handler(({ input }) =>
          onceListed(input.commandId, () => help().assistants.add(input)),
        ),
        remove: guarded.staff.assistants.remove.handler(({ input }) =>
          onceListed(input.commandId, async () => help().assistants.remove(input)),
        ),
        reset: guarded.staff.assistants.reset.handler(({ input }) =>
          onceListed(input.commandId, async () => help().assistants.reset(input)),
        ),
      },
      devices: {
        list: guarded.staff.devices.list.handler(() => devices().list()),
        watch: guarded.staff.devices.watch.handler(({ signal = NEVER }) => devices().watch(signal)),
        test: guarded.staff.devices.test.handler(({ input, signal = NEVER }) =>
          onceTested(input.commandId, () => devices().test(input.role, signal)),
        ),
      },
    },
    training: {
      world: guarded.training.world.handler(() => training().state()),
      scan: guarded.training.scan.handler(({ input }) =>
        once(input.commandId, () => training().scan(input.id).then(nothing)),
      ),
      setPortal: guarded.training.setPortal.handler(({ input }) =>
        once(input.commandId, () => training().setPortal(input.portal).then(nothing)),
      ),
      askSupplement: guarded.training.askSupplement.handler(({ input }) =>
        once(input.commandId, () => training().askSupplement().then(nothing)),
      ),
      setPaper: guarded.training.setPaper.handler(({ input }) =>
        once(input.commandId, () => training().setPaper(input.paper).then(nothing)),
      ),
      setDevice: guarded.training.setDevice.handler(({ input }) =>
        once(input.commandId, () =>
          training().setDevice(input.device, input.plugged).then(nothing),
        ),
      ),
      setPrinter: guarded.training.setPrinter.handler(({ input }) =>
        once(input.commandId, () => training().setPrinter(input.printer).then(nothing)),
      ),
      setCard: guarded.training.setCard.handler(({ input }) =>
        once(input.commandId, () => training().setCard(input.card).then(nothing)),
      ),
      killCore: guarded.training.killCore.handler(() => {
        training().killCore()
        return null
      }),
    },
  })
}

function mayCall(role: Role, audience: Audience, unlocked: boolean): boolean {
  switch (audience) {
    case 'citizen':
    case 'training':
      return true
    case 'assistant':
      return role === 'technician' || unlocked
    case 'technician':
      return role === 'technician'
    default:
      return unreachable(audience)
  }
}

/** Of a channel that does not say when its far end goes. */
const NEVER = new AbortController().signal

const nothing = (): null => null

/** Runs a command once; its repeat waits for, and gets, the first answer. */
function rememberCommands<T>() {
  const answers = new Map<string, Promise<T>>()
  return (commandId: string, run: () => Promise<T>): Promise<T> => {
    const known = answers.get(commandId)
    if (known) return known
    const answer = run()
    answers.set(commandId, answer)
    const oldest = answers.keys().next().value
    if (answers.size > CALL_LIMITS.MAX_REMEMBERED && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}
