/**
 * Types one character into what has the focus, as the system would have: at the caret, in place of
 * a selection, and told to React by the event it listens for. Where nothing can be written in, it
 * is let fall, as a key is: false.
 */
export function typeCharacter(target: Element | null, character: string): boolean {
  if (!isTextBox(target) || target.readOnly || target.disabled) return false
  const before = new InputEvent('beforeinput', inputOf(character, true))
  if (!target.dispatchEvent(before)) return true
  const from = target.selectionStart ?? target.value.length
  const to = target.selectionEnd ?? from
  target.setRangeText(character, from, to, 'end')
  target.dispatchEvent(new InputEvent('input', inputOf(character, false)))
  return true
}

function inputOf(data: string, cancelable: boolean): InputEventInit {
  return { bubbles: true, cancelable, inputType: 'insertText', data }
}

const TEXT_TYPES: ReadonlySet<string> = new Set(['text', 'search', 'tel', 'url', 'password'])

function isTextBox(target: Element | null): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && TEXT_TYPES.has(target.type)
}
