import { z } from 'zod'
import { ok, type Result } from '../../shared/domain/result.ts'
import type { KeyProvider, UnwrapProblem } from './keys.ts'
import { seal, unseal } from './sealing.ts'
import type { Store } from './store.ts'

/**
 * The unfinished visit of the one citizen who stands at the kiosk, so that a crash loses no
 * answer. Sealed; gone when the visit ends.
 */
export type Draft = { readonly payload: Uint8Array; readonly savedAtMs: number }

const context = { owner: 'session', purpose: 'draft' } as const

const rowSchema = z.object({
  sealed: z.instanceof(Uint8Array),
  dek_wrapped: z.instanceof(Uint8Array),
  kek_id: z.string(),
  saved_at_ms: z.int(),
})

/** Replaces the draft. Durable when it returns. */
export function saveDraft(
  store: Store,
  keys: KeyProvider,
  payload: Uint8Array,
  nowMs: number,
): void {
  const sealed = seal(keys, context, payload)
  store.db
    .prepare(
      `INSERT INTO draft (id, sealed, dek_wrapped, kek_id, saved_at_ms) VALUES (1, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed,
         dek_wrapped = excluded.dek_wrapped, kek_id = excluded.kek_id,
         saved_at_ms = excluded.saved_at_ms`,
    )
    .run(sealed.bytes, sealed.dekWrapped, sealed.kekId, nowMs)
}

/** The draft, or null where there is none. A draft that cannot be opened should be erased. */
export function loadDraft(store: Store, keys: KeyProvider): Result<Draft | null, UnwrapProblem> {
  const found = store.db
    .prepare('SELECT sealed, dek_wrapped, kek_id, saved_at_ms FROM draft WHERE id = 1')
    .get()
  if (found === undefined) return ok(null)
  const row = rowSchema.parse(found)
  const payload = unseal(keys, context, {
    bytes: row.sealed,
    dekWrapped: row.dek_wrapped,
    kekId: row.kek_id,
  })
  return payload.ok ? ok({ payload: payload.value, savedAtMs: row.saved_at_ms }) : payload
}

/**
 * Deletes the draft and every trace of it in the write-ahead log. False: a reader held the log, and
 * traces are left there.
 */
export function eraseDraft(store: Store): boolean {
  store.db.prepare('DELETE FROM draft').run()
  return store.checkpointTruncate()
}
