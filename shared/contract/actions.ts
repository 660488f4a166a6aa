import { z } from 'zod'
import { answerValueSchema } from '../forms/definition.ts'
import { displaySchema } from './view.ts'

/** Everything a citizen can do, one member a touch. An action that does not fit the screen is ignored. */
export const citizenActionSchema = z.discriminatedUnion('type', [
  /** attract: begin. */
  z.strictObject({ type: z.literal('start') }),
  /** confirm: "this is me" / "not me". */
  z.strictObject({ type: z.literal('confirm-card') }),
  z.strictObject({ type: z.literal('reject-card') }),
  /** card-part: what the reader could not read, as the citizen writes it. */
  z.strictObject({
    type: z.literal('write-card-part'),
    part: z.enum(['name', 'address']),
    text: z.string().max(200),
  }),
  z.strictObject({ type: z.literal('choose'), code: z.string().max(32) }),
  /** prepare: go on to the questions. */
  z.strictObject({ type: z.literal('begin') }),
  /** answer: `value` null leaves an optional question empty. */
  z.strictObject({
    type: z.literal('answer'),
    key: z.string().max(64),
    value: answerValueSchema.nullable(),
  }),
  /** papers: turn a page by a quarter, clockwise; throw one away. */
  z.strictObject({ type: z.literal('turn-page'), page: z.string().max(64) }),
  z.strictObject({ type: z.literal('drop-page'), page: z.string().max(64) }),
  /** papers: these pages are the paper; or it goes to the counter instead. */
  z.strictObject({ type: z.literal('accept-paper') }),
  z.strictObject({ type: z.literal('paper-at-counter') }),
  /** papers, with a scanner: scan what lies in it. */
  z.strictObject({ type: z.literal('scan-paper') }),
  /** review: change one answer, or one paper, and come back. */
  z.strictObject({ type: z.literal('change'), key: z.string().max(64) }),
  z.strictObject({ type: z.literal('change-paper'), component: z.string().max(64) }),
  z.strictObject({ type: z.literal('accept-review') }),
  z.strictObject({ type: z.literal('declare') }),
  z.strictObject({ type: z.literal('reprint') }),
  z.strictObject({ type: z.literal('back') }),
  /** "Xong": erase and return to attract; a filing already made stays. */
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({ type: z.literal('call-help') }),
  z.strictObject({ type: z.literal('end-help') }),
  /** Idle warning: "I am still here". Also sent, rarely, while the citizen is typing. */
  z.strictObject({ type: z.literal('stay') }),
  z.strictObject({ type: z.literal('display'), display: displaySchema }),
])
export type CitizenAction = z.infer<typeof citizenActionSchema>
