import { useRef, useState } from 'react'
import { isRealDate } from '../../shared/domain/calendar.ts'
import { privately } from '../i18n/values.ts'
import { Say, say } from '../i18n/say.tsx'
import { dateWithWeekday } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { Glyph } from '../ui/drawings.tsx'
import { DigitPad } from '../ui/keyboard/index.ts'
import { ids } from '../ui/screen.tsx'
import type { AnswerSession } from './answer.tsx'
import {
  boxLength,
  dateBoxes,
  dateEntry,
  dateProblem,
  isFull,
  readDate,
  type DateBox,
  type DateEntry,
  type DateProblem,
} from './date-entry.ts'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

const names = { day: 'answer.day', month: 'answer.month', year: 'answer.year' } as const

const fieldId = (box: DateBox) => `date-${box}`

const asScreenProblem = ({ text, box }: DateProblem) => ({ text, field: fieldId(box) })

/** A question that is answered by a date: three boxes, one pad, and the date read back. */
export function AnswerDate({
  session,
  partial,
}: {
  readonly session: AnswerSession
  readonly partial: boolean
}) {
  const [entry, setEntry] = useState<DateEntry>(() => dateEntry(session.value))
  const [active, setActive] = useState<DateBox>('day')
  const submission = useSubmission(session, (problem) =>
    asScreenProblem(dateProblem(problem, entry)),
  )
  const { problem } = submission
  const boxes = useRef<HTMLDivElement>(null)

  const focus = (box: DateBox) => {
    setActive(box)
    boxes.current
      ?.querySelector<HTMLInputElement>(`#${fieldId(box)}`)
      ?.focus({ preventScroll: true })
  }
  const following = (box: DateBox) => dateBoxes[dateBoxes.indexOf(box) + 1]

  function enter(box: DateBox, digits: string, advance: boolean) {
    const kept = digits.replaceAll(/\D/g, '').slice(0, boxLength[box])
    setEntry({ ...entry, [box]: kept })
    const next = following(box)
    focus(advance && next !== undefined && isFull(box, kept) ? next : box)
  }
  function onDigit(digit: string) {
    // A full box that is written into again starts over: the citizen came back to mend it.
    const before = entry[active].length >= boxLength[active] ? '' : entry[active]
    enter(active, before + digit, true)
  }
  function onDelete() {
    const previous = dateBoxes[dateBoxes.indexOf(active) - 1]
    if (entry[active] === '' && previous !== undefined) return focus(previous)
    enter(active, entry[active].slice(0, -1), false)
  }
  function onGo() {
    const read = readDate(entry, partial)
    if (read.kind === 'problem') submission.refuse(asScreenProblem(read.problem))
    else submission.submit(read.value)
  }

  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-date')]}
      onGo={onGo}
      keyboard
    >
      <div className="boxes" role="group" aria-labelledby={ids.question} ref={boxes}>
        {dateBoxes.map((box) => (
          <div key={box}>
            <label htmlFor={fieldId(box)}>{say(names[box])}</label>
            <input
              id={fieldId(box)}
              className={boxClasses(box, active, problem?.field === fieldId(box))}
              type="text"
              inputMode="none"
              autoComplete="off"
              value={entry[box]}
              onFocus={() => setActive(box)}
              onChange={({ target }) =>
                enter(box, target.value, target.value.length > entry[box].length)
              }
              aria-describedby={problem?.field === fieldId(box) ? ids.problem : undefined}
              aria-invalid={problem?.field === fieldId(box) || undefined}
            />
          </div>
        ))}
      </div>
      <div className="dates">
        <DigitPad
          onDigit={onDigit}
          onDelete={onDelete}
          onNext={() => focus(following(active) ?? 'day')}
        />
        <div className="checkcard">
          {problem === null ? (
            <ReadBack entry={entry} partial={partial} />
          ) : (
            <div className="state state--stop" id={ids.problem}>
              <Glyph name="stop" />
              <p className="says">
                <Say phrase={problem.text} />
              </p>
            </div>
          )}
        </div>
      </div>
    </QuestionScreen>
  )
}

function boxClasses(box: DateBox, active: DateBox, stop: boolean): string {
  if (stop) return 'box box--stop'
  return box === active ? 'box box--on' : 'box'
}

/** The date in words once there is one, so that a slip of the finger is seen. */
function ReadBack({ entry, partial }: { readonly entry: DateEntry; readonly partial: boolean }) {
  const read = readDate(entry, partial)
  const { value } = read.kind === 'value' ? read : { value: null }
  if (value === null || !isRealDate(value)) {
    return (
      <div className="state state--plain">
        <p>{say('answer.date-how-title')}</p>
        <p className="says">{say('answer.date-how')}</p>
        {partial ? <p>{say('answer.partial')}</p> : null}
      </div>
    )
  }
  return (
    <div className="state state--done" aria-live="polite">
      <Glyph name="done" />
      <p>{say('answer.that-is')}</p>
      <p className="says">
        <Say phrase={privately(dateWithWeekday(value))} />
      </p>
    </div>
  )
}
