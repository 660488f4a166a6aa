import { z } from 'zod'

/**
 * Codes that write: a person types with them, and so does a scanner. None of them can be a key of
 * the keypad, so that neither is ever taken for the other.
 */
const WRITES =
  /^(?:Key[A-Z]|Digit\d|Numpad.*|Space|Tab|Backspace|Delete|Minus|Equal|Bracket(?:Left|Right)|(?:Intl)?Backslash|Semicolon|Quote|Backquote|Comma|Period|Slash|(?:Shift|Control|Alt|Meta)(?:Left|Right))$/

const keyCode = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9]{0,31}$/, 'the code of a key, such as ArrowUp')
  .refine((code) => !WRITES.test(code), 'a key that writes')
const key = (usual: string) => keyCode.default(usual)

/** Limits of switch scanning. */
export const SCAN_LIMITS = {
  /** One switch: so long each thing can be chosen before the next has its turn. */
  EVERY_MS: { min: 500, usual: 2000, max: 10_000 },
} as const

/**
 * One switch or two (buttons, sip and puff) that send a key each: with one, things have their turn by
 * themselves; with two, `on` goes to the next. Interfaces of switches can be set to send what is wanted.
 */
const scanSchema = z.discriminatedUnion('switches', [
  z.strictObject({
    switches: z.literal(1),
    select: keyCode,
    everyMs: z
      .number()
      .int()
      .min(SCAN_LIMITS.EVERY_MS.min)
      .max(SCAN_LIMITS.EVERY_MS.max)
      .default(SCAN_LIMITS.EVERY_MS.usual),
  }),
  z.strictObject({ switches: z.literal(2), select: keyCode, on: keyCode }),
])
export type Scanning = z.infer<typeof scanSchema>

/**
 * Keys of a keypad of the AudioNav class: a USB keyboard with arrows, a key in their middle, help and
 * volume, whose jack tells by two keys more that it is in or out. Each is the `code` of the keyboard
 * events that it sends (W3C UI Events). What is left out is as most pads are said to come from the
 * factory; it is to be compared with the pad's own manual.
 */
const padKeys = {
  up: key('ArrowUp'),
  down: key('ArrowDown'),
  back: key('ArrowLeft'),
  next: key('ArrowRight'),
  select: key('Enter'),
  help: key('F1'),
  volume: key('F2'),
  jackIn: key('F13'),
  jackOut: key('F14'),
}
export type PadKey = keyof typeof padKeys

/** The pad, and the switches where there are any: left out, none is listened to. */
export const keypadSchema = z
  .strictObject({ ...padKeys, scan: scanSchema.optional() })
  .refine((keypad) => {
    const codes = codesOf(keypad)
    return new Set(codes).size === codes.length
  }, 'one key for two things')
export type Keypad = z.infer<typeof keypadSchema>

/** Every key that is listened to. */
export function codesOf({
  scan,
  ...pad
}: Readonly<Record<PadKey, string>> & {
  readonly scan?: Scanning | undefined
}): readonly string[] {
  const on = scan?.switches === 2 ? [scan.on] : []
  return [...Object.values(pad), ...(scan === undefined ? [] : [scan.select, ...on])]
}

/** A pad that sends the usual codes. */
export const usualKeypad: Keypad = keypadSchema.parse({})
