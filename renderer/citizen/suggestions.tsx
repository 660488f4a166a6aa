import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say, say } from '../i18n/say.tsx'
import { t } from '../i18n/t.ts'
import { onceOf } from '../ui/button.tsx'

/** One line that the typed words found. */
export interface Suggestion {
  readonly value: string
  readonly label: Phrase
  readonly help: Phrase | null
}

/**
 * What the words have found so far, between the box and its keyboard; a touch takes it, or chooses
 * it where `chosen` says which one is.
 */
export function Suggestions({
  found,
  none,
  busy = false,
  chosen,
  onTake,
}: {
  readonly found: readonly Suggestion[]
  /** What stands here was found by fewer letters; the answer to these is on its way. */
  readonly busy?: boolean
  /** What to say where nothing fits; null while there is nothing to look for. */
  readonly none: 'answer.choice-none' | 'address.none' | null
  readonly chosen?: string | null
  readonly onTake: (value: string) => void
}) {
  return (
    <div
      className={chosen === undefined ? 'suggestions' : 'suggestions suggestions--choose'}
      role="group"
      aria-label={t('answer.suggestions')}
      aria-busy={busy}
    >
      {found.map(({ value, label, help }) => (
        <button
          type="button"
          className="tile suggestion"
          key={value}
          data-value={value}
          aria-pressed={chosen === undefined ? undefined : value === chosen}
          onClick={onceOf(() => onTake(value))}
        >
          <span className="tile__text">
            <span className="suggestion__word">
              <Say phrase={label} />
            </span>
            {help === null ? null : (
              <span className="tile__help">
                <Say phrase={help} />
              </span>
            )}
          </span>
          {value === chosen ? (
            <span className="chosen" aria-hidden="true">
              {say('frame.chosen')}
            </span>
          ) : null}
        </button>
      ))}
      {found.length === 0 && none !== null ? (
        <p className="note suggestions__none" aria-live="polite">
          {say(none)}
        </p>
      ) : null}
    </div>
  )
}
