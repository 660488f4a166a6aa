import { isBesideDamaged } from './damage.ts'
import { judgeKey, noteKeyBirth, readKeyBirth } from './key-age.ts'
import type { KeyRing } from './key-ring.ts'
import { rotateKeys, type RotationReport } from './rotate.ts'
import type { SealedFiles } from './files.ts'
import type { Store } from './store.ts'

/**
 * What became of a key that was to be replaced.
 * - `held-back`: so many data keys or envelopes do not open, and may need the key that is here.
 * - `failed`: the vault or the disk refused; both keys work, and the next start goes on.
 */
export type Renewal =
  | { readonly kind: 'rotated'; readonly report: RotationReport }
  | { readonly kind: 'held-back'; readonly unreadable: number }
  | { readonly kind: 'failed'; readonly reason: string }

type RenewalOptions = {
  readonly store: Store
  /** Where `store` and the sealed files are. */
  readonly dir: string
  readonly ring: KeyRing
  readonly files: SealedFiles
  readonly nowMs: number
  /** A rehearsal has nothing to protect: its keys do not age. */
  readonly training: boolean
  /** Envelopes without a row that do not open. */
  readonly unreadable: number
  /** A technician's word: now, however old it is. */
  readonly ordered: boolean
}

/**
 * Ends a rotation that was cut short, and replaces a key that is old, or that its vault wants
 * sealed anew. Null where there was nothing to do.
 */
export async function renewKey(options: RenewalOptions): Promise<Renewal | null> {
  const { store, dir, ring, nowMs, unreadable } = options
  const ended = ring.older.length > 0 ? await rotate(options) : null
  if (ended?.kind === 'failed') return ended
  if (!ring.stale && !options.ordered) {
    if (options.training) return ended
    const { kekId } = ring
    const now = { kekId, nowMs, isBesideDamaged: await isBesideDamaged(dir) }
    const verdict = judgeKey(readKeyBirth(store), now)
    if (verdict === 'new') noteKeyBirth(store, { kekId, bornMs: nowMs })
    if (verdict !== 'old') return ended
  }
  // Something is left under an older key: no third one is made.
  if (ring.older.length > 0) return { kind: 'held-back', unreadable: ended?.report.unreadable ?? 0 }
  if (unreadable > 0 && !ring.stale) return { kind: 'held-back', unreadable }
  const renewed = await rotate(options)
  if (renewed.kind === 'rotated') noteKeyBirth(store, { kekId: ring.kekId, bornMs: nowMs })
  return renewed
}

async function rotate(
  options: RenewalOptions,
): Promise<Extract<Renewal, { kind: 'rotated' | 'failed' }>> {
  const { store, dir, ring, files } = options
  const rotated = await rotateKeys({ store, dir, ring, files })
  return rotated.ok
    ? { kind: 'rotated', report: rotated.value }
    : { kind: 'failed', reason: rotated.error.code }
}
