import { useEffect, useRef } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say, say } from '../i18n/say.tsx'
import { onceOf } from './button.tsx'
import { Glyph } from './drawings.tsx'
import type { ScreenProblem } from './screen.tsx'

const glyphs = { done: 'done', wait: 'wait', stop: 'stop' } as const

/** A state in colour, shape and word; `more` is its second line. */
export function StateLine({
  state,
  phrase,
  more,
  live = false,
}: {
  readonly state: keyof typeof glyphs
  readonly phrase: Phrase
  readonly more?: Phrase
  /** Read out when it changes. */
  readonly live?: boolean
}) {
  return (
    <p className={`state state--${state}`} aria-live={live ? 'polite' : undefined}>
      <Glyph name={glyphs[state]} />
      <span>
        <b>
          <Say phrase={phrase} />
        </b>
        {more === undefined ? null : (
          <>
            <br />
            <Say phrase={more} />
          </>
        )}
      </span>
    </p>
  )
}

/** What must be mended, above the counter; it takes the focus, and leads to the field. */
export function ErrorSummary({ problem }: { readonly problem: ScreenProblem }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus({ preventScroll: true }), [problem])
  const { field, text } = problem
  return (
    <div className="state state--stop summary" role="alert" tabIndex={-1} ref={box}>
      <Glyph name="stop" />
      <div>
        <h2>{say('problem.summary')}</h2>
        {field === undefined ? (
          <p>
            <Say phrase={text} />
          </p>
        ) : (
          <button
            type="button"
            className="summary__link"
            onClick={onceOf(() => document.getElementById(field)?.focus())}
          >
            <Say phrase={text} />
          </button>
        )}
      </div>
    </div>
  )
}
