/** A key press as Electron's `before-input-event` reports it. */
export interface KeyInput {
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** Keys by which a person who cannot use the touch screen goes through a page. */
const NAMED_KEYS: ReadonlySet<string> = new Set([
  'Tab',
  'Enter',
  'Escape',
  'Backspace',
  'Delete',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Shift',
])

/** One character, whatever marks it carries; the name of a key (`F5`, `BrowserBack`) is longer. */
const TEXT = /^\P{C}\p{M}*$/u

/**
 * Says whether a key press may reach the page: typing and moving about. With Ctrl, Alt or Super
 * held nothing passes, so no browser shortcut (print, reload, close, zoom, address) exists; of
 * function and media keys none does.
 */
export function mayPress(input: KeyInput): boolean {
  if (input.control || input.alt || input.meta) return false
  return NAMED_KEYS.has(input.key) || TEXT.test(input.key)
}
