import { useRef, useState } from 'react'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { DigitPad } from '../ui/keyboard/digit-pad.tsx'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { FIELD, QuestionScreen, useSubmission } from './question-screen.tsx'
import { ReadBack } from './read-back.tsx'

const YEAR_LENGTH = 4

/** A question that is answered by a year alone; how long ago that was is said for a check. */
export function AnswerYear({ session }: { readonly session: AnswerSession }) {
  const { view } = useKiosk()
  const [digits, setDigits] = useState(() => yearIn(session.value))
  const field = useRef<HTMLInputElement>(null)
  const submission = useSubmission(session)
  function press(next: string) {
    setDigits(yearIn(next))
    field.current?.focus({ preventScroll: true })
  }
  function onGo() {
    if (digits === '') return submission.submit(null)
    if (digits.length === YEAR_LENGTH) return submission.submit(Number(digits))
    submission.refuse({ text: words('problem.year'), field: FIELD })
  }
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-digits')]}
      onGo={onGo}
      keyboard
    >
      <AnswerField
        problem={submission.problem}
        unit={null}
        ref={field}
        type="text"
        inputMode="none"
        autoComplete="off"
        value={digits}
        onChange={(event) => setDigits(yearIn(event.target.value))}
      />
      <div className="dates">
        <DigitPad
          onDigit={(digit) => press(digits.length >= YEAR_LENGTH ? digit : digits + digit)}
          onDelete={() => press(digits.slice(0, -1))}
        />
        <ReadBack
          says={
            digits.length < YEAR_LENGTH || submission.problem !== null
              ? null
              : yearWords(Number(digits), view.kiosk.today)
          }
          how={['answer.year-how-title', 'answer.year-how']}
        />
      </div>
    </QuestionScreen>
  )
}

function yearWords(year: number, today: string) {
  const years = Number(today.slice(0, 4)) - year
  return years > 0 ? words('answer.year-with-ago', { year, years }) : words('date.year', { year })
}

/** The digits of a year in an entry of any form. */
function yearIn(value: AnswerSession['value']): string {
  const text =
    typeof value === 'object'
      ? value !== null && 'year' in value
        ? String(value.year)
        : ''
      : String(value)
  return text.replaceAll(/\D/g, '').slice(0, YEAR_LENGTH)
}
