import { useLayoutEffect, useRef, useState, type ChangeEvent, type RefObject } from 'react'
import { putCaret } from './caret.ts'
import { caretBehind, digitsOf, longest, showDigits, type DigitFormat } from './digits.ts'

/** A box of digits that the pad and a keyboard on the desk both write into. */
export interface DigitEntry {
  /** The bare digits. */
  readonly digits: string
  /** Writes a digit at the caret, as long as there is room. */
  readonly press: (digit: string) => void
  /** Removes what is selected, or else the digit before the caret. */
  readonly erase: () => void
  /** Empties the box. */
  readonly clear: () => void
  /** Properties of the input element. */
  readonly props: {
    readonly ref: RefObject<HTMLInputElement | null>
    /** The digits as the format groups them. */
    readonly value: string
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
    readonly inputMode: 'none'
    readonly autoComplete: 'off'
    readonly type: 'text'
  }
}

const bare = (text: string): string => text.replaceAll(/\D/g, '')

/** Holds the digits of one box and the caret among them. */
export function useDigitEntry(initial: string, format: DigitFormat): DigitEntry {
  const ref = useRef<HTMLInputElement>(null)
  const [entry, setEntry] = useState(() => {
    const digits = digitsOf(initial, format)
    return { digits, caret: digits.length }
  })
  const { digits, caret } = entry
  const shown = showDigits(digits, format)
  const at = caretBehind(shown, caret)

  useLayoutEffect(() => {
    if (ref.current !== null) putCaret(ref.current, at, at)
  }, [shown, at])

  /** Takes what stands on both sides of the caret. */
  function write(before: string, after: string) {
    const written = digitsOf(before + after, format)
    setEntry({ digits: written, caret: Math.max(0, written.length - after.length) })
    ref.current?.focus({ preventScroll: true })
  }
  /** The digits on both sides of what is selected, as it is now. */
  function sides() {
    const { selectionStart, selectionEnd } = ref.current ?? {}
    return {
      before: bare(shown.slice(0, selectionStart ?? shown.length)),
      after: bare(shown.slice(selectionEnd ?? shown.length)),
    }
  }
  return {
    digits,
    press(digit) {
      const { before, after } = sides()
      const room = before.length + after.length < longest(format)
      write(before + (room ? digit : ''), after)
    },
    erase() {
      const { before, after } = sides()
      const selected = before.length + after.length < digits.length
      write(selected ? before : before.slice(0, -1), after)
    },
    clear: () => setEntry({ digits: '', caret: 0 }),
    props: {
      ref,
      value: shown,
      onChange({ target }) {
        const behind = target.selectionStart ?? target.value.length
        write(target.value.slice(0, behind), bare(target.value.slice(behind)))
      },
      inputMode: 'none',
      autoComplete: 'off',
      type: 'text',
    },
  }
}
