import type { MouseEvent, ReactNode } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say } from '../i18n/say.tsx'
import { Glyph, type GlyphName } from './drawings.tsx'

/**
 * Makes a press out of a click. The second click of a double tap is not one: it would land on
 * the next screen, which was not there when the finger came down.
 */
export function onceOf(press: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail > 1) return
    press()
  }
}

/** A button with a word and mostly a glyph, which goes before the word or after it. */
export function Button({
  label,
  glyph,
  after = false,
  look = '',
  glyphSize,
  onPress,
}: {
  readonly label: Phrase
  readonly glyph?: GlyphName
  readonly after?: boolean
  readonly look?: string
  readonly glyphSize?: number
  readonly onPress: () => void
}) {
  const sign: ReactNode =
    glyph === undefined ? null : (
      <Glyph name={glyph} {...(glyphSize === undefined ? {} : { size: glyphSize })} />
    )
  return (
    <button type="button" className={`btn ${look}`} onClick={onceOf(onPress)}>
      {after ? null : sign}
      <Say phrase={label} />
      {after ? sign : null}
    </button>
  )
}
