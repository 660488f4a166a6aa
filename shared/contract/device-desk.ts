import { z } from 'zod'
import { usbIdSchema } from './devices.ts'

/** What a technician sees of the devices and does with them. Nothing here is about a person. */

/** What a device is there for. A kiosk has at most one of each. */
export const deviceRoleSchema = z.enum([
  'card-scanner',
  'ticket-printer',
  'page-printer',
  'chip-reader',
  'document-scanner',
  'reader-bridge',
])
export type DeviceRole = z.infer<typeof deviceRoleSchema>

/** A state of any device; each family has its own union in `devices.ts`. */
export const anyDeviceStateSchema = z.looseObject({ state: z.string() })
export type AnyDeviceState = z.infer<typeof anyDeviceStateSchema>

/** One device of the profile. */
export const deviceReportSchema = z.strictObject({
  role: deviceRoleSchema,
  /** How it is reached; null where the profile names none. */
  kind: z.string().nullable(),
  /** A path, an address, or what USB says of it; null where the profile names none. */
  boundTo: z.string().nullable(),
  /** Whether the system lists it just now; null where that cannot be seen, as over the network. */
  present: z.boolean().nullable(),
  /** Null where no kiosk runs, which alone knows. */
  state: anyDeviceStateSchema.nullable(),
  /** What to do; null where nothing is to be done. */
  remedy: z.string().nullable(),
})
export type DeviceReport = z.infer<typeof deviceReportSchema>

/** Something that is plugged in and could be one of the kiosk's devices. */
export const candidateSchema = z.strictObject({
  bus: z.enum(['serial', 'hid', 'usb-printer']),
  path: z.string(),
  usb: usbIdSchema.nullable(),
  /** As it calls itself. */
  name: z.string().nullable(),
  /** MDL of a printer's IEEE 1284 id; a profile may name it by that. */
  model: z.string().optional(),
})
export type Candidate = z.infer<typeof candidateSchema>

export const deviceListSchema = z.strictObject({
  devices: z.array(deviceReportSchema),
  /** What no role is bound to. */
  unbound: z.array(candidateSchema),
})
export type DeviceList = z.infer<typeof deviceListSchema>

/** One change. First comes each device as it stands. */
export const deviceEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('state'),
    role: deviceRoleSchema,
    state: anyDeviceStateSchema,
    remedy: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('plugged'), candidate: candidateSchema }),
  z.strictObject({ kind: z.literal('unplugged'), candidate: candidateSchema }),
])
export type DeviceEvent = z.infer<typeof deviceEventSchema>

/** What a test of one device showed. */
export const deviceTestSchema = z.discriminatedUnion('outcome', [
  /** It was asked, and is in this state now. */
  z.strictObject({
    outcome: z.literal('state'),
    state: anyDeviceStateSchema,
    remedy: z.string().nullable(),
  }),
  /** It took a whole test page. Not `confirmed`: it does not say what became of it. */
  z.strictObject({ outcome: z.literal('printed'), confirmed: z.boolean() }),
  /** No test page came, for a reason that is not a state of the printer. */
  z.strictObject({
    outcome: z.literal('not-printed'),
    why: z.enum(['drawing', 'format', 'refused', 'aborted', 'cancelled']),
  }),
  /** It read a code of this kind and length; never what stood in it. */
  z.strictObject({ outcome: z.literal('scan'), code: z.string(), bytes: z.int() }),
  /** It read something that can be no code. */
  z.strictObject({ outcome: z.literal('refused'), why: z.string() }),
  /** Nobody held anything under it. */
  z.strictObject({ outcome: z.literal('nothing') }),
  /** This kiosk has no such device. */
  z.strictObject({ outcome: z.literal('no-device') }),
])
export type DeviceTest = z.infer<typeof deviceTestSchema>
