import type { PagePrinterState } from '../../../../shared/contract/index.ts'
import type { IppGroup, IppMessage } from './codec.ts'
import { MEDIA, RASTER_COLOURS, type Media, type PageForm } from './operations.ts'

/** What a printer says of itself. */
export type PrinterFacts = {
  readonly state: PagePrinterState
  /** The forms for a sheet that both sides know, the best first. */
  readonly formsFor: (media: Media) => readonly PageForm[]
  /** Sheets for the kiosk's papers that lie in its trays; those it could take where it names none. */
  readonly media: readonly Media[]
}

/**
 * Where a job stands. `stopped` waits for somebody at the printer. `unsent`: a queue could not reach
 * the printer behind it, and keeps the job for another time.
 */
export type JobState =
  | 'waiting'
  | 'unsent'
  | 'printing'
  | 'stopped'
  | 'completed'
  | 'cancelled'
  | 'aborted'

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
  // A queue keeps what the printer behind it said during the last job, and asks again with the next.
  const isStale = state === IDLE && texts(printer, 'cups-version').length > 0
  const accepting = flag(printer, 'printer-is-accepting-jobs') ?? true
  return {
    state: pageState(state, accepting, isStale ? [] : texts(printer, 'printer-state-reasons')),
    formsFor: (media) => {
      const raster = rasterOf(printer)
      const ours: readonly PageForm[] = [
        { format: 'application/pdf' },
        ...(raster ? [{ format: 'image/pwg-raster', ...raster, media } as const] : []),
        { format: 'image/jpeg' },
      ]
      return ours.filter(({ format }) => formats.includes(format))
    },
    media: lying.length > 0 ? lying : sheetsOf('media-supported'),
  }
}

/** Dots an inch at which small letters with two marks stay sharp. */
const SHARP_DPI = 300

/** The raster to draw for a printer (PWG 5102.4): no more dots than are needed. Null where it is silent. */
function rasterOf(printer: IppGroup | undefined) {
  const types = texts(printer, 'pwg-raster-document-type-supported')
  const colour = RASTER_COLOURS.find((one) => types.includes(one))
  const each = squareDpi(printer, 'pwg-raster-document-resolution-supported')
  const dpi = each.find((one) => one >= SHARP_DPI) ?? each.at(-1)
  return colour && dpi ? { colour, dpi } : null
}

/** Resolutions that are the same across and down, in dots an inch, the lowest first. */
function squareDpi(group: IppGroup | undefined, name: string): number[] {
  const found = values(group, name).flatMap((value) => {
    if (value.kind !== 'octets' || value.tag !== RESOLUTION || value.bytes.length !== 9) return []
    const bytes = Buffer.from(value.bytes)
    const [across, down] = [bytes.readInt32BE(0), bytes.readInt32BE(4)]
    const isOurs = across === down && bytes[8] === PER_INCH && across > 0 && across <= MAX_DPI
    return isOurs ? [across] : []
  })
  return found.toSorted((a, b) => a - b)
}
/** RFC 8010, 3.9, and RFC 8011, 5.1.16. */
const [RESOLUTION, PER_INCH] = [0x32, 3] as const
/** An A4 sheet of more has 140 million dots. */
const MAX_DPI = 1_200

/** The number of the job that an answer speaks of; null where it names none. */
export const readJobId = (answer: IppMessage) => number(groupOf(answer, 'job'), 'job-id')

/** Where the job stands; null where the answer does not say. */
export function readJobState(answer: IppMessage): JobState | null {
  const job = groupOf(answer, 'job')
  const state = number(job, 'job-state')
  if (state === HELD && texts(job, 'job-state-reasons').includes('resources-are-not-ready')) {
    return 'unsent'
  }
  return state === null ? null : (JOB_STATES.get(state) ?? null)
}

/** Whether the answer says that not one side of the job has come out. */
export const isUntouched = (answer: IppMessage) =>
  number(groupOf(answer, 'job'), 'job-impressions-completed') === 0

/** RFC 8011, 5.3.7: somebody, or the queue itself, keeps it back. */
const HELD = 4

/** RFC 8011, 5.3.7 */
const JOB_STATES = new Map<number, JobState>([
  [3, 'waiting'],
  [HELD, 'waiting'],
  [5, 'printing'],
  [6, 'stopped'],
  [7, 'cancelled'],
  [8, 'aborted'],
  [9, 'completed'],
])

/** RFC 8011, 5.4.11: idle, processing, stopped. */
const [IDLE, STOPPED] = [3, 5] as const

/** Reasons that stop a page, worst first; the first that stands decides. RFC 8011, 5.4.12. */
const FAULTS: readonly (readonly [PagePrinterState['state'] & FaultState, readonly string[]])[] = [
  ['jam', ['media-jam']],
  ['door-open', ['door-open', 'cover-open', 'interlock-open']],
  ['paper-out', ['media-empty', 'media-needed', 'input-tray-missing']],
  ['toner-out', ['toner-empty', 'marker-supply-empty', 'developer-empty']],
  // A queue is `connecting-to-device` at the start of each job: that alone is no fault.
  ['offline', ['offline', 'shutdown', 'timed-out']],
  // Words of CUPS for the printer behind it, and for a queue that lacks a filter.
  ['stopped', ['cups-remote-stopped', 'cups-missing-filter']],
]
type FaultState = 'jam' | 'door-open' | 'paper-out' | 'toner-out' | 'offline' | 'stopped'

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
    value.kind === 'keyword' || value.kind === 'mime' || value.kind === 'text' ? [value.value] : [],
  )
}
