import { Fragment, useState } from 'react'
import type { ReviewRow, ReviewTable, SessionView } from '../../shared/contract/index.ts'
import { privately } from '../i18n/values.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button, onceOf } from '../ui/button.tsx'
import { Glyph } from '../ui/drawings.tsx'
import { Screen, type ScreenProblem } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { CardSheet } from './card-sheet.tsx'
import { printerNotice } from './device-words.ts'
import { Pledge, PLEDGE } from './pledge.tsx'
import { rowWords } from './row-words.ts'
import { feeTerm } from './terms.ts'

type ReviewSession = Extract<SessionView, { screen: 'review' | 'declare' }>

/** So many facts from the card stand on the sheet at first; the citizen has seen them all before. */
const KNOWN_SHOWN = 4

function Value({ row }: { readonly row: ReviewRow }) {
  return rowWords(row).map((phrase, index) => (
    <Fragment key={phrase.key}>
      {index === 0 ? null : ', '}
      <Say phrase={privately(phrase)} />
    </Fragment>
  ))
}

/**
 * Everything once more, then the declaration and the one touch that files: what the card said,
 * locked; each answer, open.
 */
export function Review({ session }: { readonly session: ReviewSession }) {
  const { view, act } = useKiosk()
  const [all, setAll] = useState(false)
  const [problem, setProblem] = useState<ScreenProblem | null>(null)
  const { known, answers, offered } = session
  const declared = session.screen === 'declare'
  const notKept = declared && session.notKept
  const assisted = view.assistance.role.state === 'unlocked'
  const noSlip = printerNotice(view.devices.printer)
  const fee = feeTerm(session.fee)
  function file() {
    setProblem(declared ? null : { text: words('declare.first'), field: PLEDGE })
    if (declared) void act({ type: 'declare' })
  }
  const shown = all ? known : known.slice(0, KNOWN_SHOWN)
  return (
    <Screen
      open
      long
      step={[words('step.of', { step: 5 }), words('step.review')]}
      title={words('review.title')}
      problem={declared ? null : problem}
      faulty={notKept}
      state={
        notKept ? (
          <div role="alert">
            <StateLine
              state="stop"
              phrase={words('declare.not-kept')}
              more={words('declare.not-kept-do')}
            />
          </div>
        ) : assisted ? (
          <StateLine
            state="wait"
            phrase={words('declare.self')}
            more={words('declare.self-do')}
            live
          />
        ) : noSlip === null ? null : (
          <StateLine state="wait" phrase={noSlip[0]} more={noSlip[1]} live />
        )
      }
      strip={
        declared
          ? [words('declare.strip-1'), words('declare.strip-2')]
          : [words('review.strip-1'), words('review.strip-2')]
      }
      other={{
        label: words('declare.thumb-print'),
        glyph: 'thumb',
        onPress: () => void act({ type: 'thumb-print' }),
      }}
      go={{ label: words('declare.go'), glyph: 'tick', before: true, onPress: file }}
      keys={{
        // Past the tick, which is no screen of its own.
        ...(declared && {
          onBack: () => void act({ type: 'back' }).then(() => act({ type: 'back' })),
        }),
      }}
      pinned={<Pledge session={session} invalid={!declared && problem !== null} />}
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
        <Rows rows={answers} />
        {session.tables.map((table) => (
          <Table key={table.key} table={table} />
        ))}
        {offered.length === 0 ? null : <h2>{say('review.offered')}</h2>}
        <Rows rows={offered} />
        {session.assumed.length === 0 ? null : <h2>{say('review.assumed')}</h2>}
        <Rows rows={session.assumed} />
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
        <div className="sheet sheet--known">
          <dl className="facts">
            <div>
              <dt>{say('declare.procedure')}</dt>
              <dd>
                <Say phrase={session.procedure.name} />
              </dd>
            </div>
            <div>
              <dt>{say('declare.fee')}</dt>
              <dd>
                <Say phrase={fee.word} />
                {fee.note === null ? null : (
                  <>
                    {', '}
                    <Say phrase={fee.note} />
                  </>
                )}
              </dd>
            </div>
          </dl>
        </div>
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

/** Answers, each of which can be changed. */
function Rows({ rows }: { readonly rows: readonly ReviewRow[] }) {
  const { act } = useKiosk()
  return rows.map((row) => (
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
        <Glyph name={row.value === null ? 'plus' : 'pen'} />
        {say(row.value === null ? 'review.add' : 'review.edit')}
      </span>
    </button>
  ))
}

/** A table, row by row; rows are added and taken out at the question that asks for them. */
function Table({ table: { label, rows, change } }: { readonly table: ReviewTable }) {
  const { act } = useKiosk()
  return (
    <>
      <h2>
        <Say phrase={label} />
      </h2>
      {rows.length === 0 ? <p className="note">{say('review.table-none')}</p> : null}
      {rows.map(({ row, cells }) => (
        <Fragment key={row}>
          <h3>{say('review.table-row', { label, row })}</h3>
          <Rows rows={cells} />
        </Fragment>
      ))}
      {change === null ? null : (
        <Button
          look="btn--quiet"
          glyph="plus"
          label={words('review.table-change')}
          onPress={() => void act({ type: 'change', key: change })}
        />
      )}
    </>
  )
}
