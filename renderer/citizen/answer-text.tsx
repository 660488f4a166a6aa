import type { QuestionInput } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

/** A question that is answered in letters. */
export function AnswerText({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'name' | 'text' }>
}) {
  const given = typeof session.value === 'string' ? session.value : ''
  const entry = useTextEntry(given, input.maxLength)
  const submission = useSubmission(session)
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-text')]}
      onGo={() => submission.submit(entry.text.trim() === '' ? null : entry.text.normalize('NFC'))}
      keyboard
    >
      <AnswerField problem={submission.problem} unit={null} {...entry.props} />
      <TextKeyboard
        entry={entry}
        capitals={input.kind === 'name' ? 'words' : 'none'}
        digits={input.kind === 'text'}
      />
    </QuestionScreen>
  )
}
