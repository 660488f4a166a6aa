import {
  checkProcedure,
  nothingKnown,
  type Answers,
  type Procedure,
} from '../../shared/forms/index.ts'
import { boxes } from '../../shared/forms/boxes.ts'
import { choiceField, procedureWith, textField, today } from '../../shared/forms/testing.ts'
import { figure, median, type Figure } from './figure.ts'

/** What the engine may cost at each touch: the whole form is looked at again. */
const LIMITS = {
  FORM_MS: 2,
  /** Four times the fields may cost so many times as much: linear, with room for noise. */
  GROWTH: 5.5,
} as const
const ROUNDS = 300

/** A form of so many fields and five rules for every three of them, all answered. */
function invented(fields: number): { procedure: Procedure; answers: Answers } {
  const answers: Record<string, string> = {}
  const all = Array.from({ length: fields }, (_, at) => {
    const key = `part.f${at}`
    const before = (back: number) => ({ var: `part.f${Math.max(0, at - back)}` })
    answers[key] = 'a'
    const rules =
      at === 0
        ? {}
        : {
            showIf: {
              or: [{ '==': [before(1), 'a'] }, { in: [before(2), ['a', 'b']] }],
            },
            cases: [{ when: { '==': [before(3), 'b'] }, source: { from: 'asked' as const } }],
          }
    return at % 3 === 0 ? choiceField(key, ['a', 'b'], rules) : textField(key, rules)
  })
  const procedure = procedureWith(all)
  // A bench of a form that no kiosk would load says nothing.
  const findings = checkProcedure(procedure).filter((line) => !line.includes('choice'))
  if (findings.length > 0) throw new Error(findings.join('\n'))
  return { procedure, answers }
}

/** Milliseconds that one look at the whole form takes. */
function costOf(fields: number): number {
  const { procedure, answers } = invented(fields)
  const known = nothingKnown(today)
  const samples = Array.from({ length: ROUNDS }, () => {
    const began = performance.now()
    boxes(procedure, known, answers)
    return performance.now() - began
  })
  return median(samples)
}

/** The form engine: a form of 60 fields and 100 rules, and one four times as long. */
export async function formsBench(): Promise<readonly Figure[]> {
  costOf(60)
  const [small, large] = [costOf(60), costOf(240)]
  return [
    figure(
      'forms',
      '60 fields, about 100 rules, looked at whole',
      small,
      'ms',
      '<=',
      LIMITS.FORM_MS,
    ),
    figure(
      'forms',
      '240 fields, of 60',
      large / small,
      'x',
      '<=',
      LIMITS.GROWTH,
      `60 fields: ${small.toFixed(3)} ms`,
    ),
  ]
}
