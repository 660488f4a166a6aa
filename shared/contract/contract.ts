import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { citizenActionSchema } from './actions.ts'
import { printerFaultSchema, trainingCardSchema } from './devices.ts'
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
import { pageScanSchema, viewSchema } from './view.ts'

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
      z.strictObject({ topic: z.literal('devices'), data: shape.devices }),
      z.strictObject({ topic: z.literal('delivery'), data: shape.delivery }),
    ]),
  }),
])
export type Update = z.infer<typeof updateSchema>

const commandId = z.uuid()

const searchHitSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
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
 * Who may call: `citizen` anybody, `staff` an unlocked role alone. `training` exists only where the
 * kiosk was started in training mode.
 */
export type Audience = 'citizen' | 'staff' | 'training'
type Meta = { kind: 'query' | 'command'; audience: Audience }
const base = oc.$meta<Meta>({ kind: 'query', audience: 'citizen' })
const staffQuery = base.meta({ kind: 'query', audience: 'staff' })
const staffCommand = base.meta({ kind: 'command', audience: 'staff' })
const staffAction = staffCommand.input(staffOrderSchema).output(staffAnswerSchema)
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
    search: base
      .input(z.strictObject({ words: z.string().max(200) }))
      .output(z.array(searchHitSchema)),
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
