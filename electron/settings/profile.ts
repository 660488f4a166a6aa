import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { usbIdSchema } from '../../shared/contract/devices.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { keypadSchema } from '../../shared/contract/keypad.ts'
import { headsetSchema } from '../../shared/speech/schema.ts'
import { readerBridgeSchema } from './reader-bridge.ts'

/**
 * The kiosk's configuration, one file `profile.json` in the data directory. Nothing in it is
 * secret: keys live with their KeyProvider.
 */
const portSchema = z.number().int().min(1).max(65_535)

const printerLinkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1), port: portSchema }),
  z.strictObject({
    kind: z.literal('serial'),
    path: z.string().min(1),
    baud: z.number().int().positive(),
  }),
  z.strictObject({
    kind: z.literal('usb'),
    /** How it is known among the printers of the USB class: never by the number of its device. */
    by: z.union([
      z.strictObject({ path: z.string().startsWith('/') }),
      z.strictObject({
        vendorId: z.string().regex(/^[0-9a-f]{4}$/, 'four of 0-9 and a-f'),
        productId: z.string().regex(/^[0-9a-f]{4}$/, 'four of 0-9 and a-f'),
        serial: z.string().min(1).optional(),
      }),
      z.strictObject({ model: z.string().min(1) }),
    ]),
  }),
])

const baudSchema = z.number().int().positive()

/** How the card scanner is reached. Without `kind` it is a serial one by its path. */
const scannerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('serial').optional(),
    path: z.string().min(1),
    baud: baudSchema,
  }),
  /** In USB-COM mode, under whatever name the system gives it. */
  z.strictObject({ kind: z.literal('usb-serial'), usb: usbIdSchema, baud: baudSchema }),
  /** In HID-POS mode; `any` is the first one that is there. */
  z.strictObject({ kind: z.literal('hid'), usb: z.union([z.literal('any'), usbIdSchema]) }),
])

const clockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

/** Hours in which a desk is open on a working day, in order and apart. */
const openingHoursSchema = z
  .array(z.strictObject({ from: clockSchema, to: clockSchema }))
  .min(1)
  .refine((hours) => {
    const times = hours.flatMap(({ from, to }) => [from, to])
    return times.every((time, index) => index === 0 || (times[index - 1] ?? '') < time)
  }, 'hours in order')

export const profileSchema = z.strictObject({
  version: z.literal(1),
  /** Short and unique in the province; it is printed and sent with every filing. */
  kioskId: z.string().regex(/^[A-Z0-9]{1,8}$/, 'one to eight of A-Z and 0-9'),
  commune: z.strictObject({ name: z.string().min(1), province: z.string().min(1) }),
  /** The peoples of the commune beside the Kinh, as the list of ethnic groups names them. */
  peoples: z.array(z.string().min(1)).max(4).optional(),
  screen: z.strictObject({
    /** CSS pixels per millimetre of the panel: 4.04 on 21.5 inch Full HD. */
    pixelsPerMm: z.number().min(1).max(20),
  }),
  portal: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    /** Ed25519 public keys that sign receipts, PEM by key id. A receipt by any other is refused. */
    receiptKeys: z.record(z.string(), z.string()),
    /** The only authorities that may vouch for the portal, PEM; the usual public ones where left out. */
    ca: z.string().startsWith('-----BEGIN CERTIFICATE-----').optional(),
    /** SHA-256 of SubjectPublicKeyInfo, base64: the portal's key must be one of them. */
    pins: z.array(z.base64().length(44)).min(1).optional(),
    /** Hours for which an accepted filing's contents stay, sealed, in case the portal loses it. */
    keepAcceptedHours: z.number().min(0).max(24).optional(),
  }),
  /**
   * The province's X25519 public key, PEM: what a kiosk with a broken key still holds is opened by
   * its private half, which lies offline.
   */
  recoveryKey: z.string().startsWith('-----BEGIN PUBLIC KEY-----').optional(),
  /**
   * Ed25519 public key, PEM, of whoever may add and change procedures of this kiosk (the folder
   * `procedures` of the data directory) and bring languages. Without it the built-in ones alone are
   * used.
   */
  procedureKey: z.string().startsWith('-----BEGIN PUBLIC KEY-----').optional(),
  scanner: scannerSchema.nullable(),
  /**
   * True where a scanner types as a keyboard does and cannot be made to do otherwise: the last
   * resort, because it loses the letters of a name.
   */
  wedge: z.boolean().optional(),
  /** True where the camera over the tray shall read the QR code of a card too. */
  cardCamera: z.boolean().optional(),
  /** A vendor's service in front of a card reader, on this machine. */
  readerBridge: readerBridgeSchema.nullable().optional(),
  printer: z
    .strictObject({
      link: printerLinkSchema,
      /** Dots across the roll: 576 on 80 mm, 384 on 58 mm. */
      dots: z.union([z.literal(576), z.literal(384)]),
    })
    .nullable(),
  /** The printer of official papers: `ipp://host/ipp/print`, or a queue of CUPS. */
  pagePrinter: z
    .strictObject({ uri: z.url({ protocol: /^ipps?$|^https?$/ }) })
    .nullable()
    .optional(),
  /** Where papers are captured; without it they all go to the counter. */
  documentScanner: z
    .discriminatedUnion('kind', [
      /** A camera over a tray, which the page looks through. */
      z.strictObject({ kind: z.literal('camera') }),
      /**
       * `device` as `scanimage -L` names it. `source` as the scanner's own list names it, where the
       * paper lies; if left out, a feeder where it has one.
       */
      z.strictObject({
        kind: z.literal('sane'),
        device: z.string().min(1).max(200),
        source: z.string().min(1).max(100).optional(),
      }),
    ])
    .nullable()
    .optional(),
  /** The reader of ID card chips; `reader` is part of its name, the first one if left out. */
  cardReader: z
    .strictObject({
      kind: z.literal('pcsc'),
      reader: z.string().min(1).optional(),
      /** Folder with the PEM certificates of the authorities that sign cards. */
      trustDir: z.string().min(1).optional(),
    })
    .nullable()
    .optional(),
  /**
   * Whether personal data may be spoken: into a headset alone. `none`, if left out, is a
   * loudspeaker only; `always` a headset that hangs at the kiosk; `jack-key` one whose jack is told
   * by a key of the keypad.
   */
  headset: headsetSchema.optional(),
  /** The codes of a keypad's keys; `{}` is a pad that sends the usual ones. Left out: there is none. */
  keypad: keypadSchema.optional(),
  /**
   * A program that turns speech into words, so that an assistant may dictate: its absolute path and
   * its arguments. Without it the page is given no microphone.
   */
  dictation: z
    .strictObject({
      program: z.tuple([z.string().startsWith('/')], z.string()),
    })
    .nullable()
    .optional(),
  /** The counter that serves each group of procedures, as called in the hall. */
  counters: z.record(z.string(), z.string()),
  /**
   * Opening hours by group of procedures, `default` for all others. Where left out, a day of return
   * is named without an hour.
   */
  openingHours: z.record(z.string(), openingHoursSchema).optional(),
})
export type Profile = z.infer<typeof profileSchema>

export type ProfileProblem =
  | { readonly code: 'missing' }
  | { readonly code: 'unreadable' }
  | { readonly code: 'invalid'; readonly where: string; readonly what: string }

/** Reads and checks a profile. `invalid` names the first field that is wrong, never its value. */
export async function loadProfile(path: string): Promise<Result<Profile, ProfileProblem>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return err({ code: missing ? 'missing' : 'unreadable' })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err({ code: 'invalid', where: 'the file', what: 'not JSON' })
  }
  const parsed = profileSchema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return err({
    code: 'invalid',
    where: issue?.path.join('.') || 'the file',
    what: issue?.message ?? 'not a profile',
  })
}

/** Whether a kiosk's page is to be given a microphone: only where an assistant may dictate. */
export async function wantsMicrophone(path: string): Promise<boolean> {
  const profile = await loadProfile(path)
  return profile.ok && (profile.value.dictation ?? null) !== null
}

/** One line for a technician: what is wrong and what to do. */
export function profileRemedy(problem: ProfileProblem, path: string): string {
  switch (problem.code) {
    case 'missing':
      return `profile missing: put a profile at ${path}, or start with --training`
    case 'unreadable':
      return `profile unreadable: check the owner and mode of ${path}`
    case 'invalid':
      return `profile invalid at ${problem.where}: ${problem.what}; mend ${path}`
  }
}
