import type { QuestionInput } from '../../shared/contract/index.ts'
import { Say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { Keyboard } from '../ui/keyboard/keyboard.tsx'
import { useTextEntry } from '../ui/keyboard/text-entry.ts'
import { ids } from '../ui/screen.tsx'
import type { AnswerSession } from './answer.tsx'
import { FIELD, QuestionScreen, useSubmission } from './question-screen.tsx'

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
  const { problem } = submission
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-text')]}
      onGo={() => submission.submit(entry.text.trim() === '' ? null : entry.text.normalize('NFC'))}
      keyboard
    >
      {problem === null ? null : (
        <p className="by-field" id={ids.problem}>
          <Say phrase={problem.text} />
        </p>
      )}
      <div className={problem === null ? 'field' : 'field field--stop'}>
        <input
          {...entry.props}
          id={FIELD}
          className="field__value"
          aria-labelledby={ids.question}
          aria-describedby={problem === null ? ids.hint : ids.problem}
          aria-invalid={problem !== null || undefined}
        />
      </div>
      <Keyboard
        capitals={input.kind === 'name' ? 'words' : 'none'}
        digits={input.kind === 'text'}
        before={entry.before}
        onKey={entry.edit}
      />
    </QuestionScreen>
  )
}
