import {
  useLayoutEffect,
  useRef,
  useState,
  type ChangeEvent,
  type RefObject,
  type SyntheticEvent,
} from 'react'
import { putCaret } from './caret.ts'
import { deleteLetter, type Edit } from './compose.ts'

/** A real input that on-screen keys and a keyboard on the desk both write into. */
export interface TextEntry {
  readonly text: string
  /** The text before the caret: whether a capital is due follows from it. */
  readonly before: string
  /** In letters. */
  readonly maxLength: number
  /** Does what a key does, in place of what is selected. */
  readonly edit: (edit: Edit) => void
  /** Removes what is selected, or else the letter before the caret. */
  readonly erase: () => void
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
    if (ref.current !== null) putCaret(ref.current, from, to)
  }, [text, from, to])

  /** As it is now: a selection that has just changed may not have been told yet. */
  const selection = () => ({
    start: ref.current?.selectionStart ?? from,
    end: ref.current?.selectionEnd ?? to,
  })
  function edit(by: Edit) {
    const { start, end } = selection()
    const written = by({ before: text.slice(0, start), after: text.slice(end) })
    const next = written.before + written.after
    ref.current?.focus({ preventScroll: true })
    if ([...next].length > maxLength && next.length > text.length) return
    setEntry({ text: next, from: written.before.length, to: written.before.length })
  }
  return {
    text,
    before: text.slice(0, from),
    maxLength,
    edit,
    erase() {
      const { start, end } = selection()
      edit(start === end ? deleteLetter : (rest) => rest)
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
