import { z } from 'zod'
import { actorSchema } from './staff.ts'
import { paperOutSchema } from './printed.ts'

/** Calls for a person, and the assistant who steps into the citizen's screen. Nothing here names anybody. */

/** An assistant as the kiosk knows one: two digits, said and shown as `CB-02`. Never a name. */
export const assistantIdSchema = z.string().regex(/^\d{2}$/)

/** Six digits; they are looked at once and kept nowhere. */
export const pinSchema = z.string().regex(/^\d{6}$/)

/** What came of a try to unlock. `shut`: no try is taken now. `ignored`: nobody asked to unlock. */
export const unlockAnswerSchema = z.strictObject({
  outcome: z.enum(['unlocked', 'wrong', 'shut', 'ignored', 'unavailable']),
})
export type UnlockAnswer = z.infer<typeof unlockAnswerSchema>

/** One thing that an assistant does on the strip. */
export const assistOrderSchema = z.strictObject({
  commandId: z.uuid(),
  tool: z.enum([
    /** "I am still here." */
    'stay',
    /** Types, chooses and goes on for the citizen, until this screen is done. */
    'work',
    'choose-other',
    'to-counter',
    'reprint',
    /** Tries a device again that is in a fault. */
    'retry',
    'finish',
    'step-out',
  ]),
})
export type AssistTool = z.infer<typeof assistOrderSchema>['tool']

export const assistAnswerSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.enum(['done', 'ignored']) }),
  /** What was filled in, and a place in the queue, on paper or not. */
  z.strictObject({
    outcome: z.literal('moved'),
    ticket: z.strictObject({ number: z.string(), counter: z.string() }),
    paper: paperOutSchema,
  }),
  /** Whether the device works now. */
  z.strictObject({ outcome: z.literal('retried'), good: z.boolean() }),
])
export type AssistAnswer = z.infer<typeof assistAnswerSchema>

/** A kiosk where somebody waits for a person. `screen` is the kind of screen, never what is on it. */
const helpCallSchema = z.strictObject({
  kiosk: z.string(),
  screen: z.string(),
  since: z.iso.datetime(),
})
export type HelpCall = z.infer<typeof helpCallSchema>

/**
 * What staff hear of calls. `answered`: an assistant has unlocked; `ended`: the citizen went on, or
 * left.
 */
export const helpEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('called'), call: helpCallSchema }),
  z.strictObject({ kind: z.literal('answered'), call: helpCallSchema, by: assistantIdSchema }),
  z.strictObject({ kind: z.literal('ended'), call: helpCallSchema }),
])
export type HelpEvent = z.infer<typeof helpEventSchema>
export const helpCallsSchema = z.array(helpCallSchema)

const byTechnician = z.strictObject({ commandId: z.uuid(), actor: actorSchema })

export const addAssistantSchema = byTechnician.extend({
  id: assistantIdSchema,
  /** Where this assistant works, as called in the hall. */
  counter: z.string().min(1).max(40).nullable(),
  pin: pinSchema.nullable(),
  /** Text of the code on the assistant's own card, or its twelve digits. */
  card: z.string().min(1).max(4096).nullable(),
})
export type AddAssistant = z.infer<typeof addAssistantSchema>

export const removeAssistantSchema = byTechnician.extend({ id: assistantIdSchema })
export type RemoveAssistant = z.infer<typeof removeAssistantSchema>
export const resetTriesSchema = byTechnician
export type ResetTries = z.infer<typeof resetTriesSchema>

/** Why no assistant was added or taken out. */
export const assistantAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({
    ok: z.literal(false),
    why: z.enum([
      'taken',
      'unknown',
      'weak-pin',
      'no-key',
      'no-card',
      'card-taken',
      'full',
      'disk',
    ]),
  }),
])
export type AssistantAnswer = z.infer<typeof assistantAnswerSchema>

/** Everybody who may unlock this kiosk, and how tries stand. */
export const assistantListSchema = z.strictObject({
  assistants: z.array(
    z.strictObject({
      id: assistantIdSchema,
      counter: z.string().nullable(),
      pin: z.boolean(),
      card: z.boolean(),
      addedAt: z.iso.datetime(),
    }),
  ),
  tries: z.strictObject({ failed: z.int(), door: z.enum(['open', 'wait', 'stopped']) }),
})
export type AssistantList = z.infer<typeof assistantListSchema>
