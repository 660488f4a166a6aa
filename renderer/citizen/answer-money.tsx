import { useRef, useState } from 'react'
import type { QuestionInput } from '../../shared/contract/index.ts'
import { count } from '../i18n/format.ts'
import { moneyInWords } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { DigitPad } from '../ui/keyboard/digit-pad.tsx'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'
import { ReadBack } from './read-back.tsx'

/** A question that is answered by an amount: dots between thousands, and the amount in words. */
export function AnswerMoney({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'money' }>
}) {
  const length = String(input.max).length
  const only = (text: string) =>
    text
      .replaceAll(/\D/g, '')
      .replace(/^0+(?=\d)/, '')
      .slice(0, length)
  const [digits, setDigits] = useState(
    typeof session.value === 'object' ? '' : only(String(session.value)),
  )
  const field = useRef<HTMLInputElement>(null)
  const submission = useSubmission(session)
  function press(next: string) {
    setDigits(only(next))
    field.current?.focus({ preventScroll: true })
  }
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-digits')]}
      onGo={() => submission.submit(digits === '' ? null : Number(digits))}
      keyboard
    >
      <AnswerField
        problem={submission.problem}
        unit={words('answer.dong')}
        ref={field}
        type="text"
        inputMode="none"
        autoComplete="off"
        value={digits === '' ? '' : count(Number(digits))}
        onChange={(event) => setDigits(only(event.target.value))}
      />
      <div className="dates">
        <DigitPad
          onDigit={(digit) => press(digits + digit)}
          onDelete={() => press(digits.slice(0, -1))}
        />
        <ReadBack
          says={digits === '' || submission.problem !== null ? null : moneyInWords(Number(digits))}
          how={['answer.money-how-title', 'answer.money-how']}
        />
      </div>
    </QuestionScreen>
  )
}
