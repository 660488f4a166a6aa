import type { Procedure } from './definition.ts'
import type { Source } from './fact.ts'

/** A fact that the commune has still to confirm: where it stands in the procedure, and what it is. */
export interface Unconfirmed {
  readonly where: string
  readonly mark: 'memory' | 'open'
  readonly text: string
}

/** Every fact of a procedure that nobody has read in a source: shown to technicians, never as law. */
export function toConfirm(procedure: Procedure): Unconfirmed[] {
  const { limit, fee, components, form, source } = procedure
  const facts: [string, Source | undefined][] = [
    ['procedure', source],
    ['form', form.source],
    ['limit', limit.source],
    ...(limit.cases ?? []).map((one, at): [string, Source] => [`limit case ${at + 1}`, one.source]),
    ['fee', fee.source],
    ...components.map((one): [string, Source] => [`component ${one.code}`, one.source]),
    ...form.stops.map((one): [string, Source] => [`stop ${one.key}`, one.source]),
    ...form.fields.map((one): [string, Source | undefined] => [`field ${one.key}`, one.fact]),
  ]
  return facts.flatMap(([where, fact]) =>
    fact?.mark === 'memory' || fact?.mark === 'open'
      ? [{ where, mark: fact.mark, text: fact.text }]
      : [],
  )
}
