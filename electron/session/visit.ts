import { z } from 'zod'
import {
  chipViewSchema,
  displaySchema,
  paperOutSchema,
  receiptOutSchema,
  scanProblemSchema,
  type Display,
} from '../../shared/contract/index.ts'
import { idCardSchema } from '../../shared/domain/id-card.ts'
import {
  answerProblemSchema,
  answersSchema,
  answerValueSchema,
} from '../../shared/forms/definition.ts'

/** A captured page. Its picture lies sealed under the id; `turns` are quarter turns, clockwise. */
const pageSchema = z.strictObject({ id: z.string(), turns: z.int().min(0).max(3) })

/** A paper that is to go with the filing. `at-counter`: the citizen takes it there instead. */
const paperSchema = z.strictObject({
  pages: z.array(pageSchema),
  settled: z.enum(['open', 'scanned', 'at-counter']),
})

/**
 * Everything that one citizen's visit holds. It is what the sealed draft keeps, so it is parsed
 * again when a core starts on what another core left.
 */
export const visitSchema = z.strictObject({
  /** Identity of the filing that this visit may make; drawn when the visit starts, never reused. */
  clientRef: z.string().nullable(),
  card: idCardSchema.nullable(),
  /** The part of the card that the citizen is to write now; null when there is none left. */
  cardPart: z.enum(['name', 'address']).nullable(),
  /** Parts that the citizen has written already. */
  cardWritten: z.array(z.enum(['name', 'address'])),
  /** What its chip said. */
  chip: chipViewSchema,
  /** Client reference on the slip that is looked up; what became of it is asked afresh each time. */
  slip: z.string().nullable(),
  scanProblem: scanProblemSchema.nullable(),
  procedure: z.string().nullable(),
  answers: answersSchema,
  /** Optional questions that were left empty on purpose. */
  skipped: z.array(z.string()),
  /** The question on the screen. */
  at: z.string().nullable(),
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
      ticket: z.strictObject({ number: z.string(), counter: z.string() }),
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
export type Visit = z.infer<typeof visitSchema>
export type VisitPaper = z.infer<typeof paperSchema>

export const contextSchema = z.strictObject({
  visit: visitSchema,
  display: displaySchema,
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
  slip: null,
  scanProblem: null,
  procedure: null,
  answers: {},
  skipped: [],
  at: null,
  papers: {},
  paperAt: null,
  changing: false,
  refused: null,
  notKept: false,
  filed: null,
}

export const defaultDisplay: Display = { text: 'normal', contrast: 'normal', lowered: false }
