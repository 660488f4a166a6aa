import type { LaidCardView, QuestionView } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { maskNumber } from '../../shared/domain/personal-number.ts'
import {
  boxes,
  procedurePhrase,
  valueText,
  type Choice,
  type Field,
  type Procedure,
} from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import { cardOnScreen } from './laid-card.ts'
import type { Visit } from './visit.ts'

/** A question as the page shows it. */
export function questionView(procedure: Procedure, visit: Visit, field: Field): QuestionView {
  const { key } = field
  const place = field.wordsOf ?? key
  const phrase = (path: 'question' | 'hint' | 'unit', text: string): Phrase =>
    procedurePhrase(procedure.code, `${path}.${place}`, text)
  return {
    key,
    title: phrase('question', field.question ?? field.label),
    hint: field.hint ? phrase('hint', field.hint) : null,
    drawing: field.drawing ?? procedure.drawing,
    required: field.required,
    input: inputView(procedure, visit, field),
  }
}

function inputView(procedure: Procedure, visit: Visit, field: Field): QuestionView['input'] {
  const { code } = procedure
  const { input } = field
  const place = field.wordsOf ?? field.key
  switch (input.kind) {
    case 'choice':
      return {
        kind: 'choice',
        choices: choicesView(code, place, input.choices),
      }
    case 'choices':
      return {
        kind: 'choices',
        choices: choicesView(code, place, input.choices),
        none: input.none ?? null,
      }
    case 'number':
      return {
        kind: 'number',
        min: input.min,
        max: input.max,
        unit: input.unit ? procedurePhrase(code, `unit.${place}`, input.unit) : null,
      }
    case 'money':
      return { kind: 'money', min: input.min, max: input.max }
    case 'date':
      return { kind: 'date', partial: input.partial }
    case 'year':
      return { kind: 'year' }
    case 'address':
      return { kind: 'address', old: input.old, detail: input.detail }
    case 'card': {
      const person = procedure.form.people.find((one) => one.key === input.person)
      const name = person?.name ?? field.label
      return {
        kind: 'card',
        person: procedurePhrase(code, `person.${input.person}`, name),
        read: laidCard(visit),
      }
    }
    case 'more':
      return moreView(procedure, visit, input)
    case 'name':
    case 'text':
      return { kind: input.kind, maxLength: input.maxLength }
    case 'phone':
    case 'personal-number':
      return { kind: input.kind }
  }
}

function choicesView(code: string, place: string, choices: readonly Choice[]) {
  return choices.map((choice) => ({
    value: choice.value,
    label: procedurePhrase(code, `choice.${place}.${choice.value}`, choice.label),
    help: choice.help
      ? procedurePhrase(code, `choice-help.${place}.${choice.value}`, choice.help)
      : null,
    drawing: choice.drawing ?? null,
  }))
}

/** The rows that stand before the one that is asked about. */
function moreView(
  procedure: Procedure,
  visit: Visit,
  { table: key, row: next }: Extract<Field['input'], { kind: 'more' }>,
): QuestionView['input'] {
  const table = procedure.form.tables.find((one) => one.key === key)
  const all = boxes(procedure, knownIn(visit), visit.answers)
  const rows = Array.from({ length: next - 1 }, (_, index) => index + 1).map((row) => ({
    row,
    cells: all
      .filter(({ field }) => field.key.startsWith(`${key}.${row}.`))
      .flatMap(({ field, value }) =>
        value === null
          ? []
          : [
              {
                label: procedurePhrase(procedure.code, `label.${field.key}`, field.label),
                value: valueText(field, value),
              },
            ],
      ),
  }))
  const label = procedurePhrase(procedure.code, `table.${key}`, table?.label ?? key)
  return { kind: 'more', table: key, label, rows, least: table?.least ?? 0 }
}

function laidCard(visit: Visit): LaidCardView | null {
  const card = cardOnScreen(visit)
  if (card === null) return null
  return {
    name: card.unsure?.includes('name') ? null : card.name,
    maskedNumber: maskNumber(card.number),
    birth: card.birth,
  }
}
