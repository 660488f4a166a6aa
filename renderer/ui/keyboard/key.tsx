import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { createDebounce } from './debounce.ts'

/** One finger, one debounce: keys of all keyboards share it. */
const meant = createDebounce(() => performance.now())

/** A press must not take the focus, and with it the caret, from the box that is written in. */
const keepFocus = (event: PointerEvent) => event.preventDefault()

/** A key that is held writes once: Enter or the space bar on the desk would repeat the press. */
const noRepeat = (event: KeyboardEvent) => {
  if (event.repeat) event.preventDefault()
}

/**
 * One key. `name` is its accessible name where the face does not say it; it begins with the face,
 * for whoever speaks to the screen (WCAG 2.2 SC 2.5.3).
 */
export function Key({
  id,
  look = '',
  name,
  pressed,
  onPress,
  children,
}: {
  readonly id: string
  readonly look?: string
  readonly name?: string
  readonly pressed?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      className={`key ${look}`}
      aria-label={name}
      aria-pressed={pressed}
      onPointerDown={keepFocus}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={noRepeat}
      onClick={() => {
        if (meant(id)) onPress()
      }}
    >
      {children}
    </button>
  )
}
