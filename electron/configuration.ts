import { join } from 'node:path'
import { err, ok, type Result } from '../shared/domain/result.ts'
import type { Procedure } from '../shared/forms/definition.ts'
import { loadProcedures, type Procedures } from './catalogue/index.ts'
import { portalFromProfile, type PortalAdapter } from './portal/index.ts'
import { resourcesDir } from './resources-dir.ts'
import { kioskFiles, loadProfile, profileRemedy, type Profile } from './settings/index.ts'
import type { CoreOptions } from './shell/core-link.ts'
import { readWorldFile, trainingProfile, type WorldFile } from './training/index.ts'
import type { Trouble } from './trouble.ts'

/** What a kiosk is told before it looks at its own data. */
export type Configuration = {
  /** The invented world of training; null in service. */
  readonly world: WorldFile | null
  readonly profile: Profile
  readonly procedures: readonly Procedure[]
  /** What became of the commune's own pack of procedures. */
  readonly commune: Procedures['commune']
  /** Close it. */
  readonly portal: PortalAdapter
}

/** Reads profile and procedures, and makes the way to the portal. Nothing is sent yet. */
export async function loadConfiguration(
  options: Pick<CoreOptions, 'dataDir' | 'worldFile'>,
): Promise<Result<Configuration, Trouble>> {
  const file = kioskFiles(options.dataDir).profile
  const world = options.worldFile === null ? null : await readWorldFile(options.worldFile)
  const loaded = world ? ok(trainingProfile(world)) : await loadProfile(file)
  if (!loaded.ok) {
    const reason = loaded.error.code === 'missing' ? 'no-profile' : 'bad-profile'
    return err({ reason, message: profileRemedy(loaded.error, file) })
  }
  const profile = loaded.value

  const pack = await loadProcedures(
    join(resourcesDir(), 'procedures'),
    profile.procedureKey === undefined
      ? null
      : { dir: kioskFiles(options.dataDir).procedures, publicKey: profile.procedureKey },
  )
  if (!pack.ok) {
    return err({ reason: 'bad-profile', message: `procedures: ${JSON.stringify(pack.error[0])}` })
  }

  const portal = portalFromProfile(profile)
  if (!portal.ok) {
    return err({ reason: 'bad-profile', message: profileRemedy(portal.error, file) })
  }
  return ok({ world, profile, ...pack.value, portal: portal.value })
}
