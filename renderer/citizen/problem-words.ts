import type { AnswerProblem } from '../../shared/forms/definition.ts'
import type { QuestionInput } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { countValue } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import type { MessageKey } from '../i18n/vi.ts'

const requiredKeys = {
  choice: 'problem.required-choice',
  name: 'problem.required-text',
  text: 'problem.required-text',
  phone: 'problem.required-digits',
  'personal-number': 'problem.required-digits',
  number: 'problem.required-digits',
  date: 'problem.required-date',
  choices: 'problem.required-choice',
  money: 'problem.required-digits',
  year: 'problem.required-digits',
  address: 'problem.required-address',
  card: 'problem.required-card',
  more: 'problem.required-choice',
} as const satisfies Readonly<Record<QuestionInput['kind'], MessageKey>>

/** What was wrong with an answer and how to mend it, in one breath. */
export function problemWords(problem: AnswerProblem, kind: QuestionInput['kind']): Phrase {
  switch (problem.code) {
    case 'required':
      return words(requiredKeys[kind])
    case 'not-a-choice':
      return words('problem.not-a-choice')
    case 'too-long':
      return words('problem.too-long', { max: problem.max })
    case 'letters-only':
      return words('problem.letters-only')
    case 'not-a-phone':
      return words('problem.not-a-phone')
    case 'not-a-personal-number':
      return words('problem.not-a-personal-number')
    case 'number-range':
      return words('problem.number-range', {
        min: countValue(problem.min),
        max: countValue(problem.max),
      })
    case 'choices-clash':
      return words('problem.choices-clash')
    case 'same-card':
      return words('problem.same-card')
    case 'not-a-card':
      return words('problem.not-a-card')
    case 'not-in-name':
      return words('problem.not-in-name')
    case 'is-family-name':
      return words('problem.is-family-name')
    case 'check':
      return problem.phrase
    case 'date-incomplete':
      if (kind === 'year') return words('problem.year')
      return words('problem.date-incomplete', { box: words('answer.day') })
    case 'date-impossible':
      if (kind === 'year') return words('problem.year')
      return words('problem.date-impossible')
    case 'date-future':
      if (kind === 'year') return words('problem.year-future')
      return words('problem.date-future')
    case 'date-past':
      if (kind === 'year') return words('problem.year-past')
      return words('problem.date-past')
    default:
      return unreachable(problem)
  }
}
