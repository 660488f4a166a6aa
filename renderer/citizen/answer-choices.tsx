import { useState } from 'react'
import type { QuestionInput } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import type { AnswerSession } from './answer.tsx'
import { FieldProblem } from './field-problem.tsx'
import { problemWords } from './problem-words.ts'
import { QuestionScreen, useSubmission } from './question-screen.tsx'
import { toggled } from './several.ts'

/** Up to so many tiles stand one below the other. */
const ONE_COLUMN_MAX = 4

/** A question with several answers at once; the one that stands alone takes the others back. */
export function AnswerChoices({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'choices' }>
}) {
  const { choices, none } = input
  const [chosen, setChosen] = useState<readonly string[]>(
    Array.isArray(session.value) ? session.value : [],
  )
  const submission = useSubmission(session, (problem) => ({
    text: problemWords(problem, 'choices'),
  }))
  const { problem } = submission
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-choices')]}
      onGo={() => submission.submit(chosen.length === 0 ? null : [...chosen])}
    >
      <FieldProblem problem={problem} />
      <ChoiceTiles
        choices={choices}
        chosen={chosen}
        several
        onChoose={(value) => setChosen(toggled(chosen, value, none))}
        columns={choices.length <= ONE_COLUMN_MAX ? 1 : 2}
        drawingSize={choices.length <= ONE_COLUMN_MAX ? 34 : 22}
        invalid={problem !== null}
      />
    </QuestionScreen>
  )
}
