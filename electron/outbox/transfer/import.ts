import { join } from 'node:path'
import { shortRef } from '../../../shared/domain/short-ref.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { kioskNumberOf } from '../kiosk-number.ts'
import { createImportOne, type ImportRefusal } from './import-one.ts'
import { ownTransferKey } from './key.ts'
import { TRANSFER_LIMITS as limits } from './limits.ts'
import { decodeManifest, MANIFEST, type ManifestProblem } from './manifest.ts'
import type { NamedFiling, TransferDeps } from './ports.ts'
import { readWhole } from './stick.ts'

/** The stick that is to be taken in. */
export type ImportOrder = {
  /** Absolute path of the folder with the list. */
  readonly dir: string
  /** A role or an account, never a name; it goes into the journal. */
  readonly actor: string
}

/** What came of each filing on the stick. `known`: it was here before; nothing was changed. */
export type ImportReport = {
  readonly taken: readonly NamedFiling[]
  readonly known: readonly NamedFiling[]
  readonly refused: readonly (NamedFiling & { readonly code: ImportRefusal })[]
}

/** Why nothing at all was taken in. */
export type ImportProblem =
  | ManifestProblem
  | { readonly code: 'no-manifest' }
  /** Sealed to the transfer key with this fingerprint. */
  | { readonly code: 'other-kiosk'; readonly sealedTo: string }
  | { readonly code: 'stick'; readonly reason: string }

/** Takes in what another kiosk has exported to this one, each filing whole or not at all. */
export async function importFilings(
  deps: TransferDeps,
  { dir, actor }: ImportOrder,
): Promise<Result<ImportReport, ImportProblem>> {
  const bytes = await readWhole(join(dir, MANIFEST), limits.MANIFEST_MAX_BYTES)
  if (!bytes.ok) {
    const { error } = bytes
    if (error.code === 'missing') return err({ code: 'no-manifest' })
    return err(error.code === 'io' ? { code: 'stick', reason: error.reason } : BAD_MANIFEST)
  }
  const manifest = decodeManifest(bytes.value)
  if (!manifest.ok) return manifest
  const { sealedTo, filings } = manifest.value
  const own = ownTransferKey(deps.keys)
  if (sealedTo !== own.fingerprint) return err({ code: 'other-kiosk', sealedTo })

  const taken: NamedFiling[] = []
  const known: NamedFiling[] = []
  const refused: (NamedFiling & { code: ImportRefusal })[] = []
  const importOne = createImportOne(deps, own.unseal, dir, actor)
  for (const filing of filings) {
    const { clientRef, kioskId, seq } = filing
    const name = { clientRef, shortRef: shortRef({ kioskNumber: kioskNumberOf(kioskId), seq }) }
    const done = await importOne(filing)
    if (!done.ok) refused.push({ ...name, code: done.error })
    else if (done.value === 'taken') taken.push(name)
    else known.push(name)
  }
  if (taken.length > 0) {
    deps.queue.load()
    deps.entered(taken.map(({ clientRef }) => clientRef))
  }
  const counts = { taken: taken.length, known: known.length, refused: refused.length }
  deps.log('imported', { from: manifest.value.exportedBy, ...counts })
  return ok({ taken, known, refused })
}

const BAD_MANIFEST = { code: 'bad-manifest' } as const
