import type { Keypad, PadKey } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { words } from '../i18n/t.ts'
import { createDebounce } from '../ui/keyboard/debounce.ts'
import { KEYPAD_LIMITS } from './limits.ts'
import { press, stand, standingOn } from './steps.ts'
import { createSwitches, noSwitches, type SwitchPorts } from './switches.ts'
import { pressTypedDigit } from './typed-digit.ts'
import { walk, type WalkKey } from './walk.ts'

type Pad = Readonly<Record<PadKey, string>>

/** What the keypad does beside walking. */
export interface KeypadPorts extends SwitchPorts {
  /** A key was heard: what is being said falls silent. */
  readonly hush: () => void
  /** The screen once more; where nothing is said yet, the voice begins. */
  readonly explain: () => void
  readonly callHelp: () => void
  readonly louder: () => void
  readonly plug: (isIn: boolean) => void
}

/**
 * Listens to a keypad. Behind the detector of scanners that type, which stands at the window and lets
 * no key of a scan come this far. Returns how to stop.
 */
export function listenToKeypad(page: Document, keypad: Keypad, ports: KeypadPorts): () => void {
  const meant = createDebounce(() => performance.now())
  const { scan, ...pad } = keypad
  const keyOf = new Map(Object.entries(pad).map(([key, code]) => [code, key]))
  const switches = scan === undefined ? noSwitches : createSwitches(page, scan, ports)
  let helpHeld: ReturnType<typeof setTimeout> | undefined

  function pressed(key: PadKey): void {
    switch (key) {
      case 'up':
      case 'down':
      case 'back':
      case 'next':
      case 'select':
        return step(key)
      case 'help':
        helpHeld = setTimeout(() => {
          helpHeld = undefined
          ports.callHelp()
        }, KEYPAD_LIMITS.HELP_HELD_MS)
        return
      case 'volume':
        return ports.louder()
      case 'jackIn':
      case 'jackOut':
        return ports.plug(key === 'jackIn')
    }
  }

  function step(key: WalkKey): void {
    const standing = standingOn(page)
    const doing = walk(standing.shape, standing.place, key)
    switch (doing.kind) {
      case 'stand':
        return stand(standing, doing.place, ports.say)
      case 'press':
        return press(standing, doing.place, ports.say)
      case 'go-back':
        return lead('.bottom .btn:has([data-say="frame.back"])', words('keys.no-back'))
      case 'go-on':
        return lead('.action .btn--go', words('keys.no-next'))
    }
  }

  function lead(selector: string, otherwise: Phrase): void {
    const covers = page.querySelector('.cover') ?? page
    const button = covers.querySelector<HTMLElement>(selector)
    if (button === null) ports.say([otherwise])
    else button.click()
  }

  const stopping = new AbortController()
  const options = { capture: true, signal: stopping.signal }
  page.addEventListener(
    'keydown',
    (event) => {
      const key = padKey(keyOf.get(event.code), pad)
      if (key === null && !switches.codes.includes(event.code)) return typed(event)
      if (isElsewhere(page) || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      if (event.repeat || !meant(event.code)) return
      ports.hush()
      if (key === null) return switches.press(event.code)
      switches.rest()
      pressed(key)
    },
    options,
  )
  page.addEventListener(
    'keyup',
    (event) => {
      if (event.code !== keypad.help || helpHeld === undefined) return
      clearTimeout(helpHeld)
      helpHeld = undefined
      ports.explain()
    },
    options,
  )
  page.addEventListener('pointerdown', switches.rest, options)
  return () => {
    stopping.abort()
    switches.stop()
    clearTimeout(helpHeld)
  }

  /** A digit typed while no box has the focus goes where the pad on the screen would put it. */
  function typed(event: KeyboardEvent): void {
    const { activeElement } = page
    const inBox = activeElement instanceof HTMLInputElement && activeElement.inputMode !== ''
    if (inBox || isElsewhere(page) || event.repeat) return
    if (pressTypedDigit(page, event.key)) event.preventDefault()
  }
}

const padKey = (key: string | undefined, pad: Pad): PadKey | null =>
  key !== undefined && isPadKey(key, pad) ? key : null

const isPadKey = (key: string, pad: Pad): key is PadKey => key in pad

/**
 * True while something beside the citizen's screens has the focus. The staff's strip has none of these
 * keys: focus that a keyboard left there does not make the citizen's deaf.
 */
const isElsewhere = ({ activeElement, body }: Document): boolean =>
  activeElement !== null &&
  activeElement !== body &&
  activeElement.closest('.screen, .staff') === null
