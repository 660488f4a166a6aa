import type { FullDate } from '../shared/domain/id-card.ts'
import { endingBy, gapsIn } from '../shared/forms/index.ts'
import { fileableHere, unknownPeoples } from './filing/index.ts'
import type { Configuration } from './configuration.ts'

const FINDINGS_LIMITS = {
  /** So long before its last day a form that nothing follows is named: to write one takes months. */
  FORM_ENDS_WITHIN_DAYS: 120,
} as const

/**
 * What keeps a citizen from a procedure that this kiosk has, or soon will, or an assistant from
 * dictating. One line each for a technician.
 */
export interface Finding {
  readonly code:
    | 'no-counter'
    | 'no-dictation'
    | 'no-successor'
    | 'no-such-people'
    | 'procedure-gap'
    | 'procedures-refused'
  readonly cause: string
  readonly remedy: string
  /** Codes of the procedures that it is about; none where it is about no single one. */
  readonly procedures: readonly string[]
}

type Looked = Pick<Configuration, 'procedures' | 'commune' | 'profile'> & {
  /** Why the program for dictation cannot be started; null where it can, or there is none. */
  readonly dictation: string | null
  readonly today: FullDate
}

/** Looks at what is configured alone; nothing has to run. Pure. */
export function findingsOf(looked: Looked): Finding[] {
  return [
    ...refused(looked),
    ...gaps(looked),
    ...strangers(looked),
    ...withoutSuccessor(looked),
    ...withoutCounter(looked),
    ...withoutDictation(looked),
  ]
}

function refused({ commune }: Looked): Finding[] {
  if (commune.state !== 'refused') return []
  const { problem } = commune
  return [
    {
      code: 'procedures-refused',
      cause: `the commune's own procedures are left out: ${problem.code}${'file' in problem ? ` ${problem.file}` : ''}`,
      remedy: 'bring the pack again as it was signed; kiosk form check FILE says more of a file',
      procedures: [],
    },
  ]
}

const gaps = ({ procedures }: Looked): Finding[] =>
  gapsIn(procedures).map(({ code, from, to }) => ({
    code: 'procedure-gap',
    cause: `no version of ${code} is in force from ${from} to ${to}`,
    remedy: 'bring a version for these days, or correct the days of its neighbours',
    procedures: [code],
  }))

const strangers = ({ procedures, profile }: Looked): Finding[] =>
  unknownPeoples(procedures, profile).map((name) => ({
    code: 'no-such-people',
    cause: `the profile names “${name}”, which is in no list of ethnic groups`,
    remedy: 'write it in profile.json as the forms do, for example "peoples": ["Xtiêng"]',
    procedures: [],
  }))

function withoutSuccessor({ procedures, today }: Looked): Finding[] {
  const ending = endingBy(procedures, lookedAheadTo(today))
  return [...Map.groupBy(ending, ({ form }) => form.validTo)].map(([lastDay, found]) => ({
    code: 'no-successor',
    cause: `the forms of these procedures end on ${lastDay}, and none follows: nobody can file them after it`,
    remedy:
      "bring what follows in the commune's own pack, as CODE.from-YYYY-MM-DD.json, before that day",
    procedures: found.map(({ code }) => code),
  }))
}

function withoutCounter({ procedures, profile }: Looked): Finding[] {
  const { unserved } = fileableHere(procedures, profile)
  return [...Map.groupBy(unserved, ({ group }) => group)].map(([group, found]) => ({
    code: 'no-counter',
    cause: `the profile has no counter for ${group}, so these procedures are not offered`,
    remedy: `name the counter in profile.json: "counters": { "${group}": … }`,
    procedures: [...new Set(found.map(({ code }) => code))],
  }))
}

function withoutDictation({ dictation, profile }: Looked): Finding[] {
  if (dictation === null) return []
  return [
    {
      code: 'no-dictation',
      cause: `${profile.dictation?.program[0] ?? ''} cannot be started (${dictation}): nobody can dictate`,
      remedy: 'install it there, or correct "dictation" in profile.json; typing serves meanwhile',
      procedures: [],
    },
  ]
}

function lookedAheadTo({ year, month, day }: FullDate): string {
  const last = Date.UTC(year, month - 1, day + FINDINGS_LIMITS.FORM_ENDS_WITHIN_DAYS)
  return new Date(last).toISOString().slice(0, 10)
}
