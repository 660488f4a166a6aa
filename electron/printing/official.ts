import type { FullDate } from '../../shared/domain/id-card.ts'
import type { Block, Document, TextSize, TextWeight, Words } from './document.ts'
import { formalDay, formalMoment, placeAndDay } from './local-words.ts'
import { printMessages } from './messages.ts'
import type { OfficialTexts } from './official-texts.ts'

/** What the portal has accepted. All of it is printed and none of it is put into file metadata. */
export type ReceiptInput = {
  readonly commune: string
  readonly province: string
  /** As the portal issued it. */
  readonly dossierCode: string
  /** ms since the epoch. */
  readonly receivedAtMs: number
  readonly applicantName: string
  readonly address: string
  readonly phone: string | null
  readonly procedureName: string
  readonly components: readonly string[]
  /** "3 ngày làm việc" */
  readonly limit: string
  /** When the result can be fetched, in words; null where the portal has set no day. */
  readonly due: string | null
  readonly resultPlace: string
}

/**
 * What is still missing from a dossier, as an officer has found. It has no field for the person: it
 * is printed for whoever holds the slip, and the officer who signs it writes the name.
 */
export type SupplementInput = {
  readonly commune: string
  readonly province: string
  readonly dossierCode: string
  /** When it was asked for, ms since the epoch. */
  readonly askedAtMs: number
  readonly procedureName: string
  /** Each thing that is to be brought or put right. */
  readonly asked: readonly string[]
  /** There is more, which the officer writes. */
  readonly more: boolean
  /** The last day for it; null where none is set. */
  readonly due: FullDate | null
  /** Whom to ask, in words. */
  readonly contact: string
}

const gap = (mm: number): Block => ({ kind: 'gap', mm })
const line = (text: string, size: TextSize, weight: TextWeight = 'regular'): Words => ({
  text,
  size,
  weight,
})
const heading = (text: string, size: TextSize, weight: TextWeight = 'regular'): Block => ({
  kind: 'heading',
  text,
  size,
  weight,
})
const text = (words: string): Block => ({
  kind: 'text',
  text: words,
  size: 'body',
  weight: 'regular',
})
const field = (label: string, value: string): Block => ({ kind: 'field', label, value })
const list = (items: readonly string[]): Block[] =>
  items.map((item, index) => ({ kind: 'step', mark: `${index + 1})`, text: item }))
const notes = (lines: readonly string[]): Block[] =>
  lines.map((words) => ({ kind: 'text', text: words, size: 'small', weight: 'regular' }))

/** Authority on the left, state and day on the right, then what the paper is called. */
function head(
  texts: OfficialTexts,
  paper: {
    readonly commune: string
    readonly province: string
    readonly dossierCode: string
    readonly atMs: number
    readonly title: string
    readonly below: readonly string[]
  },
): Block[] {
  return [
    {
      kind: 'columns',
      left: [
        line(paper.province, 'small'),
        line(paper.commune, 'small', 'semibold'),
        line(texts.centre, 'small', 'bold'),
        line(texts.number, 'small'),
      ],
      right: [
        line(texts.state, 'small', 'bold'),
        line(texts.motto, 'small', 'semibold'),
        line(placeAndDay(paper.commune, paper.atMs), 'small'),
      ],
    },
    gap(5),
    heading(paper.title, 'title', 'bold'),
    heading(`${texts.dossierCode} ${paper.dossierCode}`, 'lead', 'semibold'),
    ...paper.below.map((words) => heading(words, 'small')),
    gap(3),
  ]
}

/** The official receipt, layout of Mẫu 01. Printed only once the portal has accepted. */
export function receiptDocument(input: ReceiptInput, texts: OfficialTexts): Document {
  const words = texts.receipt
  const components = input.components.length > 0 ? input.components : [words.noComponents]
  return [
    ...head(texts, {
      ...input,
      atMs: input.receivedAtMs,
      title: words.title,
      below: [words.copy],
    }),
    field(words.receivedBy, input.commune),
    field(words.applicant, input.applicantName),
    field(words.address, input.address),
    ...(input.phone === null ? [] : [field(words.phone, input.phone)]),
    field(words.request, input.procedureName),
    gap(1.4),
    text(words.components),
    ...list(components),
    field(words.sets, words.oneSet),
    field(words.limit, input.limit),
    field(words.receivedAt, formalMoment(input.receivedAtMs)),
    field(words.dueAt, input.due ?? words.noDue),
    field(words.resultPlace, input.resultPlace),
    gap(1.4),
    text(words.register),
    ...notes(words.notes),
    gap(3.5),
    {
      kind: 'columns',
      left: [line(words.signApplicant, 'body', 'bold'), line(texts.signHint, 'small')],
      right: [line(texts.signOfficer, 'body', 'bold'), line(texts.signHint, 'small')],
    },
    gap(12.5),
  ]
}

/** Room for a pen. */
const BLANK = '.'.repeat(48)

/** What is to be brought or put right, layout of Mẫu 02. An officer asks; the kiosk only prints. */
export function supplementDocument(input: SupplementInput, texts: OfficialTexts): Document {
  const words = texts.supplement
  const { byOfficer, lastDay } = printMessages.supplement
  return [
    ...head(texts, { ...input, atMs: input.askedAtMs, title: words.title, below: [] }),
    field(words.applicant, BLANK),
    field(words.request, input.procedureName),
    field(words.address, BLANK),
    field(words.phone, BLANK),
    gap(1.4),
    text(words.asked),
    ...list(input.more ? [...input.asked, BLANK] : input.asked),
    ...(input.due === null ? [] : [text(lastDay(formalDay(input.due)))]),
    gap(1.4),
    field(words.reason, BLANK),
    field(words.contact, input.contact),
    ...notes([...words.notes, byOfficer]),
    gap(3.5),
    {
      kind: 'columns',
      left: [],
      right: [line(texts.signOfficer, 'body', 'bold'), line(texts.signHint, 'small')],
    },
    gap(12.5),
  ]
}
