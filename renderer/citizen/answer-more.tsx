import type { QuestionInput, TableRow } from '../../shared/contract/index.ts'
import { secret } from '../../shared/speech/index.ts'
import { Say, say, sayValue } from '../i18n/say.tsx'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import type { AnswerSession } from './answer.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

/** Of a row so many cells are shown: enough to know it by. */
const CELLS_SHOWN = 3

/** Whether one more row follows: the rows so far, each of which can be taken out again. */
export function AnswerMore({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'more' }>
}) {
  const { act } = useKiosk()
  const submission = useSubmission(session)
  const { rows, least, label } = input
  const first = rows.length === 0
  const done = first ? words('more.none') : words('more.done')
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words(first ? 'more.strip-none' : 'more.strip')]}
      onGo={() => submission.submit('no')}
      go={{ label: done, glyph: 'next', onPress: () => submission.submit('no') }}
    >
      {first ? null : <h2>{say('more.so-far', { label, count: rows.length })}</h2>}
      {first ? null : (
        <ul className="sofar">
          {rows.map((row) => (
            <Row
              key={row.row}
              row={row}
              onDrop={
                rows.length > least ? () => void act({ type: 'drop-row', row: row.row }) : null
              }
            />
          ))}
        </ul>
      )}
      <button
        type="button"
        className="tile tile--aside tile--more"
        onClick={onceOf(() => submission.submit('yes'))}
      >
        <Drawing name={session.question.drawing} size={24} />
        <span className="tile__text">
          <span className="tile__word">{say(first ? 'more.add-first' : 'more.add')}</span>
          <span className="tile__help">{say(first ? 'more.add-first-help' : 'more.add-help')}</span>
        </span>
        <Glyph name="plus" size={9} />
      </button>
    </QuestionScreen>
  )
}

function Row({
  row,
  onDrop,
}: {
  readonly row: TableRow
  /** Null where the form needs this row. */
  readonly onDrop: (() => void) | null
}) {
  const [name, ...rest] = row.cells
  return (
    <li className="sofar__row">
      <span className="sofar__number">{row.row}</span>
      <span className="sofar__words">
        <b>{name === undefined ? '' : sayValue('value.cell', secret(name.value))}</b>
        <span className="note">
          {sayValue(
            'value.cells',
            secret(
              rest
                .slice(0, CELLS_SHOWN - 1)
                .map(({ value }) => value)
                .join(', '),
            ),
          )}
        </span>
      </span>
      {onDrop === null ? null : (
        <button
          type="button"
          className="btn btn--quiet"
          aria-label={t('more.drop-name', { row: row.row })}
          onClick={onceOf(onDrop)}
        >
          <Glyph name="bin" />
          <Say phrase={words('more.drop')} />
        </button>
      )}
    </li>
  )
}
