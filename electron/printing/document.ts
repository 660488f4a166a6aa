import type { DueView } from '../../shared/contract/index.ts'
import { isoDate, localDate } from '../../shared/domain/local-time.ts'
import { clockWords, counterWords, dayWords, dueWords } from './local-words.ts'
import { printMessages } from './messages.ts'

/** Sizes of running text; the rasteriser says how many points each is. */
export type TextSize = 'small' | 'body' | 'lead' | 'title'
/** Weights that stand in `resources/fonts`. */
export type TextWeight = 'regular' | 'semibold' | 'bold'

/** Running text of one kind. */
export type Words = {
  readonly text: string
  readonly size: TextSize
  readonly weight: TextWeight
}

/**
 * One thing on the paper, top to bottom, on a roll or on a page. On a roll everything is
 * left-aligned: eyes find one edge.
 */
export type Block =
  | ({ readonly kind: 'text' } & Words)
  /** Centred on a page, as official papers have it. */
  | ({ readonly kind: 'heading' } & Words)
  /** Side by side on a page, each line centred in its half; one under the other on a roll. */
  | { readonly kind: 'columns'; readonly left: readonly Words[]; readonly right: readonly Words[] }
  /** A label that ends in its own colon, and its value behind it where there is room. */
  | { readonly kind: 'field'; readonly label: string; readonly value: string }
  /** Label and value side by side; on narrow paper one under the other. */
  | { readonly kind: 'pair'; readonly label: string; readonly value: string }
  | { readonly kind: 'step'; readonly mark: string; readonly text: string }
  /** In a frame, so that the state of the paper is seen before it is read. */
  | { readonly kind: 'notice'; readonly text: string }
  /** One line, as large as the paper allows up to `maxPt`. */
  | { readonly kind: 'code'; readonly text: string; readonly maxPt: number }
  /** QR at the right edge, what it is for beside it. */
  | { readonly kind: 'qr'; readonly payload: string; readonly caption: readonly string[] }
  | { readonly kind: 'rule'; readonly weight: 'thin' | 'thick' }
  | { readonly kind: 'gap'; readonly mm: number }
  /** Ticks of a millimetre, to see whether the paper has its true size. */
  | { readonly kind: 'ruler'; readonly mm: number }

export type Document = readonly Block[]

/** What the slip says. It has no field for a name: a slip gets lost. */
export type SlipInput = {
  readonly commune: string
  readonly province: string
  readonly kioskId: string
  readonly clientRef: string
  /** The short reference, eight characters. */
  readonly reference: string
  readonly procedureName: string
  /** As `083*****0000`; any other shape is a bug and throws. */
  readonly maskedNumber: string | null
  /** When the filing became durable, ms since the epoch. */
  readonly receivedAtMs: number
  readonly ticket: { readonly number: string; readonly counter: string } | null
  readonly due: Exclude<DueView, { state: 'day' }>
  /** Names of the papers that the citizen takes to the counter. */
  readonly handIn: readonly string[]
  /** What must still follow before the errand is done; null where nothing must. */
  readonly next: string | null
  readonly reprint: boolean
}

/** What the ticket says; nothing about the person or the errand. */
export type TicketInput = {
  readonly commune: string
  readonly province: string
  readonly kioskId: string
  /** As called, "A027". */
  readonly number: string
  readonly counter: string
  /** When the number was taken, ms since the epoch; a reprint keeps it. */
  readonly issuedAtMs: number
  readonly reprint: boolean
}

/** QR text of a slip: the client reference and nothing personal. */
export const slipPayload = (clientRef: string) => `MCK:S:${clientRef}`

/** QR text of a ticket: kiosk, local day and number. */
export function ticketPayload(kioskId: string, issuedAtMs: number, number: string): string {
  const day = isoDate(localDate(issuedAtMs)).replaceAll('-', '')
  return `MCK:T:${kioskId}:${day}:${number}`
}

/** `KM4TR7HC` is read aloud as `KM 4T R7 HC`. */
export function inPairs(reference: string): string {
  return reference.replaceAll(/\s/g, '').replaceAll(/(..)(?=.)/g, '$1 ')
}

const MASKED_NUMBER = /^\d{3}\*{5}\d{4}$/

const gap = (mm: number): Block => ({ kind: 'gap', mm })
const thin: Block = { kind: 'rule', weight: 'thin' }
const text = (words: string, size: TextSize, weight: TextWeight = 'regular'): Block => ({
  kind: 'text',
  text: words,
  size,
  weight,
})

/** Whose paper it is. */
export function head(place: { readonly commune: string; readonly province: string }): Block[] {
  return [
    text(place.commune, 'lead', 'semibold'),
    text(place.province, 'small'),
    gap(2),
    { kind: 'rule', weight: 'thick' },
    gap(3),
  ]
}

/** Stands on whatever may be the second paper of its kind. */
export const reprintMark = (reprint: boolean): Block[] =>
  reprint ? [text(printMessages.reprint, 'lead', 'bold'), gap(1)] : []

/**
 * "Phiếu ghi nhận tạm": printed as soon as the filing is durable, before the portal has answered,
 * so its words stay true whether or not the line is up.
 */
export function slipDocument(input: SlipInput): Document {
  if (input.maskedNumber !== null && !MASKED_NUMBER.test(input.maskedNumber)) {
    throw new Error('a slip takes a masked number only')
  }
  const words = printMessages.slip
  const steps = [
    ...(input.ticket
      ? [words.waitForCall(input.ticket.number, counterWords(input.ticket.counter).toLowerCase())]
      : []),
    ...input.handIn.map(words.handIn),
    ...(input.next === null ? [] : [input.next]),
    words.sentByItself,
    words.thenReceipt,
  ]
  return [
    ...head(input),
    ...reprintMark(input.reprint),
    text(words.title, 'title', 'bold'),
    gap(2),
    { kind: 'notice', text: words.notice },
    gap(4),
    text(words.referenceLabel, 'small'),
    { kind: 'code', text: inPairs(input.reference), maxPt: 34 },
    text(words.referenceHint, 'small'),
    gap(3),
    thin,
    gap(2),
    { kind: 'pair', label: words.procedure, value: input.procedureName },
    {
      kind: 'pair',
      label: words.receivedAt,
      value: `${clockWords(input.receivedAtMs)}, ${dayWords(input.receivedAtMs)}`,
    },
    ...(input.maskedNumber === null
      ? []
      : [{ kind: 'pair', label: words.personalNumber, value: input.maskedNumber } as const]),
    { kind: 'pair', label: words.kiosk, value: input.kioskId },
    { kind: 'pair', label: words.due, value: dueWords(input.due) },
    gap(2),
    thin,
    gap(3),
    text(words.nextTitle, 'lead', 'semibold'),
    gap(1),
    ...steps.map((step, index): Block => ({ kind: 'step', mark: `${index + 1}.`, text: step })),
    gap(3),
    thin,
    gap(3),
    {
      kind: 'qr',
      payload: slipPayload(input.clientRef),
      caption: [words.ask, words.notAReceipt],
    },
  ]
}

/** The queue ticket: the number first, then where to go. */
export function ticketDocument(input: TicketInput): Document {
  const words = printMessages.ticket
  return [
    ...head(input),
    ...reprintMark(input.reprint),
    text(words.title, 'lead'),
    { kind: 'code', text: input.number, maxPt: 88 },
    gap(1),
    { kind: 'code', text: counterWords(input.counter), maxPt: 30 },
    gap(4),
    thin,
    gap(3),
    {
      kind: 'qr',
      payload: ticketPayload(input.kioskId, input.issuedAtMs, input.number),
      caption: [
        words.waitForCall,
        `${clockWords(input.issuedAtMs)}, ${dayWords(input.issuedAtMs)}`,
        words.kiosk(input.kioskId),
      ],
    },
  ]
}
