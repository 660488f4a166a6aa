import { z } from 'zod'
import {
  accessStateSchema,
  chipViewSchema,
  displaySchema,
  paperOutSchema,
  receiptOutSchema,
  scanProblemSchema,
} from '../../shared/contract/index.ts'
import { fullDateSchema, idCardSchema, populationSchema } from '../../shared/domain/id-card.ts'
import { answerProblemSchema, answersSchema, answerValueSchema } from '../../shared/forms/index.ts'
import { keptOfferSchema } from './kept-offer.ts'
import { portalNewsSchema } from './portal-news.ts'
import { stopTicketSchema, ticketSchema } from './stop-ticket.ts'

/** A captured page. Its picture lies sealed under the id; `turns` are quarter turns, clockwise. */
const pageSchema = z.strictObject({ id: z.string(), turns: z.int().min(0).max(3) })

/** A paper that is to go with the filing. `at-counter`: the citizen takes it there instead. */
const paperSchema = z.strictObject({
  pages: z.array(pageSchema),
  settled: z.enum(['open', 'scanned', 'at-counter']),
})

/** Screens with answers behind them, which would be lost. */
const leavingSchema = z.enum(['prepare', 'answer', 'stop', 'papers', 'review', 'declare'])
export type Leaving = z.infer<typeof leavingSchema>

/** One road to one filing. */
const filingRoadSchema = z.strictObject({
  /** Identity of the filing that this visit may make; drawn when the visit starts, never reused. */
  clientRef: z.string().nullable(),
  card: idCardSchema.nullable(),
  /** The part of the card that the citizen is to write now; null when there is none left. */
  cardPart: z.enum(['name', 'address']).nullable(),
  /** Parts that the citizen has written already. */
  cardWritten: z.array(z.enum(['name', 'address'])),
  /** What its chip said. */
  chip: chipViewSchema,
  /** What only the chip knows; for the forms of this visit, and gone with it. */
  population: populationSchema.nullable(),
  /** Opening the chip with its access number: how it stands, and wrong numbers so far. */
  access: z.strictObject({ state: accessStateSchema, tries: z.int().min(0) }),
  /** Client reference on the slip that is looked up; what became of it is asked afresh each time. */
  slip: z.string().nullable(),
  /** What the portal says of it, asked once. */
  news: portalNewsSchema,
  scanProblem: scanProblemSchema.nullable(),
  /** Code on a procedure's sheet that was shown before a card; it is chosen with the card. */
  wanted: z.string().nullable(),
  procedure: z.string().nullable(),
  /** What was kept for this card, until the citizen has said what becomes of it. */
  kept: keptOfferSchema.nullable(),
  /** True where the citizen went on with what was kept: it is erased once this is filed. */
  resumed: z.boolean(),
  /** The screen that the citizen wants to leave, while it is asked what becomes of the answers. */
  leaving: leavingSchema.nullable(),
  /** The day on which the procedure was chosen: rules about ages and dates look at it. */
  day: fullDateSchema.nullable(),
  /** What was filed before in this visit, by field key: nothing is asked twice. */
  earlier: answersSchema,
  answers: answersSchema,
  /** Optional questions that were left empty on purpose. */
  skipped: z.array(z.string()),
  /** The paper that was asked for: the procedure's sheet, or with a slip what is still missing. */
  sheet: receiptOutSchema,
  /** The question on the screen. */
  at: z.string().nullable(),
  /** A second person's card that was read for the question on the screen, until it is accepted. */
  laid: idCardSchema.nullable(),
  /** Why this citizen goes no further here; null while they do. */
  stopped: z
    .discriminatedUnion('why', [
      /** The form ends for them, at the stop of this key. */
      z.strictObject({ why: z.literal('form'), stop: z.string() }),
      /** They give a thumb-print at the counter, in the place of the declaration by touch. */
      z.strictObject({ why: z.literal('thumb-print') }),
    ])
    .nullable(),
  /** The place in the queue of whoever goes from there to a counter. */
  ticket: stopTicketSchema,
  /** Papers by component code; one that is absent has not been looked at. */
  papers: z.record(z.string(), paperSchema),
  /** The paper on the screen: its component's code. */
  paperAt: z.string().nullable(),
  /** True while one answer or paper is changed from the check page. */
  changing: z.boolean(),
  /** The entry that was refused: kept on the screen beside the reason. */
  refused: z
    .strictObject({ value: answerValueSchema.nullable(), problem: answerProblemSchema })
    .nullable(),
  /** Set when the filing could not be kept; nothing was promised and the citizen may try again. */
  notKept: z.boolean(),
  filed: z
    .strictObject({
      reference: z.string(),
      /** Null where no counter of this kiosk serves the procedure any more. */
      ticket: ticketSchema.nullable(),
      /** When the filing became durable; a reprint says the same. */
      filedAtMs: z.number(),
      delivery: z.discriminatedUnion('state', [
        z.strictObject({ state: z.literal('held') }),
        z.strictObject({ state: z.literal('accepted'), dossierCode: z.string() }),
        z.strictObject({ state: z.literal('needs-officer') }),
      ]),
      paper: paperOutSchema,
      /** True when paper may already have come out, so that what follows says "BẢN IN LẠI". */
      reprint: z.boolean(),
      /** True once the receipt has gone to the A4 tray. */
      receipted: z.boolean(),
      receipt: receiptOutSchema,
    })
    .nullable(),
})

/**
 * Everything that one citizen's visit holds. It is what the sealed draft keeps, so it is parsed
 * again when a core starts on what another core left.
 */
export const visitSchema = filingRoadSchema.extend({
  /** What was filed before in this visit, as it stood; its papers are still to be looked after. */
  before: z.array(filingRoadSchema),
})
export type Visit = z.infer<typeof visitSchema>
export type VisitPaper = z.infer<typeof paperSchema>

export const contextSchema = z.strictObject({
  visit: visitSchema,
  display: displaySchema,
  /** The edition of the notice that was agreed to; no card is taken before. */
  agreed: z.string().nullable(),
  /** ms since the epoch */
  lastTouchMs: z.number(),
  warnedAtMs: z.number(),
})
export type SessionContext = z.infer<typeof contextSchema>

export const emptyVisit: Visit = {
  clientRef: null,
  card: null,
  cardPart: null,
  cardWritten: [],
  chip: { state: 'none' },
  population: null,
  access: { state: 'open', tries: 0 },
  slip: null,
  news: { state: 'none' },
  scanProblem: null,
  wanted: null,
  procedure: null,
  kept: null,
  resumed: false,
  leaving: null,
  day: null,
  earlier: {},
  answers: {},
  skipped: [],
  sheet: { state: 'none' },
  at: null,
  laid: null,
  stopped: null,
  ticket: { state: 'none' },
  papers: {},
  paperAt: null,
  changing: false,
  refused: null,
  notKept: false,
  filed: null,
  before: [],
}
