import { z } from 'zod'
import { manifestEntrySchema } from '../contract.ts'

const identity = {
  bodySha256: z.string(),
  attachments: z.array(manifestEntrySchema),
}
const numbered = {
  ...identity,
  /** mã số hồ sơ, issued by GetNextValue. */
  dossierCode: z.string().min(1),
  papers: z.array(z.strictObject({ id: z.string(), fileId: z.string(), fileHash: z.string() })),
}

/**
 * How far a filing has come on the national platform. References and codes only. Each step is
 * saved before the next request goes out, so that after a crash the state is never ahead of what
 * may have happened, and `submitting` is the only one that leaves a doubt.
 */
export const remoteStateSchema = z.discriminatedUnion('step', [
  /** Nothing was sent that could make a dossier. */
  z.strictObject({ step: z.literal('begun'), ...identity }),
  /** It has a dossier code and some of its papers are there; still no dossier. */
  z.strictObject({ step: z.literal('numbered'), ...numbered }),
  /** NoiHoSo may have gone out under this code. */
  z.strictObject({ step: z.literal('submitting'), ...numbered }),
  /** The dossier is there; its progress and status are not yet reported. */
  z.strictObject({ step: z.literal('submitted'), ...numbered, receivedAtMs: z.int() }),
  z.strictObject({ step: z.literal('reported'), ...numbered, receivedAtMs: z.int() }),
])
export type RemoteState = z.infer<typeof remoteStateSchema>

/** Keeps the state of each filing. `save` returns when the state would survive a power cut. */
export type RemoteJournal = {
  load(clientRef: string): RemoteState | null
  save(clientRef: string, state: RemoteState): void
}
