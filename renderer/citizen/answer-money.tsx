import type { QuestionInput } from '../../shared/contract/index.ts'
import { moneyInWords } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { DigitPad, useDigitEntry } from '../ui/keyboard/index.ts'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'
import { ReadBack } from './read-back.tsx'

/** A question that is answered by an amount: marks between thousands, and the amount in words. */
export function AnswerMoney({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'money' }>
}) {
  const given = typeof session.value === 'object' ? '' : String(session.value)
  const entry = useDigitEntry(given, { kind: 'thousands', length: String(input.max).length })
  const submission = useSubmission(session)
  const amount = entry.digits === '' ? null : Number(entry.digits)
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-digits')]}
      onGo={() => submission.submit(amount)}
      keyboard
    >
      <AnswerField problem={submission.problem} unit={words('answer.dong')} {...entry.props} />
      <div className="dates">
        <DigitPad onDigit={entry.press} onDelete={entry.erase} />
        <ReadBack
          says={amount === null || submission.problem !== null ? null : moneyInWords(amount)}
          how={['answer.money-how-title', 'answer.money-how']}
        />
      </div>
    </QuestionScreen>
  )
}
