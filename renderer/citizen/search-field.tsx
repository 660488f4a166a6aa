import { Glyph } from '../ui/drawings.tsx'
import type { TextEntry } from '../ui/keyboard/index.ts'
import { ids } from '../ui/screen.tsx'

/** The box in which words are looked for: what is typed, beside the glass. `id` takes the focus. */
export function SearchField({
  entry,
  id,
  label,
  invalid = false,
}: {
  readonly entry: TextEntry
  readonly id: string
  /** Its name for a screen reader. */
  readonly label: string
  readonly invalid?: boolean
}) {
  return (
    <label className="field">
      <Glyph name="search" size={10} />
      <input
        {...entry.props}
        id={id}
        className="field__value"
        aria-label={label}
        aria-describedby={ids.hint}
        aria-invalid={invalid || undefined}
      />
    </label>
  )
}
