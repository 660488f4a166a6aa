import { z } from 'zod'
import { authoredProcedureSchema, formLibrarySchema } from '../../shared/forms/index.ts'

/**
 * The format in which procedures and libraries are written, as JSON Schema (2020-12), for whoever
 * writes them with an editor that helps: `resources/procedures/schema/*.schema.json`. What a schema
 * cannot see, `checkProcedure` does.
 */
export const formSchemas = {
  procedure: () => text(authoredProcedureSchema),
  library: () => text(formLibrarySchema),
} as const

const text = (schema: z.ZodType): string =>
  `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), null, 2)}\n`
