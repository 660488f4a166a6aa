import { z } from 'zod'
import type { FieldProblem } from '../portal/index.ts'
import { OUTBOX_LIMITS } from './limits.ts'

/**
 * The portal's problem as one column: its type, and the fields that it named. Pointers and codes
 * come from outside and stay after the contents are erased, so whatever could carry a value (long,
 * spaced, a run of digits) is dropped.
 */
export function writeProblem(type: string | null, fields: readonly FieldProblem[]): string | null {
  if (type === null) return null
  const kept = fields.filter(isHarmless).slice(0, OUTBOX_LIMITS.FIELDS_KEPT)
  return kept.length === 0 ? type : JSON.stringify({ type, fields: kept })
}

/** What `writeProblem` wrote. */
export function readProblem(text: string | null): {
  readonly type: string | null
  readonly fields: readonly FieldProblem[]
} {
  if (text === null || !text.startsWith('{')) return { type: text, fields: [] }
  return writtenSchema.parse(JSON.parse(text))
}

const writtenSchema = z.strictObject({
  type: z.string(),
  fields: z.array(z.strictObject({ pointer: z.string(), code: z.string() })),
})

function isHarmless({ pointer, code }: FieldProblem): boolean {
  const isPlain = /^(\/[A-Za-z][A-Za-z0-9._-]{0,39}|\/\d{1,3}){1,6}$/.test(pointer)
  return isPlain && /^[a-z][a-z-]{0,39}$/.test(code) && !/\d{5}/.test(pointer)
}
