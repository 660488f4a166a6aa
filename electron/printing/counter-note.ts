import {
  head,
  reprintMark,
  ticketPayload,
  type Block,
  type Document,
  type TicketInput,
} from './document.ts'
import { clockWords, counterWords, dayWords } from './local-words.ts'
import { printMessages } from './messages.ts'

/**
 * What somebody takes from the kiosk to a counter before anything is filed: the place in the queue,
 * and what was answered, so that nobody asks it again. It has a person's answers on it, and says so.
 */
export type CounterNoteInput = TicketInput & {
  readonly procedureName: string
  /** Answers by the labels of the form; what the card says stands on the card. */
  readonly rows: readonly { readonly label: string; readonly value: string }[]
}

const gap = (mm: number): Block => ({ kind: 'gap', mm })
const thin: Block = { kind: 'rule', weight: 'thin' }

export function counterNoteDocument(input: CounterNoteInput): Document {
  const words = printMessages.counterNote
  return [
    ...head(input),
    ...reprintMark(input.reprint),
    { kind: 'text', text: words.title, size: 'title', weight: 'bold' },
    gap(2),
    { kind: 'notice', text: words.notice },
    gap(2),
    { kind: 'code', text: input.number, maxPt: 60 },
    gap(1),
    { kind: 'code', text: counterWords(input.counter), maxPt: 30 },
    gap(3),
    { kind: 'pair', label: words.procedure, value: input.procedureName },
    {
      kind: 'pair',
      label: words.at,
      value: `${clockWords(input.issuedAtMs)}, ${dayWords(input.issuedAtMs)}`,
    },
    gap(2),
    thin,
    gap(2),
    { kind: 'text', text: words.answered, size: 'lead', weight: 'semibold' },
    ...(input.rows.length === 0
      ? [{ kind: 'text', text: words.nothing, size: 'body', weight: 'regular' } as const]
      : input.rows.flatMap(({ label, value }): Block[] => [
          { kind: 'text', text: label, size: 'small', weight: 'regular' },
          { kind: 'text', text: value, size: 'body', weight: 'semibold' },
          gap(1),
        ])),
    gap(2),
    thin,
    gap(2),
    {
      kind: 'qr',
      payload: ticketPayload(input.kioskId, input.issuedAtMs, input.number),
      caption: [words.give, words.destroy],
    },
  ]
}
