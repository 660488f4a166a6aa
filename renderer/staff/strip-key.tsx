import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say } from '../i18n/say.tsx'
import { onceOf } from '../ui/button.tsx'
import { Glyph, type GlyphName } from '../ui/drawings.tsx'

/** A key of the strip or of a panel on it. */
export function StripKey({
  tool,
  glyph,
  word,
  leave = false,
  pressed,
  onPress,
}: {
  readonly tool: string
  readonly glyph: GlyphName
  readonly word: Phrase
  /** It stands apart: what it does ends something. */
  readonly leave?: boolean
  /** For a key that stays pressed. */
  readonly pressed?: boolean
  readonly onPress: () => void
}) {
  return (
    <button
      type="button"
      className={leave ? 'btn staff__key--leave' : 'btn'}
      data-tool={tool}
      aria-pressed={pressed}
      onClick={onceOf(onPress)}
    >
      <Glyph name={glyph} />
      <Say phrase={word} />
    </button>
  )
}
