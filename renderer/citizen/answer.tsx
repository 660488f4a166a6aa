import type { SessionView } from '../../shared/contract/index.ts'
import { LONG_LIST_FROM } from '../../shared/domain/long-list.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { AnswerChoice } from './answer-choice.tsx'
import { AnswerDate } from './answer-date.tsx'
import { AnswerDigits } from './answer-digits.tsx'
import { AnswerText } from './answer-text.tsx'
import { useRare } from './use-rare.ts'

/** A question, as the core asks it. */
export type AnswerSession = Extract<SessionView, { screen: 'answer' }>

/** One question a screen; what fills the counter follows from its kind. */
export function Answer({ session }: { readonly session: AnswerSession }) {
  const rare = useRare()
  const { input } = session.question
  switch (input.kind) {
    case 'choice':
      if (input.choices.length < LONG_LIST_FROM) {
        return <AnswerChoice session={session} choices={input.choices} />
      }
      return rare && <rare.AnswerLongChoice session={session} choices={input.choices} />
    case 'choices':
      return rare && <rare.AnswerChoices session={session} input={input} />
    case 'name':
    case 'text':
      return <AnswerText session={session} input={input} />
    case 'phone':
    case 'personal-number':
    case 'number':
      return <AnswerDigits session={session} input={input} />
    case 'money':
      return rare && <rare.AnswerMoney session={session} input={input} />
    case 'date':
      return <AnswerDate session={session} partial={input.partial} />
    case 'year':
      return rare && <rare.AnswerYear session={session} />
    case 'address':
      return rare && <rare.AnswerAddress session={session} input={input} />
    case 'card':
      return rare && <rare.AnswerCard session={session} input={input} />
    case 'more':
      return rare && <rare.AnswerMore session={session} input={input} />
    default:
      return unreachable(input)
  }
}
