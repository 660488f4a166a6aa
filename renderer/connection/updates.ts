import type { Update, View } from '../../shared/contract/index.ts'

/** A view and the number of the update that made it. */
export interface Numbered {
  readonly seq: number
  readonly view: View
}

/**
 * The view after one more update, or `gap` where an update is missing before it: then only a new
 * snapshot can be trusted.
 */
export function applyUpdate(current: Numbered | null, update: Update): Numbered | 'gap' {
  if (update.kind === 'snapshot') return { seq: update.seq, view: update.view }
  if (current === null || update.seq !== current.seq + 1) return 'gap'
  const { topic, data } = update.change
  return { seq: update.seq, view: { ...current.view, [topic]: data } }
}
