import type { AnswerProblem } from '../../shared/forms/definition.ts'
import type { QuestionInput } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { count } from '../i18n/format.ts'
import { t, words } from '../i18n/t.ts'

const requiredKeys = {
  choice: 'problem.required-choice',
  name: 'problem.required-text',
  text: 'problem.required-text',
  phone: 'problem.required-digits',
  'personal-number': 'problem.required-digits',
  number: 'problem.required-digits',
  date: 'problem.required-date',
} as const

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
      return words('problem.number-range', { min: count(problem.min), max: count(problem.max) })
    case 'date-incomplete':
      return words('problem.date-incomplete', { box: t('answer.day') })
    case 'date-impossible':
      return words('problem.date-impossible')
    case 'date-future':
      return words('problem.date-future')
    case 'date-past':
      return words('problem.date-past')
    default:
      return unreachable(problem)
  }
}
