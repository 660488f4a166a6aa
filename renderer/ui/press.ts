import { after } from '../after.ts'

const LIMITS = {
  /** So long what was pressed still shows it: a finger covers the key while it lies there. */
  SHOWN_MS: 150,
  /** A second touch within this time and distance (px) is the second half of a double tap. */
  DOUBLE_MS: 300,
  DOUBLE_PX: 100,
  /** A list that was pushed by more than this share of a key's height was meant to be. */
  PUSH_SHARE: 0.5,
} as const

/** What is pressed by a touch anywhere on it. */
const KEYS = 'button, label.tile'

interface Held {
  readonly key: HTMLElement
  readonly touch: number
  readonly y: number
}
interface Lifted {
  readonly atMs: number
  readonly x: number
  readonly y: number
  readonly count: number
}

let finger = false

/** Whether it was a finger that pressed last, and no key of a keyboard, a keypad or a switch. */
export const isFinger = (): boolean => finger

/**
 * Makes presses out of touches. A browser's own tap fits young hands: Chromium hears none where the
 * finger rests for half a second or trembles by 15 px. Here a press is a finger that is lifted from
 * the key it was put on, however long it lay and wherever on the key it went; lifted elsewhere, it
 * is none (WCAG 2.2, 2.5.2). It also comes before the mouse that a browser makes of every tap, whose
 * events took an eighth of the processor's time to the next screen.
 */
export function listenForPresses(page: Document): void {
  let held: Held | null = null
  let lifted: Lifted | null = null
  const shown = showPressed()

  const drop = () => {
    held = null
    shown.release()
  }
  const start = ({ touches, changedTouches }: TouchEvent) => {
    finger = true
    const [touch] = changedTouches
    const key = keyOf(touch?.target)
    // A hand that rests beside the keys is nothing; on one, nobody knows which finger was meant.
    if (touch === undefined || key === null) return
    drop()
    if ([...touches].filter(({ target }) => keyOf(target) !== null).length > 1) return
    held = { key, touch: touch.identifier, y: touch.clientY }
    shown.press(key)
    leaveFocus(key)
  }
  const end = (event: TouchEvent) => {
    const touch = [...event.changedTouches].find(({ identifier }) => identifier === held?.touch)
    if (held === null || touch === undefined) return
    const { key, y: from } = held
    held = null
    shown.lift()
    const { clientX: x, clientY: y } = touch
    if (event.cancelable) event.preventDefault()
    // The browser pushes a long list along, with the key on it; a finger that trembles does so too.
    else if (Math.abs(y - from) > key.clientHeight * LIMITS.PUSH_SHARE) return
    if (!key.isConnected || key.matches(':disabled') || !isWithin(key, x, y)) return
    const count = isSecond(lifted, event.timeStamp, x, y) ? lifted.count + 1 : 1
    lifted = { atMs: event.timeStamp, x, y, count }
    const place = { clientX: x, clientY: y, detail: count, view: window }
    key.dispatchEvent(
      new MouseEvent('click', { ...place, bubbles: true, cancelable: true, composed: true }),
    )
  }

  // A mouse, as on a trainer's laptop, presses by the browser's own clicks; it shows the same.
  const point = ({ target, pointerType }: PointerEvent) => {
    const key = pointerType === 'touch' ? null : keyOf(target)
    if (key !== null) shown.press(key)
  }
  const leave = ({ pointerType }: PointerEvent) => {
    if (pointerType !== 'touch') shown.lift()
  }

  page.addEventListener('pointerdown', point, { capture: true, passive: true })
  page.addEventListener('pointerup', leave, { capture: true, passive: true })
  page.addEventListener('touchstart', start, { capture: true, passive: true })
  page.addEventListener('touchend', end, { capture: true, passive: false })
  page.addEventListener('keydown', () => (finger = false), { capture: true, passive: true })
  page.addEventListener('touchcancel', drop, { capture: true, passive: true })
}

/**
 * A finger takes the focus away, unless the key keeps it where it is, as it does from a mouse. To
 * remove a screen with the focus in it took a sixth of the change to the next.
 */
function leaveFocus(key: HTMLElement): void {
  const { activeElement: focused } = key.ownerDocument
  const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true, composed: true })
  if (key.dispatchEvent(down) && focused instanceof HTMLElement) focused.blur()
}

const keyOf = (target: EventTarget | null | undefined): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(KEYS) : null

function isWithin(key: HTMLElement, x: number, y: number): boolean {
  const { left, right, top, bottom } = key.getBoundingClientRect()
  return x >= left && x <= right && y >= top && y <= bottom
}

function isSecond(lifted: Lifted | null, atMs: number, x: number, y: number): lifted is Lifted {
  if (lifted === null || atMs - lifted.atMs > LIMITS.DOUBLE_MS) return false
  return Math.hypot(x - lifted.x, y - lifted.y) < LIMITS.DOUBLE_PX
}

/**
 * Marks the key that a finger is on. The browser's own `:active` ends as the finger is lifted, and
 * drawing that came before the next screen's; this ends a moment later.
 */
function showPressed() {
  let pressed: HTMLElement | null = null
  let cancel = () => {}
  const release = () => {
    cancel()
    delete pressed?.dataset['pressed']
    pressed = null
  }
  return {
    press(key: HTMLElement) {
      release()
      pressed = key
      key.dataset['pressed'] = ''
    },
    lift() {
      cancel()
      cancel = after(LIMITS.SHOWN_MS, release)
    },
    release,
  }
}
