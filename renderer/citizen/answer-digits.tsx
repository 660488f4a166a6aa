import type { QuestionInput } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { words } from '../i18n/t.ts'
import {
  DigitPad,
  personalNumberFormat,
  phoneFormat,
  useDigitEntry,
  type DigitFormat,
} from '../ui/keyboard/index.ts'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

type DigitInput = Extract<QuestionInput, { kind: 'phone' | 'personal-number' | 'number' }>

function formatOf(input: DigitInput): DigitFormat {
  switch (input.kind) {
    case 'phone':
      return phoneFormat
    case 'personal-number':
      return personalNumberFormat
    case 'number':
      return { kind: 'groups', sizes: [String(input.max).length] }
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
  const given = typeof session.value === 'object' ? '' : String(session.value)
  const entry = useDigitEntry(given, formatOf(input))
  const submission = useSubmission(session)

  function value() {
    if (entry.digits === '') return null
    return input.kind === 'number' ? Number(entry.digits) : entry.digits
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
        {...entry.props}
      />
      <DigitPad onDigit={entry.press} onDelete={entry.erase} />
    </QuestionScreen>
  )
}
