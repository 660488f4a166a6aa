import { err, ok, type Result } from '../../shared/domain/result.ts'
import { overriding, type Procedure } from '../../shared/forms/index.ts'
import { readBuiltIn } from './checked-pack.ts'
import { parsePack, type PackProblem } from './pack.ts'
import { openSignedPack, type SignatureProblem } from './signed-pack.ts'

/** Where a commune's own pack lies, and whose signature it needs. */
export interface CommunePack {
  readonly dir: string
  /** Ed25519, PEM. */
  readonly publicKey: string
}

/** The procedures of this kiosk, and what became of the commune's own pack. */
export interface Procedures {
  /** Every version of each. */
  readonly procedures: readonly Procedure[]
  readonly commune:
    | { readonly state: 'none' }
    | { readonly state: 'used'; readonly name: string; readonly version: string }
    /** It is left out whole: the built-in procedures serve meanwhile. */
    | {
        readonly state: 'refused'
        readonly problem: SignatureProblem | PackProblem
      }
}

/**
 * The built-in procedures, with the commune's own added and in the place of the versions that they
 * are in force beside (`overriding`). Only a bad built-in pack is an error: without it there is
 * nothing to serve.
 */
export async function loadProcedures(
  builtInDir: string,
  communePack: CommunePack | null,
): Promise<Result<Procedures, PackProblem[]>> {
  const builtIn = await readBuiltIn(builtInDir)
  if (!builtIn.ok) return err(builtIn.error)
  const { procedures, library } = builtIn.value
  if (communePack === null) return ok({ procedures, commune: { state: 'none' } })
  const refused = (problem: SignatureProblem | PackProblem): Result<Procedures, never> =>
    ok({ procedures, commune: { state: 'refused', problem } })
  const believed = await openSignedPack(communePack.dir, communePack.publicKey)
  if (!believed.ok) {
    return believed.error.code === 'no-manifest'
      ? ok({ procedures, commune: { state: 'none' } })
      : refused(believed.error)
  }
  const { name, version, files } = believed.value
  const own = parsePack(files, library)
  if (!own.ok) return refused(own.error[0] ?? { code: 'empty' })
  return ok({
    procedures: overriding(procedures, own.value.procedures),
    commune: { state: 'used', name, version },
  })
}
