import type { ComponentProps } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say } from '../i18n/say.tsx'
import { ids, type ScreenProblem } from '../ui/screen.tsx'
import { FieldProblem } from './field-problem.tsx'
import { FIELD } from './question-screen.tsx'

/** The one box that an answer is written in, what was wrong with it above, its unit behind. */
export function AnswerField({
  problem,
  unit,
  ...input
}: {
  readonly problem: ScreenProblem | null
  readonly unit: Phrase | null
} & ComponentProps<'input'>) {
  return (
    <>
      <FieldProblem problem={problem} />
      <div className={problem === null ? 'field' : 'field field--stop'}>
        <input
          {...input}
          id={FIELD}
          className="field__value"
          aria-labelledby={ids.question}
          aria-describedby={problem === null ? ids.hint : ids.problem}
          aria-invalid={problem !== null || undefined}
        />
        {unit === null ? null : (
          <span className="field__unit">
            <Say phrase={unit} />
          </span>
        )}
      </div>
    </>
  )
}
