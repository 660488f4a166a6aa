import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say } from '../i18n/say.tsx'

/** What is so, and under it what that means or what to do. */
export function TwoLines({
  first,
  second,
  live = false,
}: {
  readonly first: Phrase
  readonly second: Phrase
  /** Read out when it changes. */
  readonly live?: boolean
}) {
  return (
    <p aria-live={live ? 'polite' : undefined}>
      <b>
        <Say phrase={first} />
      </b>
      <br />
      <Say phrase={second} />
    </p>
  )
}
