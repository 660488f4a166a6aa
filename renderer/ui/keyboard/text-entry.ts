import {
  useLayoutEffect,
  useRef,
  useState,
  type ChangeEvent,
  type RefObject,
  type SyntheticEvent,
} from 'react'

/** A real input that on-screen keys and a keyboard on the desk both write into. */
export interface TextEntry {
  readonly text: string
  /** The text before the caret: what the next key works on. */
  readonly before: string
  /** Replaces the text before the caret by what `change` makes of it. */
  readonly edit: (change: (before: string) => string) => void
  /** Properties of the input element. */
  readonly props: {
    readonly ref: RefObject<HTMLInputElement | null>
    readonly value: string
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
    readonly onSelect: (event: SyntheticEvent<HTMLInputElement>) => void
    /** No keyboard of the operating system: the page has its own. */
    readonly inputMode: 'none'
    readonly autoComplete: 'off'
    readonly autoCorrect: 'off'
    readonly spellCheck: false
    readonly type: 'text'
  }
}

interface Entry {
  readonly text: string
  /** The selection; a bare caret where both are the same. */
  readonly from: number
  readonly to: number
}

/** Holds the text and the caret of one box; `maxLength` counts letters. */
export function useTextEntry(initial: string, maxLength: number): TextEntry {
  const ref = useRef<HTMLInputElement>(null)
  const [entry, setEntry] = useState<Entry>({
    text: initial,
    from: initial.length,
    to: initial.length,
  })
  const { text, from, to } = entry

  useLayoutEffect(() => {
    const input = ref.current
    if (input === null || (input.selectionStart === from && input.selectionEnd === to)) return
    input.setSelectionRange(from, to)
  }, [text, from, to])

  const before = text.slice(0, from)
  return {
    text,
    before,
    edit(change) {
      const head = change(before)
      const next = head + text.slice(to)
      ref.current?.focus({ preventScroll: true })
      if ([...next].length > maxLength && next.length > text.length) return
      setEntry({ text: next, from: head.length, to: head.length })
    },
    props: {
      ref,
      value: text,
      onChange({ target }) {
        const kept = [...target.value].slice(0, maxLength).join('')
        const caret = Math.min(target.selectionStart ?? kept.length, kept.length)
        setEntry({ text: kept, from: caret, to: caret })
      },
      onSelect({ currentTarget }) {
        const start = currentTarget.selectionStart ?? text.length
        const end = currentTarget.selectionEnd ?? start
        if (currentTarget.value !== text || (start === from && end === to)) return
        setEntry({ text, from: start, to: end })
      },
      inputMode: 'none',
      autoComplete: 'off',
      autoCorrect: 'off',
      spellCheck: false,
      type: 'text',
    },
  }
}
