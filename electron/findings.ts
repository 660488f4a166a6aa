import { gapsIn } from '../shared/forms/index.ts'
import { fileableHere, unknownPeoples } from './filing/index.ts'
import type { Configuration } from './configuration.ts'

/** What keeps a citizen from a procedure that this kiosk has. One line each for a technician. */
export interface Finding {
  readonly code: 'no-counter' | 'no-such-people' | 'procedure-gap' | 'procedures-refused'
  readonly cause: string
  readonly remedy: string
  /** Codes of the procedures that it is about; none where it is about a pack as a whole. */
  readonly procedures: readonly string[]
}

/** Looks at procedures and profile alone; nothing has to run. Pure. */
export function findingsOf({
  procedures,
  commune,
  profile,
}: Pick<Configuration, 'procedures' | 'commune' | 'profile'>): Finding[] {
  const { unserved } = fileableHere(procedures, profile)
  const groups = Map.groupBy(unserved, ({ group }) => group)
  return [
    ...(commune.state === 'refused'
      ? [
          {
            code: 'procedures-refused' as const,
            cause: `the commune's own procedures are left out: ${commune.problem.code}${'file' in commune.problem ? ` ${commune.problem.file}` : ''}`,
            remedy:
              'bring the pack again as it was signed; kiosk form check FILE says more of a file',
            procedures: [],
          },
        ]
      : []),
    ...gapsIn(procedures).map(({ code, from, to }) => ({
      code: 'procedure-gap' as const,
      cause: `no version of ${code} is in force from ${from} to ${to}`,
      remedy: 'bring a version for these days, or correct the days of its neighbours',
      procedures: [code],
    })),
    ...unknownPeoples(procedures, profile).map((name) => ({
      code: 'no-such-people' as const,
      cause: `the profile names “${name}”, which is in no list of ethnic groups`,
      remedy: 'write it in profile.json as the forms do, for example "peoples": ["Xtiêng"]',
      procedures: [],
    })),
    ...[...groups].map(([group, found]) => ({
      code: 'no-counter' as const,
      cause: `the profile has no counter for ${group}, so these procedures are not offered`,
      remedy: `name the counter in profile.json: "counters": { "${group}": … }`,
      procedures: [...new Set(found.map(({ code }) => code))],
    })),
  ]
}
