import { useRef, useState } from 'react'
import type { QuestionInput } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { personalNumber, phoneNumber } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { DigitPad } from '../ui/keyboard/digit-pad.tsx'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

type DigitInput = Extract<QuestionInput, { kind: 'phone' | 'personal-number' | 'number' }>

function shape(input: DigitInput): {
  readonly length: number
  readonly shown: (digits: string) => string
} {
  switch (input.kind) {
    case 'phone':
      return { length: 10, shown: phoneNumber }
    case 'personal-number':
      return { length: 12, shown: personalNumber }
    case 'number':
      return { length: String(input.max).length, shown: (digits) => digits }
    default:
      return unreachable(input)
  }
}

/** A question that is answered in digits; they are shown in the groups in which they are said. */
export function AnswerDigits({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: DigitInput
}) {
  const { length, shown } = shape(input)
  const only = (text: string) => text.replaceAll(/\D/g, '').slice(0, length)
  const given = typeof session.value === 'object' ? '' : String(session.value)
  const [digits, setDigits] = useState(only(given))
  const field = useRef<HTMLInputElement>(null)
  const submission = useSubmission(session)

  function press(next: string) {
    setDigits(only(next))
    field.current?.focus({ preventScroll: true })
  }
  function value() {
    if (digits === '') return null
    return input.kind === 'number' ? Number(digits) : digits
  }

  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-digits')]}
      onGo={() => submission.submit(value())}
      keyboard
    >
      <AnswerField
        problem={submission.problem}
        unit={input.kind === 'number' ? input.unit : null}
        ref={field}
        type="text"
        inputMode="none"
        autoComplete="off"
        value={shown(digits)}
        onChange={(event) => setDigits(only(event.target.value))}
      />
      <DigitPad
        onDigit={(digit) => press(digits + digit)}
        onDelete={() => press(digits.slice(0, -1))}
      />
    </QuestionScreen>
  )
}
