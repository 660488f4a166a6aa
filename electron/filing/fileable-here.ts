import type { Procedure } from '../../shared/forms/index.ts'
import type { Profile } from '../settings/index.ts'

/**
 * The procedures as this kiosk can file them: where nothing captures papers, one whose picture
 * could go with the filing is handed in at the counter.
 */
export function fileableHere(
  procedures: readonly Procedure[],
  profile: Pick<Profile, 'documentScanner'>,
): readonly Procedure[] {
  if (profile.documentScanner) return procedures
  return procedures.map((procedure) => ({
    ...procedure,
    components: procedure.components.map((component) =>
      component.handling === 'scan' ? { ...component, handling: 'hand-in' as const } : component,
    ),
  }))
}
