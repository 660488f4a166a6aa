import { decide, restingState, silenceDueMs, type KeyDown, type WedgeEvent } from './detector.ts'

/** A key as it goes down: a letter, digit or mark by its own character, else a named key. */
export function press(character: string, atMs: number, more: Partial<KeyDown> = {}): KeyDown {
  const { code, shift } = physical(character)
  return {
    kind: 'down',
    code,
    key: character,
    shift,
    alt: false,
    command: false,
    repeat: false,
    composing: false,
    atMs,
    ...more,
  }
}

const shifted: Readonly<Record<string, string>> = { '|': 'Backslash', ':': 'Semicolon' }
const plain: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ',': 'Comma',
  '-': 'Minus',
  '.': 'Period',
  '/': 'Slash',
  "'": 'Quote',
}

/** The key of the US layout on which a character lies; none for letters that it lacks. */
function physical(character: string): { code: string; shift: boolean } {
  if (/^[a-z]$/i.test(character)) {
    return { code: `Key${character.toUpperCase()}`, shift: /[A-Z]/.test(character) }
  }
  if (/^\d$/.test(character)) return { code: `Digit${character}`, shift: false }
  const code = shifted[character]
  if (code !== undefined) return { code, shift: true }
  return { code: plain[character] ?? (character.length > 1 ? character : ''), shift: false }
}

/** Keys one after the other; `gaps` before each, repeated as often as needed. */
export function typed(text: string, fromMs: number, gaps: readonly number[]): KeyDown[] {
  let atMs = fromMs
  return [...text].map((character, at) => {
    if (at > 0) atMs += gaps[(at - 1) % gaps.length] ?? 0
    return press(character, atMs)
  })
}

/** What became of all keys. */
export interface Outcome {
  /** What a field with the focus got, passed on or typed later, in order. */
  readonly field: string
  readonly scans: readonly string[]
  /** Named keys that the page saw. */
  readonly passed: readonly string[]
  /** The longest that a key of a person had to wait. */
  readonly longestWaitMs: number
}

/** Plays events through the detector as the page does: silence is noticed when its time has come. */
export function play(events: readonly WedgeEvent[]): Outcome {
  let state = restingState
  let field = ''
  let nowMs = 0
  let longestWaitMs = 0
  const scans: string[] = []
  const passed: string[] = []
  const take = (event: WedgeEvent, atMs: number) => {
    nowMs = atMs
    const verdict = decide(state, event)
    state = verdict.state
    for (const held of verdict.release) {
      longestWaitMs = Math.max(longestWaitMs, nowMs - held.atMs)
      field += held.key ?? ''
    }
    if (verdict.scan !== null) scans.push(verdict.scan)
    if (event.kind !== 'down' || verdict.key === 'stop') return
    if (event.key.length === 1) field += event.key
    else passed.push(event.key)
  }
  const rest = (untilMs: number) => {
    const dueMs = silenceDueMs(state)
    if (dueMs !== null && dueMs <= untilMs) take({ kind: 'silence' }, dueMs)
  }
  for (const event of events) {
    const atMs = 'atMs' in event ? event.atMs : nowMs
    rest(atMs)
    take(event, atMs)
  }
  rest(Number.POSITIVE_INFINITY)
  return { field, scans, passed, longestWaitMs }
}
