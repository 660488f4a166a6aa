import type { ReactNode } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say, say } from '../i18n/say.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'

/** The sheet of what the card said: it is locked, nobody can change it here. */
export function CardSheet({
  look,
  drawingSize,
  title,
  children,
}: {
  readonly look: 'sheet--card' | 'sheet--known'
  readonly drawingSize: number
  readonly title: Phrase
  /** The facts, each a `dt` and a `dd` in a `div`. */
  readonly children: ReactNode
}) {
  return (
    <div className={`sheet ${look}`}>
      <div className="sheet__head">
        <Drawing name="idcard" size={drawingSize} />
        <h2>
          <Say phrase={title} />
        </h2>
        <p className="locked">
          <Glyph name="lock" />
          {say('frame.locked')}
        </p>
      </div>
      <dl className="facts">{children}</dl>
    </div>
  )
}
