import { z } from 'zod'
import { enteredValueSchema } from '../forms/answer-value.ts'
import { groupSchema } from '../forms/definition.ts'
import { displayChangeSchema } from './display.ts'

/** Everything a citizen can do, one member a touch. An action that does not fit the screen is ignored. */
export const citizenActionSchema = z.discriminatedUnion('type', [
  /** attract: begin. */
  z.strictObject({ type: z.literal('start') }),
  /** notice: agree to the edition that was read; or not, and be shown another way. */
  z.strictObject({ type: z.literal('agree-notice'), edition: z.string().max(16) }),
  z.strictObject({ type: z.literal('refuse-notice') }),
  /** confirm: "this is me" / "not me". */
  z.strictObject({ type: z.literal('confirm-card') }),
  z.strictObject({ type: z.literal('reject-card') }),
  /** identify, or confirm where the code did not open the chip: type the card's access number. */
  z.strictObject({ type: z.literal('open-chip') }),
  /** access-number: the six digits. They are used once and kept nowhere. */
  z.strictObject({ type: z.literal('give-access-number'), digits: z.string().regex(/^\d{6}$/) }),
  /** card-part: what the reader could not read, as the citizen writes it. */
  z.strictObject({
    type: z.literal('write-card-part'),
    part: z.enum(['name', 'address']),
    text: z.string().max(200),
  }),
  z.strictObject({ type: z.literal('choose'), code: z.string().max(32) }),
  /** prepare: go on to the questions. */
  z.strictObject({ type: z.literal('begin') }),
  /** prepare: what the procedure needs; look-up: what is still missing; on paper, once a visit. */
  z.strictObject({ type: z.literal('print-sheet') }),
  /** answer: `value` null leaves an optional question empty. */
  z.strictObject({
    type: z.literal('answer'),
    key: z.string().max(64),
    value: enteredValueSchema.nullable(),
  }),
  /** answer, where a second person's card is asked for: this is it; or it is not. */
  z.strictObject({ type: z.literal('accept-card') }),
  z.strictObject({ type: z.literal('drop-card') }),
  /** answer, where more rows are asked for: take one of them out. */
  z.strictObject({ type: z.literal('drop-row'), row: z.number().int().min(1).max(20) }),
  /** stop: file the procedure that fits instead. */
  z.strictObject({ type: z.literal('do-instead') }),
  /** stop: a number for the counter. */
  z.strictObject({ type: z.literal('take-ticket') }),
  /** declined: a number for the counter of a group of procedures. */
  z.strictObject({ type: z.literal('take-number'), group: groupSchema }),
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
  /** review, declare: give a thumb-print at the counter, in the place of the touch. */
  z.strictObject({ type: z.literal('thumb-print') }),
  z.strictObject({ type: z.literal('declare') }),
  /** leave: keep what was entered for a day, for this card; `finish` erases it. */
  z.strictObject({ type: z.literal('keep-draft') }),
  /** resume: go on with what was kept; or erase it and begin anew. */
  z.strictObject({ type: z.literal('resume-draft') }),
  z.strictObject({ type: z.literal('begin-anew') }),
  /** done: slip and ticket once more; stop and declined: the ticket. */
  z.strictObject({ type: z.literal('reprint') }),
  /** done: file something else with the same card; `code` null chooses first. */
  z.strictObject({ type: z.literal('another'), code: z.string().max(32).nullable() }),
  z.strictObject({ type: z.literal('back') }),
  /**
   * "Xong": erase and return to attract; a filing already made stays. Whoever has answered something
   * is asked once more.
   */
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({ type: z.literal('call-help') }),
  z.strictObject({ type: z.literal('end-help') }),
  /** Idle warning: "I am still here". Also sent, rarely, while the citizen is typing. */
  z.strictObject({ type: z.literal('stay') }),
  z.strictObject({ type: z.literal('display'), change: displayChangeSchema }),
])
export type CitizenAction = z.infer<typeof citizenActionSchema>
