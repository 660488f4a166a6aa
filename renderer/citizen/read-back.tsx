import type { Phrase } from '../../shared/domain/phrase.ts'
import { privately } from '../i18n/values.ts'
import { Say, say } from '../i18n/say.tsx'
import { Glyph } from '../ui/drawings.tsx'

/** What was entered, in words, so that a slip of the finger is seen; until then how to enter it. */
export function ReadBack({
  says,
  how,
}: {
  readonly says: Phrase | null
  readonly how:
    | readonly ['answer.money-how-title', 'answer.money-how']
    | readonly ['answer.year-how-title', 'answer.year-how']
}) {
  return (
    <div className="checkcard">
      {says === null ? (
        <div className="state state--plain">
          <p>{say(how[0])}</p>
          <p className="says">{say(how[1])}</p>
        </div>
      ) : (
        <div className="state state--done" aria-live="polite">
          <Glyph name="done" />
          <p>{say('answer.that-is')}</p>
          <p className="says">
            <Say phrase={privately(says)} />
          </p>
        </div>
      )}
    </div>
  )
}
