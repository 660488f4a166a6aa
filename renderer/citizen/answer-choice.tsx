import { useState } from 'react'
import type { QuestionInput } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import type { AnswerSession } from './answer.tsx'
import { FieldProblem } from './field-problem.tsx'
import { problemWords } from './problem-words.ts'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

type Choices = Extract<QuestionInput, { kind: 'choice' }>['choices']

/** Up to so many choices stand one below the other, large. */
const ONE_COLUMN_MAX = 4
/** Up to so many in two columns keep room for a good-sized drawing. */
const LARGE_DRAWING_MAX = 6

function drawingSize(count: number): number {
  if (count <= ONE_COLUMN_MAX) return 34
  return count <= LARGE_DRAWING_MAX ? 26 : 15
}

/** A question that is answered by one tile. */
export function AnswerChoice({
  session,
  choices,
}: {
  readonly session: AnswerSession
  readonly choices: Choices
}) {
  const given = choices.find(({ value }) => value === session.value)?.value ?? null
  const [value, setValue] = useState(given)
  const submission = useSubmission(session, (problem) => ({
    text: problemWords(problem, 'choice'),
  }))
  const chosen = choices.find((choice) => choice.value === value)
  const { problem } = submission
  return (
    <QuestionScreen
      session={session}
      submission={submission}
      guidance={
        chosen === undefined
          ? [null, words('answer.strip-choice')]
          : [chosen.label, words('answer.strip-chosen')]
      }
      onGo={() => submission.submit(value)}
    >
      <FieldProblem problem={problem} />
      <ChoiceTiles
        choices={choices}
        chosen={value === null ? [] : [value]}
        onChoose={setValue}
        columns={choices.length <= ONE_COLUMN_MAX ? 1 : 2}
        drawingSize={drawingSize(choices.length)}
        invalid={problem !== null}
      />
    </QuestionScreen>
  )
}
