import { WEDGE_LIMITS } from './limits.ts'
import { altCharacter, numpadDigit, usCharacter } from './us-layout.ts'

/**
 * Tells a scanner that types from a person who does, key by key, without ever letting a scan into
 * a field. Every key that could begin a scan is held back until that is decided: at the latest
 * after a short silence. Pure: time is in the events.
 */

/** A key that went down. */
export interface KeyDown {
  readonly kind: 'down'
  /** The physical key. */
  readonly code: string
  /** What the system's layout makes of it. */
  readonly key: string
  readonly shift: boolean
  readonly alt: boolean
  /** Control or the system key. */
  readonly command: boolean
  /** The system repeats it because it is held down: a person. */
  readonly repeat: boolean
  /** An input method is at work on it and cannot be stopped. */
  readonly composing: boolean
  readonly atMs: number
}

export type WedgeEvent =
  | KeyDown
  | { readonly kind: 'alt-up'; readonly atMs: number }
  /** The time of `silenceDueMs` has come. */
  | { readonly kind: 'silence' }
  /** A finger came down: what was typed before it goes first. */
  | { readonly kind: 'touch' }

/** A key that waits. */
export interface HeldKey {
  /** Null for a key of an Alt sequence. */
  readonly key: string | null
  /** What a scanner meant by it. */
  readonly scanned: string
  readonly atMs: number
}

export interface WedgeState {
  readonly held: readonly HeldKey[]
  /** So quick for so long that it can only be a scanner. */
  readonly scanning: boolean
  /** Digits typed since Alt went down. */
  readonly altDigits: string
  /** When the last scan ended. */
  readonly scannedAtMs: number
}

export interface Verdict {
  readonly state: WedgeState
  /** `stop`: the page must not see this key. What else happens, happens before it does. */
  readonly key: 'stop' | 'pass'
  /** Keys of a person, to be typed now. */
  readonly release: readonly HeldKey[]
  /** What a scanner typed. */
  readonly scan: string | null
}

export const restingState: WedgeState = {
  held: [],
  scanning: false,
  altDigits: '',
  scannedAtMs: Number.NEGATIVE_INFINITY,
}

/** No Alt sequence has more; `altCharacter` refuses it. */
const ALT_DIGITS_MAX = 6

/** When silence will have decided; null where nothing waits. */
export function silenceDueMs({ held }: WedgeState): number | null {
  const last = held.at(-1)
  return last === undefined ? null : last.atMs + WEDGE_LIMITS.SILENCE_MS
}

/** One event further. */
export function decide(state: WedgeState, event: WedgeEvent): Verdict {
  switch (event.kind) {
    case 'silence':
      return endRun(state, silenceDueMs(state) ?? 0, 'pass')
    case 'touch':
      return state.scanning ? nothing(state, 'pass') : endRun(state, 0, 'pass')
    case 'alt-up':
      return altUp(state, event.atMs)
    case 'down':
      return afterSilence(state, event)
  }
}

/** A timer that is late must not join what silence has parted. */
function afterSilence(state: WedgeState, event: KeyDown): Verdict {
  const dueMs = silenceDueMs(state)
  if (dueMs === null || event.atMs < dueMs) return keyDown(state, event)
  const ended = endRun(state, dueMs, 'pass')
  const next = keyDown(ended.state, event)
  return { ...next, release: [...ended.release, ...next.release], scan: ended.scan ?? next.scan }
}

function keyDown(state: WedgeState, event: KeyDown): Verdict {
  if (isModifier(event.code)) return nothing(state, 'pass')
  if (event.composing || event.repeat) return personKey(state)
  if (endsScan(event)) {
    if (state.scanning) return endRun(state, event.atMs, 'stop')
    const isTail = event.atMs - state.scannedAtMs <= WEDGE_LIMITS.TAIL_MS && state.held.length === 0
    return isTail ? nothing(state, 'stop') : personKey(state)
  }
  if (event.alt && !event.command) {
    const digit = numpadDigit(event.code)
    if (digit === null) return personKey(state)
    const altDigits = (state.altDigits + digit).slice(0, ALT_DIGITS_MAX)
    return hold({ ...state, altDigits }, null, '', event.atMs)
  }
  const key = singleCharacter(event.key)
  const scanned = usCharacter(event.code, event.shift) ?? key
  if (event.command || scanned === null || (key === null && !state.scanning)) {
    return personKey(state)
  }
  // No code begins with a space, but a space presses the button that has the focus.
  if (scanned === ' ' && state.held.length === 0) return nothing(state, 'pass')
  return hold(state, key, scanned, event.atMs)
}

/** The Alt sequence is one character; its digits have been held already. */
function altUp(state: WedgeState, atMs: number): Verdict {
  const { altDigits } = state
  if (altDigits === '') return nothing(state, 'pass')
  const last = state.held.at(-1)
  const character = altCharacter(altDigits)
  if (last === undefined) return nothing({ ...state, altDigits: '' }, 'pass')
  const held = [...state.held.slice(0, -1), { ...last, scanned: last.scanned + character, atMs }]
  return nothing({ ...state, altDigits: '', held }, 'stop')
}

/** A key that is no part of a scan: a person's, unless a scanner is in the middle of one. */
function personKey(state: WedgeState): Verdict {
  if (state.scanning) return nothing(state, 'stop')
  return {
    state: { ...state, held: [], altDigits: '' },
    key: 'pass',
    release: state.held,
    scan: null,
  }
}

function hold(state: WedgeState, key: string | null, scanned: string, atMs: number): Verdict {
  const newest: HeldKey = { key, scanned, atMs }
  const held = [...state.held, newest]
  if (state.scanning) return nothing({ ...state, held: bounded(held) }, 'stop')
  const gaps = gapsOf(held)
  const slow = gaps.filter((gap) => gap > WEDGE_LIMITS.FAST_GAP_MS).length
  const enough = held.length >= WEDGE_LIMITS.SCAN_KEYS_MIN
  if (enough && isFast(gaps)) return nothing({ ...state, held, scanning: true }, 'stop')
  // Nobody waits for his letters until he pauses: as soon as the slow keys prevail they are let go.
  if (enough || slow - (gaps.length - slow) >= 2) {
    return { state: { ...state, held: [newest] }, key: 'stop', release: state.held, scan: null }
  }
  return nothing({ ...state, held }, 'stop')
}

/** A run of keys is over: a scan, or what a person typed. */
function endRun(state: WedgeState, atMs: number, key: Verdict['key']): Verdict {
  const { held, scanning } = state
  const rested = { ...restingState, scannedAtMs: state.scannedAtMs }
  if (!scanning) return { state: rested, key, release: held, scan: null }
  const from = beginOf(held)
  const text = textOf(held.slice(from))
  return {
    state: { ...rested, scannedAtMs: atMs },
    key,
    release: held.slice(0, from),
    // Longer than any code: noise, and nothing of it may reach a field either.
    scan: text.length > WEDGE_LIMITS.SCAN_LENGTH_MAX ? null : text,
  }
}

/** How a code begins that this kiosk knows: card, own papers, VietQR; and the AIM prefix of a QR. */
const KNOWN_BEGIN = /^(?:\]Q\d)?(?:\d{12}\||MCK:[ST]:|000201)/

/**
 * Where the scan begins among the keys: a person may have typed just before it. Only the known
 * beginning of a code tells; else all of it is the scan.
 */
function beginOf(held: readonly HeldKey[]): number {
  const gaps = gapsOf(held)
  for (const at of held.keys()) {
    if (at >= WEDGE_LIMITS.SCAN_KEYS_MIN) return 0
    const apart = at === 0 || (gaps[at - 1] ?? 0) > WEDGE_LIMITS.FAST_GAP_MS
    if (apart && KNOWN_BEGIN.test(textOf(held.slice(at, at + 16)))) return at
  }
  return 0
}

/** Keys beyond the longest code are let fall; one too many stays as the mark of it. */
function bounded(held: readonly HeldKey[]): readonly HeldKey[] {
  const last = held.at(-1)
  if (held.length <= WEDGE_LIMITS.SCAN_LENGTH_MAX + 1 || last === undefined) return held
  return [...held.slice(0, WEDGE_LIMITS.SCAN_LENGTH_MAX), last]
}

function nothing(state: WedgeState, key: Verdict['key']): Verdict {
  return { state, key, release: [], scan: null }
}

function gapsOf(held: readonly HeldKey[]): number[] {
  return held.slice(1).map(({ atMs }, at) => atMs - (held[at]?.atMs ?? atMs))
}

function isFast(gaps: readonly number[]): boolean {
  const sorted = gaps.toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) <= WEDGE_LIMITS.FAST_GAP_MS
}

function textOf(held: readonly HeldKey[]): string {
  return held.map(({ scanned }) => scanned).join('')
}

/** A key that has a character, not a name such as "Shift" or "Process". */
function singleCharacter(key: string): string | null {
  return [...key].length === 1 ? key : null
}

function isModifier(code: string): boolean {
  return /^(?:Shift|Control|Alt|Meta)(?:Left|Right)$|^(?:CapsLock|NumLock)$/.test(code)
}

/** Enter and Tab, and Control with J or M, which are line feed and carriage return. */
function endsScan({ code, command }: KeyDown): boolean {
  if (command) return code === 'KeyJ' || code === 'KeyM'
  return code === 'Enter' || code === 'NumpadEnter' || code === 'Tab'
}
