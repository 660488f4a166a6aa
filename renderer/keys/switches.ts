import type { Scanning } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { nameOf, topScreen } from '../speech/on-screen.ts'
import { after } from '../after.ts'
import { createScan } from './scan.ts'
import { press, stand, standingOn } from './steps.ts'
import { begin, scanOn, walk } from './walk.ts'

/** What scanning hears of the voice, and says with it. */
export interface SwitchPorts {
  readonly say: (phrases: readonly Phrase[]) => void
  /** Whether something is being said. */
  readonly isSpeaking: () => boolean
  readonly onSpeaking: (listener: () => void) => () => void
}

/** One switch or two: what each key does, by its code. */
export interface Switches {
  readonly codes: readonly string[]
  press(code: string): void
  /** Somebody uses the screen in another way. */
  rest(): void
  stop(): void
}

/** Nobody has a switch. */
export const noSwitches: Switches = { codes: [], press() {}, rest() {}, stop() {} }

/** Goes over the same line as the keypad, with the keys that there are. */
export function createSwitches(page: Document, scanning: Scanning, ports: SwitchPorts): Switches {
  const moves = createMoves(page, ports.say)
  switch (scanning.switches) {
    case 1: {
      const scan = createScan(scanning.everyMs, {
        after,
        ...moves,
      })
      const hear = () => scan.speaking(ports.isSpeaking())
      hear()
      const deaf = ports.onSpeaking(hear)
      return {
        codes: [scanning.select],
        press: () => scan.press(),
        rest: () => scan.rest(),
        stop() {
          deaf()
          scan.rest()
        },
      }
    }
    case 2:
      return {
        codes: [scanning.select, scanning.on],
        press(code) {
          if (code === scanning.on) moves.goOn()
          else moves.select()
        },
        rest() {},
        stop() {},
      }
    default:
      return unreachable(scanning)
  }
}

/** Moves over whatever screen lies on top; each new one begins at its title. */
function createMoves(page: Document, say: SwitchPorts['say']) {
  let known: { readonly name: string; readonly heading: Element | null } = {
    name: '',
    heading: null,
  }

  /** True where the screen is another than the one that was stood on last. */
  function isNew(): boolean {
    const top = topScreen(page)
    if (top === null) return false
    const now = { name: nameOf(top), heading: top.heading }
    const same = now.name === known.name && now.heading === known.heading
    known = now
    return !same
  }
  const beginAnew = () => stand(standingOn(page), begin, say)

  return {
    begin() {
      isNew()
      beginAnew()
    },
    goOn(): boolean {
      const standing = standingOn(page)
      const another = isNew()
      const next = another ? begin : scanOn(standing.shape, standing.place)
      stand(standing, next, say)
      return !another && next.stop === begin.stop && next.key === null
    },
    /** What was aimed at is gone with its screen: then nothing is pressed. */
    select() {
      if (isNew()) return beginAnew()
      const standing = standingOn(page)
      const doing = walk(standing.shape, standing.place, 'select')
      if (doing.kind === 'stand') stand(standing, doing.place, say)
      if (doing.kind === 'press') press(standing, doing.place, say)
    },
  }
}
