import { useLayoutEffect, useRef, useState, type ChangeEvent, type RefObject } from 'react'

/** A real input that on-screen keys and a keyboard on the desk both write into. */
export interface TextEntry {
  readonly text: string
  /** The text before the caret: what the next key works on. */
  readonly before: () => string
  /** Replaces the text before the caret by what `change` makes of it. */
  readonly edit: (change: (before: string) => string) => void
  /** Properties of the input element. */
  readonly props: {
    readonly ref: RefObject<HTMLInputElement | null>
    readonly value: string
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
    /** No keyboard of the operating system: the page has its own. */
    readonly inputMode: 'none'
    readonly autoComplete: 'off'
    readonly autoCorrect: 'off'
    readonly spellCheck: false
    readonly type: 'text'
  }
}

/** Holds the text and the caret of one box; `maxLength` counts letters. */
export function useTextEntry(initial: string, maxLength: number): TextEntry {
  const ref = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(initial.length)
  const [text, setText] = useState(initial)

  useLayoutEffect(() => {
    if (caret.current === null) return
    ref.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  }, [text])

  const before = () => text.slice(0, ref.current?.selectionStart ?? text.length)
  return {
    text,
    before,
    edit(change) {
      const head = change(before())
      const next = head + text.slice(ref.current?.selectionEnd ?? text.length)
      ref.current?.focus({ preventScroll: true })
      if (next === text || ([...next].length > maxLength && next.length > text.length)) return
      caret.current = head.length
      setText(next)
    },
    props: {
      ref,
      value: text,
      onChange: (event) => setText([...event.target.value].slice(0, maxLength).join('')),
      inputMode: 'none',
      autoComplete: 'off',
      autoCorrect: 'off',
      spellCheck: false,
      type: 'text',
    },
  }
}
