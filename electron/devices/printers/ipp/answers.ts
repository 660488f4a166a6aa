import type { PagePrinterState } from '../../../../shared/contract/index.ts'
import type { IppGroup, IppMessage } from './codec.ts'
import { MEDIA, PAGE_FORMATS, type Media, type PageFormat } from './operations.ts'

/** What a printer says of itself. */
export type PrinterFacts = {
  readonly state: PagePrinterState
  /** The best format that both sides know; null where there is none. */
  readonly format: PageFormat | null
  /** Sheets for the kiosk's papers that lie in its trays; those it could take where it names none. */
  readonly media: readonly Media[]
}

/** Where a job stands. `stopped` waits for somebody at the printer. */
export type JobState = 'waiting' | 'printing' | 'stopped' | 'completed' | 'cancelled' | 'aborted'

/** Statuses below are successes (RFC 8011, 4.1.6.2). */
export const isSuccess = (answer: IppMessage) => answer.code < 0x0100

/** Facts from the answer to Get-Printer-Attributes; null where it has none. */
export function readPrinter(answer: IppMessage): PrinterFacts | null {
  const printer = groupOf(answer, 'printer')
  const state = number(printer, 'printer-state')
  if (state === null) return null
  const formats = texts(printer, 'document-format-supported')
  const sheetsOf = (name: string) => {
    const sheets = texts(printer, name)
    return (['A4', 'A5'] as const).filter((media) => sheets.includes(MEDIA[media]))
  }
  const lying = sheetsOf('media-ready')
  const accepting = flag(printer, 'printer-is-accepting-jobs') ?? true
  return {
    state: pageState(state, accepting, texts(printer, 'printer-state-reasons')),
    format: PAGE_FORMATS.find((format) => formats.includes(format)) ?? null,
    media: lying.length > 0 ? lying : sheetsOf('media-supported'),
  }
}

/** The number of the job that an answer speaks of; null where it names none. */
export const readJobId = (answer: IppMessage) => number(groupOf(answer, 'job'), 'job-id')

/** Where the job stands; null where the answer does not say. */
export function readJobState(answer: IppMessage): JobState | null {
  const state = number(groupOf(answer, 'job'), 'job-state')
  return state === null ? null : (JOB_STATES.get(state) ?? null)
}

/** RFC 8011, 5.3.7 */
const JOB_STATES = new Map<number, JobState>([
  [3, 'waiting'],
  [4, 'waiting'],
  [5, 'printing'],
  [6, 'stopped'],
  [7, 'cancelled'],
  [8, 'aborted'],
  [9, 'completed'],
])

/** RFC 8011, 5.4.11: idle, processing, stopped. */
const STOPPED = 5

/** Reasons that stop a page, worst first; the first that stands decides. RFC 8011, 5.4.12. */
const FAULTS: readonly (readonly [PagePrinterState['state'] & FaultState, readonly string[]])[] = [
  ['jam', ['media-jam']],
  ['door-open', ['door-open', 'cover-open', 'interlock-open']],
  ['paper-out', ['media-empty', 'media-needed', 'input-tray-missing']],
  ['toner-out', ['toner-empty', 'marker-supply-empty', 'developer-empty']],
  ['offline', ['offline', 'shutdown', 'connecting-to-device', 'timed-out']],
]
type FaultState = 'jam' | 'door-open' | 'paper-out' | 'toner-out' | 'offline'

/**
 * The state of a printer from its attributes. A fault counts whatever its suffix says: printers
 * report an empty tray as a warning as well as an error, and no page comes out of either.
 */
function pageState(
  state: number,
  accepting: boolean,
  keywords: readonly string[],
): PagePrinterState {
  const reasons = new Set(
    keywords.map((keyword) => keyword.replace(/-(?:report|warning|error)$/, '')),
  )
  const fault = FAULTS.find(([, names]) => names.some((name) => reasons.has(name)))
  if (fault) return { state: fault[0] }
  if (state === STOPPED || !accepting || reasons.has('paused')) return { state: 'stopped' }
  return {
    state: 'ready',
    low:
      reasons.has('toner-low') || reasons.has('marker-supply-low')
        ? 'toner'
        : reasons.has('media-low')
          ? 'paper'
          : null,
  }
}

const groupOf = (answer: IppMessage, tag: IppGroup['tag']) =>
  answer.groups.find((group) => group.tag === tag)

function values(group: IppGroup | undefined, name: string) {
  return group?.attributes.find((attribute) => attribute.name === name)?.values ?? []
}

function number(group: IppGroup | undefined, name: string): number | null {
  const [first] = values(group, name)
  return first?.kind === 'integer' || first?.kind === 'enum' ? first.value : null
}

function flag(group: IppGroup | undefined, name: string): boolean | null {
  const [first] = values(group, name)
  return first?.kind === 'boolean' ? first.value : null
}

function texts(group: IppGroup | undefined, name: string): string[] {
  return values(group, name).flatMap((value) =>
    value.kind === 'keyword' || value.kind === 'mime' || value.kind === 'name' ? [value.value] : [],
  )
}
