import { z } from 'zod'

/**
 * What the core asks of the login's keyring, which in Electron only the main process can reach,
 * and what it hears. A sealed key or a key passes here, and nowhere else between the two.
 */

/** Bounds of one message; a key is far below them. */
const TEXT_MAX = 1_024
const SEALED_MAX = 64 * 1_024

const sealedSchema = z.base64().max(SEALED_MAX)
const textSchema = z.string().max(TEXT_MAX)

export const keyringQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('available') }),
  z.strictObject({ kind: z.literal('encrypt'), text: textSchema }),
  z.strictObject({ kind: z.literal('decrypt'), sealed: sealedSchema }),
])
export type KeyringQuestion = z.infer<typeof keyringQuestionSchema>

export const keyringAnswerSchema = z.discriminatedUnion('kind', [
  /** `basic_text`: a password that everybody knows. `unknown`: nobody can say what keeps it. */
  z.strictObject({
    kind: z.literal('state'),
    state: z.enum(['ok', 'absent', 'basic_text', 'unknown']),
  }),
  z.strictObject({ kind: z.literal('encrypted'), sealed: sealedSchema }),
  /** `stale`: the keyring wants it sealed anew, under a newer key of its own. */
  z.strictObject({ kind: z.literal('decrypted'), text: textSchema, stale: z.boolean() }),
  z.strictObject({ kind: z.literal('failed') }),
])
export type KeyringAnswer = z.infer<typeof keyringAnswerSchema>
