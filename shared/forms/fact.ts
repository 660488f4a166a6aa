import { z } from 'zod'

/**
 * How sure a fact is, and where it was read. `memory` and `open` are shown to technicians as "to be
 * confirmed by the commune", and never to a citizen as law.
 */
export const sourceSchema = z.strictObject({
  mark: z.enum(['confirmed', 'two-sources', 'memory', 'open']),
  text: z.string(),
})
export type Source = z.infer<typeof sourceSchema>
