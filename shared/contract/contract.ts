import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { citizenActionSchema } from './actions.ts'
import {
  addAssistantSchema,
  assistAnswerSchema,
  assistantAnswerSchema,
  assistantIdSchema,
  assistantListSchema,
  assistOrderSchema,
  helpCallsSchema,
  helpEventSchema,
  pinSchema,
  removeAssistantSchema,
  resetTriesSchema,
  unlockAnswerSchema,
} from './assistance.ts'
import { cardFaceSchema } from './card-face.ts'
import { printerFaultSchema, trainingCardSchema } from './devices.ts'
import { dictatedSoundSchema, dictationSchema } from './dictation.ts'
import {
  deviceEventSchema,
  deviceListSchema,
  deviceRoleSchema,
  deviceTestSchema,
} from './device-desk.ts'
import {
  exportAnswerSchema,
  exportOrderSchema,
  filingBriefSchema,
  filingDetailSchema,
  importAnswerSchema,
  importOrderSchema,
  outboxOverviewSchema,
  staffAnswerSchema,
  staffOrderSchema,
  transferKeySchema,
} from './staff.ts'
import {
  listedProvinceSchema,
  PLACE_SUGGESTIONS_MAX,
  placeQuestionSchema,
  placeSuggestionSchema,
} from './places.ts'
import { pageScanSchema } from './scan.ts'
import { viewSchema } from './view.ts'

/**
 * The typed API between page and core. Plain JSON only, so that a MessagePort and a WebSocket
 * carry the same thing. Commands carry a `commandId`: a repeated one returns the first answer,
 * so that a reconnect never files or prints twice.
 */
const shape = viewSchema.shape

/**
 * `snapshot` first, then `change`s, each replacing one topic. `seq` rises by one; a page that
 * sees a gap subscribes again and gets a new snapshot.
 */
export const updateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('snapshot'), seq: z.number().int(), view: viewSchema }),
  z.strictObject({
    kind: z.literal('change'),
    seq: z.number().int(),
    change: z.discriminatedUnion('topic', [
      z.strictObject({ topic: z.literal('kiosk'), data: shape.kiosk }),
      z.strictObject({ topic: z.literal('session'), data: shape.session }),
      z.strictObject({ topic: z.literal('idle'), data: shape.idle }),
      z.strictObject({ topic: z.literal('display'), data: shape.display }),
      z.strictObject({ topic: z.literal('assistance'), data: shape.assistance }),
      z.strictObject({ topic: z.literal('devices'), data: shape.devices }),
      z.strictObject({ topic: z.literal('delivery'), data: shape.delivery }),
    ]),
  }),
])
export type Update = z.infer<typeof updateSchema>

const commandId = z.uuid()

const searchHitSchema = z.strictObject({
  code: z.string(),
  /** As the law calls it. */
  name: z.string(),
  /** As people call it; null where only the official name is known. */
  shortName: z.string().nullable(),
  field: z.string(),
  level: z.enum(['commune', 'other']),
  /** True where this kiosk can file it. */
  fileable: z.boolean(),
})
export type SearchHit = z.infer<typeof searchHitSchema>

/** The simulated devices whose cable the dock can pull. */
export const trainingDeviceSchema = z.enum(['scanner'])
export type TrainingDevice = z.infer<typeof trainingDeviceSchema>

const invented = z.strictObject({ id: z.string(), label: z.string() })

/**
 * Who may call: `citizen` anybody, `assistant` a page that one has unlocked, `technician` the control
 * socket alone, which may call what an assistant may too. `training` exists only where the kiosk was
 * started in training mode.
 */
export type Audience = 'citizen' | 'assistant' | 'technician' | 'training'
type Meta = { kind: 'query' | 'command'; audience: Audience }
const base = oc.$meta<Meta>({ kind: 'query', audience: 'citizen' })
const staffQuery = base.meta({ kind: 'query', audience: 'technician' })
const staffCommand = base.meta({ kind: 'command', audience: 'technician' })
const staffAction = staffCommand.input(staffOrderSchema).output(staffAnswerSchema)
const assistantQuery = base.meta({ kind: 'query', audience: 'assistant' })
const assistantCommand = base.meta({ kind: 'command', audience: 'assistant' })
const trainingCommand = base.meta({ kind: 'command', audience: 'training' })

export const contract = {
  citizen: {
    watch: base.output(eventIterator(updateSchema)),
    act: base
      .meta({ kind: 'command', audience: 'citizen' })
      .input(z.strictObject({ commandId, action: citizenActionSchema }))
      /** `ignored`: the action did not fit the screen that the core was on. */
      .output(z.strictObject({ outcome: z.enum(['done', 'ignored']) })),
    /** What a scanner of the page's own read. `ignored`: this kiosk has no such scanner. */
    scan: base
      .meta({ kind: 'command', audience: 'citizen' })
      .input(pageScanSchema.extend({ commandId }))
      .output(z.strictObject({ outcome: z.enum(['done', 'ignored']) })),
    /** An assistant's way in. Each wrong try counts, whoever makes it. */
    unlock: {
      /** Somebody wants to unlock, by PIN here or by laying a card; or does not any more. */
      ask: base
        .meta({ kind: 'command', audience: 'citizen' })
        .input(z.strictObject({ commandId, open: z.boolean() }))
        .output(z.null()),
      try: base
        .meta({ kind: 'command', audience: 'citizen' })
        .input(z.strictObject({ commandId, assistant: assistantIdSchema, pin: pinSchema }))
        .output(unlockAnswerSchema),
    },
    search: base
      .input(z.strictObject({ words: z.string().max(200) }))
      .output(z.array(searchHitSchema)),
    /** All provinces, the kiosk's own first; none where this kiosk has no lists of places. */
    provinces: base.output(z.array(listedProvinceSchema)),
    /** Provinces and communes that the words may mean, the likeliest first. */
    places: base
      .input(placeQuestionSchema)
      .output(z.array(placeSuggestionSchema).max(PLACE_SUGGESTIONS_MAX)),
  },
  /** Refusals are answers here: each one is a line or a screen that says what to do. */
  staff: {
    outbox: {
      list: staffQuery.output(z.array(filingBriefSchema)),
      /** Null where the reference is not known. */
      show: staffQuery
        .input(z.strictObject({ clientRef: z.uuid() }))
        .output(filingDetailSchema.nullable()),
      /** Counts, the way to the portal, and the alarms. */
      overview: staffQuery.output(outboxOverviewSchema),
      /** Tries again, now. What the portal may have is asked about first. */
      retry: staffAction,
      /** Keeps it back until it is released. */
      hold: staffAction,
      /** Lets a held filing go on where it was. */
      release: staffAction,
      /** It is delivered on paper: the contents are erased for good. */
      handOver: staffAction,
      /** Takes it back, at the portal first where that may have it. */
      withdraw: staffAction,
      transferKey: staffQuery.output(transferKeySchema),
      /** Puts sealed filings on a stick, for the kiosk of that key to deliver. */
      export: staffCommand.input(exportOrderSchema).output(exportAnswerSchema),
      /** Takes in what another kiosk has put on a stick for this one. */
      import: staffCommand.input(importOrderSchema).output(importAnswerSchema),
    },
    card: {
      /** A query without a command's id: its answer must be remembered nowhere. */
      face: assistantQuery
        .input(
          z.strictObject({
            digits: z
              .string()
              .regex(/^\d{6}$/)
              .nullable(),
          }),
        )
        .output(cardFaceSchema),
    },
    /** What an assistant said, in words. As with a face, no answer is remembered. */
    dictate: assistantQuery.input(dictatedSoundSchema).output(dictationSchema),
    /** What an assistant does on the strip. */
    assist: assistantCommand.input(assistOrderSchema).output(assistAnswerSchema),
    calls: {
      /** Where somebody waits for a person now. */
      list: staffQuery.output(helpCallsSchema),
      /** The same, then every change. */
      watch: staffQuery.output(eventIterator(helpEventSchema)),
    },
    /** Who may unlock this kiosk. */
    assistants: {
      list: staffQuery.output(assistantListSchema),
      add: staffCommand.input(addAssistantSchema).output(assistantAnswerSchema),
      remove: staffCommand.input(removeAssistantSchema).output(assistantAnswerSchema),
      /** Takes tries again after too many wrong ones. */
      reset: staffCommand.input(resetTriesSchema).output(assistantAnswerSchema),
    },
    devices: {
      /** The devices of the profile, and what is plugged in beside them. */
      list: staffQuery.output(deviceListSchema),
      /** Each device as it stands, then every change. */
      watch: staffQuery.output(eventIterator(deviceEventSchema)),
      /** Asks a printer now; waits for one scan of a scanner. */
      test: staffCommand
        .input(z.strictObject({ commandId, role: deviceRoleSchema }))
        .output(deviceTestSchema),
    },
  },
  training: {
    /** What the presenter's dock can do, and how the invented world stands. */
    world: base.meta({ kind: 'query', audience: 'training' }).output(
      z.strictObject({
        citizens: z.array(invented),
        codes: z.array(invented),
        portal: z.enum(['up', 'cut']),
        paper: z.enum(['in', 'near-end', 'out']),
        unplugged: z.array(trainingDeviceSchema),
        printer: printerFaultSchema,
        card: trainingCardSchema,
        /** Filings that the sandbox portal has accepted. */
        accepted: z.number(),
        /** Names of the sheets that came out, newest last. */
        prints: z.array(z.string()),
      }),
    ),
    scan: trainingCommand.input(z.strictObject({ commandId, id: z.string() })).output(z.null()),
    setPortal: trainingCommand
      .input(z.strictObject({ commandId, portal: z.enum(['up', 'cut']) }))
      .output(z.null()),
    /** The authority asks for more beside the filing that the sandbox portal accepted last. */
    askSupplement: trainingCommand.input(z.strictObject({ commandId })).output(z.null()),
    setPaper: trainingCommand
      .input(z.strictObject({ commandId, paper: z.enum(['in', 'near-end', 'out']) }))
      .output(z.null()),
    /** Pulls the cable of a device, or puts it back. */
    setDevice: trainingCommand
      .input(z.strictObject({ commandId, device: trainingDeviceSchema, plugged: z.boolean() }))
      .output(z.null()),
    setPrinter: trainingCommand
      .input(z.strictObject({ commandId, printer: printerFaultSchema }))
      .output(z.null()),
    /** Lays a card on the reader of chips, or takes it off. */
    setCard: trainingCommand
      .input(z.strictObject({ commandId, card: trainingCardSchema }))
      .output(z.null()),
    killCore: trainingCommand.input(z.strictObject({ commandId })).output(z.null()),
  },
}
