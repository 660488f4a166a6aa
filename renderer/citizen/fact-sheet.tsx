import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say } from '../i18n/say.tsx'
import { Glyph } from '../ui/drawings.tsx'

/** A sheet that tells something point by point: what it is about, and what holds. */
export function FactSheet({
  title,
  locked = false,
  facts,
}: {
  readonly title: Phrase
  /** It is about what the kiosk reads or keeps of a person. */
  readonly locked?: boolean
  readonly facts: readonly (readonly [name: Phrase, what: Phrase])[]
}) {
  return (
    <div className="sheet sheet--fill notice">
      <div className="sheet__head">
        {locked ? <Glyph name="lock" size={10} /> : null}
        <h2>
          <Say phrase={title} />
        </h2>
      </div>
      <dl className="facts">
        {facts.map(([name, what]) => (
          <div key={name.key}>
            <dt>
              <Say phrase={name} />
            </dt>
            <dd>
              <Say phrase={what} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
