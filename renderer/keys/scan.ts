import { KEYPAD_LIMITS } from './limits.ts'

/** What a scan with one switch moves, and its clock. */
export interface ScanPorts {
  /** Runs something later; returns how to call it off. */
  readonly after: (ms: number, run: () => void) => () => void
  /** Stands on the first thing of the screen. */
  readonly begin: () => void
  /** Stands one thing on; true where that is the first of the same screen again. */
  readonly goOn: () => boolean
  /** Presses what one stands on. */
  readonly select: () => void
}

/** A scan with one switch. */
export interface Scan {
  /** The switch: wakes a scan that rests, else chooses. */
  press(): void
  /** Whether something is being said: so long everything stays where it is. */
  speaking(is: boolean): void
  /** Somebody uses the screen by hand, or leaves: it stands still until the switch is pressed. */
  rest(): void
}

type State =
  | { readonly kind: 'resting' }
  /** `rounds`: how often it came round since the last press. */
  | { readonly kind: 'going'; readonly rounds: number; readonly stop: () => void }

/**
 * Goes on by itself every `everyMs` that nothing is said, and rests after `SCAN_ROUNDS` in which
 * nobody pressed: a screen in a hall never moves for nobody.
 */
export function createScan(everyMs: number, ports: ScanPorts): Scan {
  let state: State = { kind: 'resting' }
  let isSpeaking = false

  function turn(rounds: number): void {
    if (state.kind === 'going') state.stop()
    const stop = isSpeaking ? () => {} : ports.after(everyMs, () => tick(rounds))
    state = { kind: 'going', rounds, stop }
  }

  function tick(before: number): void {
    const rounds = before + (ports.goOn() ? 1 : 0)
    if (rounds >= KEYPAD_LIMITS.SCAN_ROUNDS) rest()
    else turn(rounds)
  }

  function rest(): void {
    if (state.kind === 'going') state.stop()
    state = { kind: 'resting' }
  }

  return {
    press() {
      if (state.kind === 'resting') ports.begin()
      else ports.select()
      turn(0)
    },
    speaking(is) {
      isSpeaking = is
      if (state.kind === 'going') turn(state.rounds)
    },
    rest,
  }
}
