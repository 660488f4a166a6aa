import type { Phrase } from '../domain/phrase.ts'
import type { Procedure } from './definition.ts'

/** Where in a procedure a text stands: `question.purpose.kind`, `choice.sex.male`. */
export type PhrasePath =
  | 'name'
  | 'short-name'
  | 'next'
  | 'result'
  | 'declaration'
  | 'fee.per'
  | 'fee.note'
  | `${'component' | 'component-when'}.${string}`
  | `${'label' | 'question' | 'hint' | 'unit'}.${string}`
  | `${'choice' | 'choice-help' | 'check'}.${string}.${string | number}`
  | `${'person' | 'table' | 'stop' | 'stop-text'}.${string}`

/** A text of a procedure as a phrase. The key stays when the words are mended, so a voice clip keeps its place. */
export function procedurePhrase(code: string, path: PhrasePath, text: string): Phrase {
  return { key: `procedure.${code}.${path}`, text }
}

/** Every phrase of a procedure that a citizen may see or hear, each key once. */
export function procedurePhrases(procedure: Procedure): Phrase[] {
  const found: Phrase[] = []
  const add = (path: PhrasePath, text: string | undefined) => {
    if (text !== undefined) found.push(procedurePhrase(procedure.code, path, text))
  }
  add('name', procedure.name)
  add('short-name', procedure.shortName)
  add('next', procedure.next)
  add('result', procedure.result)
  add('declaration', procedure.form.declaration)
  if (procedure.fee.kind === 'fixed') add('fee.per', procedure.fee.per)
  if (procedure.fee.kind === 'fixed' || procedure.fee.kind === 'local') {
    add('fee.note', procedure.fee.note)
  }
  for (const component of procedure.components) {
    add(`component.${component.code}`, component.name)
    add(`component-when.${component.code}`, component.when)
  }
  for (const { key, name } of procedure.form.people) add(`person.${key}`, name)
  for (const { key, label } of procedure.form.tables) add(`table.${key}`, label)
  for (const { key, title, text } of procedure.form.stops) {
    add(`stop.${key}`, title)
    add(`stop-text.${key}`, text)
  }
  for (const field of procedure.form.fields) {
    const { key, label, question, hint, input, checks } = field
    const place = field.wordsOf ?? key
    add(`label.${key}`, label)
    add(`question.${place}`, question)
    add(`hint.${place}`, hint)
    checks?.forEach((check, index) => add(`check.${place}.${index}`, check.say))
    if (input.kind === 'number') add(`unit.${place}`, input.unit)
    if (input.kind !== 'choice' && input.kind !== 'choices') continue
    for (const choice of input.choices) {
      add(`choice.${place}.${choice.value}`, choice.label)
      add(`choice-help.${place}.${choice.value}`, choice.help)
    }
  }
  // The rows of a table share their words.
  return found.filter(({ key }, index) => found.findIndex((one) => one.key === key) === index)
}
