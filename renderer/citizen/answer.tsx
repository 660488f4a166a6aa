import type { SessionView } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { AnswerChoice } from './answer-choice.tsx'
import { AnswerDate } from './answer-date.tsx'
import { AnswerDigits } from './answer-digits.tsx'
import { AnswerText } from './answer-text.tsx'

/** A question, as the core asks it. */
export type AnswerSession = Extract<SessionView, { screen: 'answer' }>

/** One question a screen; what fills the counter follows from its kind. */
export function Answer({ session }: { readonly session: AnswerSession }) {
  const { input } = session.question
  switch (input.kind) {
    case 'choice':
      return <AnswerChoice session={session} choices={input.choices} />
    case 'name':
    case 'text':
      return <AnswerText session={session} input={input} />
    case 'phone':
    case 'personal-number':
    case 'number':
      return <AnswerDigits session={session} input={input} />
    case 'date':
      return <AnswerDate session={session} partial={input.partial} />
    default:
      return unreachable(input)
  }
}
