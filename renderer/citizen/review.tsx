import { useState } from 'react'
import type { ReviewRow, SessionView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { CardSheet } from './card-sheet.tsx'
import { rowWords } from './row-words.ts'

type ReviewSession = Extract<SessionView, { screen: 'review' }>

/** So many facts from the card stand on the sheet at first; the citizen has seen them all before. */
const KNOWN_SHOWN = 4

function Value({ row }: { readonly row: ReviewRow }) {
  return <Say phrase={rowWords(row)} />
}

/** Everything once more before it is declared: what the card said, locked; each answer, open. */
export function Review({ session }: { readonly session: ReviewSession }) {
  const { act } = useKiosk()
  const [all, setAll] = useState(false)
  const { known, answers } = session
  const shown = all ? known : known.slice(0, KNOWN_SHOWN)
  return (
    <Screen
      open
      step={[words('step.of', { step: 4 }), words('step.review')]}
      title={words('review.title')}
      strip={[words('review.strip-1'), words('review.strip-2')]}
      go={{
        label: words('review.go'),
        glyph: 'next',
        onPress: () => void act({ type: 'accept-review' }),
      }}
      keys={{}}
    >
      <div className="known">
        <CardSheet look="sheet--known" drawingSize={18} title={words('review.known')}>
          {shown.map((row) => (
            <div key={row.key}>
              <dt>
                <Say phrase={row.label} />
              </dt>
              <dd>
                <Value row={row} />
              </dd>
            </div>
          ))}
        </CardSheet>
      </div>
      <div className="rows">
        {answers.length === 0 ? null : <h2>{say('review.answers')}</h2>}
        {answers.map((row) => (
          <button
            type="button"
            className="row--press"
            key={row.key}
            onClick={onceOf(() => void act({ type: 'change', key: row.key }))}
          >
            <span className="row__name">
              <Say phrase={row.label} />
            </span>
            <span className="row__value">
              <Value row={row} />
            </span>
            <span className="row__edit">
              <Glyph name="pen" />
              {say('review.edit')}
            </span>
          </button>
        ))}
        {session.papers.length === 0 ? null : <h2>{say('review.papers')}</h2>}
        {session.papers.map((paper) => (
          <button
            type="button"
            className="row--press"
            key={paper.component}
            onClick={onceOf(() => void act({ type: 'change-paper', component: paper.component }))}
          >
            <span className="row__name">
              <Say phrase={paper.name} />
            </span>
            <span className="row__value">
              {paper.pages === 0
                ? say('review.paper-counter')
                : say('review.paper-pages', { pages: paper.pages })}
            </span>
            <span className="row__edit">
              <Glyph name="pen" />
              {say('review.edit')}
            </span>
          </button>
        ))}
        {known.length > KNOWN_SHOWN ? (
          <button
            type="button"
            className="btn btn--quiet"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            <Glyph name={all ? 'up' : 'down'} />
            {all ? say('review.less') : say('review.more', { count: known.length })}
          </button>
        ) : null}
      </div>
    </Screen>
  )
}
