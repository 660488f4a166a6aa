import { useState, type ReactNode } from 'react'
import type { EnteredValue } from '../../shared/forms/answer-value.ts'
import type { AnswerProblem } from '../../shared/forms/definition.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Screen, type ActionKey, type ScreenProblem } from '../ui/screen.tsx'
import type { AnswerSession } from './answer.tsx'
import { problemWords } from './problem-words.ts'

/** How a screen hands in what was entered. */
export interface Submission {
  readonly problem: ScreenProblem | null
  readonly submit: (value: EnteredValue | null) => void
  /** Shows a problem that the core cannot be asked about: an entry that is not yet a value. */
  readonly refuse: (problem: ScreenProblem) => void
}

/**
 * Sends an answer and knows what was wrong with it. An entry that is refused twice for the same
 * reason is a new problem each time: the focus goes to it again.
 */
export function useSubmission(
  session: AnswerSession,
  describe: (problem: AnswerProblem) => ScreenProblem = (problem) => ({
    text: problemWords(problem, session.question.input.kind),
    field: FIELD,
  }),
): Submission {
  const { act } = useKiosk()
  const { key } = session.question
  const [local, setLocal] = useState<ScreenProblem | null>(null)
  const [shown, setShown] = useState<{
    readonly of: string
    readonly try: number
    readonly as: ScreenProblem | null
  }>({ of: 'null', try: 0, as: null })
  const [tries, setTries] = useState(0)

  // Compared by content: a new snapshot after an outage is no new refusal.
  const of = JSON.stringify(session.problem)
  if (shown.of !== of || shown.try !== tries) {
    setShown({
      of,
      try: tries,
      as: session.problem === null ? null : describe(session.problem),
    })
  }
  return {
    problem: local ?? shown.as,
    refuse: setLocal,
    submit(value) {
      setLocal(null)
      const sent = act({ type: 'answer', key, value })
      // Only a refusal can be the same again; else the old question would be drawn once more.
      if (session.problem !== null) void sent.then(() => setTries((count) => count + 1))
    },
  }
}

/** Id of the box in which an answer stands. */
export const FIELD = 'answer'

/** The frame of a question: its step, its words, its problem, and the way on. */
export function QuestionScreen({
  session,
  submission,
  guidance,
  onGo,
  keyboard = false,
  faulty = false,
  state,
  go,
  other: otherKey,
  onBack,
  hint,
  children,
}: {
  readonly session: AnswerSession
  readonly submission: Submission
  /** The two lines of guidance; without a first one it is the question. */
  readonly guidance: readonly [Phrase | null, Phrase]
  readonly onGo: () => void
  readonly keyboard?: boolean
  /** True where the state line tells of something that went wrong. */
  readonly faulty?: boolean
  /** A state line under the hint. */
  readonly state?: ReactNode
  /** Where the two keys and "back" are other than usual; `go` null: there is no way on yet. */
  readonly go?: ActionKey | null
  readonly other?: ActionKey
  readonly onBack?: () => void
  readonly hint?: Phrase
  readonly children: ReactNode
}) {
  const { question, changing, index, count } = session
  const { problem } = submission
  const usualGo = { label: words('frame.continue'), glyph: 'next', onPress: onGo } as const
  const skip = question.required
    ? undefined
    : ({
        label: words('answer.skip'),
        glyph: 'skip',
        onPress: () => submission.submit(null),
      } as const)
  const other = otherKey ?? skip
  const optional = question.required ? null : words('answer.optional')
  return (
    <Screen
      step={[
        words('step.of', { step: 3 }),
        changing ? words('step.changing') : words('step.question', { index, count }),
      ]}
      title={question.title}
      hint={hint ?? question.hint ?? optional}
      drawing={question.drawing}
      problem={problem}
      strip={
        problem === null
          ? [guidance[0] ?? question.title, guidance[1]]
          : [words('problem.summary'), problem.text]
      }
      {...(other === undefined ? {} : { other })}
      {...(go === null ? {} : { go: go ?? usualGo })}
      keys={onBack === undefined ? {} : { onBack }}
      state={state}
      faulty={faulty}
      keyboard={keyboard}
    >
      {children}
    </Screen>
  )
}
