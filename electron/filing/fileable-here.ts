import type { Procedure } from '../../shared/forms/index.ts'
import type { Profile } from '../settings/index.ts'

/** The procedures of a kiosk, by what it can do with them. */
export interface FileableHere {
  readonly offered: readonly Procedure[]
  /**
   * No counter of the profile serves their group, so nobody can be given a number for them: none is
   * begun, and a visit that has begun one is finished without.
   */
  readonly unserved: readonly Procedure[]
}

/**
 * The procedures as this kiosk can file them: where nothing captures papers, one whose picture
 * could go with the filing is handed in at the counter.
 */
export function fileableHere(
  procedures: readonly Procedure[],
  profile: Pick<Profile, 'documentScanner' | 'counters'>,
): FileableHere {
  const here = profile.documentScanner ? procedures : procedures.map(handedIn)
  const isServed = ({ group }: Procedure) => Object.hasOwn(profile.counters, group)
  return { offered: here.filter(isServed), unserved: here.filter((one) => !isServed(one)) }
}

const handedIn = (procedure: Procedure): Procedure => ({
  ...procedure,
  components: procedure.components.map((component) =>
    component.handling === 'scan' ? { ...component, handling: 'hand-in' as const } : component,
  ),
})
