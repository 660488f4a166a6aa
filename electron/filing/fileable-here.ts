import type { Field, Procedure } from '../../shared/forms/index.ts'
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
 * could go with the filing is handed in at the counter; and the peoples of the commune come first, so
 * that whoever cannot type or read touches theirs.
 */
export function fileableHere(
  procedures: readonly Procedure[],
  profile: Pick<Profile, 'documentScanner' | 'counters' | 'peoples'>,
): FileableHere {
  const captured = profile.documentScanner ? procedures : procedures.map(handedIn)
  const { peoples = [] } = profile
  const here = captured.map((procedure) => withPeoplesFirst(procedure, peoples))
  const isServed = ({ group }: Procedure) => Object.hasOwn(profile.counters, group)
  return { offered: here.filter(isServed), unserved: here.filter((one) => !isServed(one)) }
}

const handedIn = (procedure: Procedure): Procedure => ({
  ...procedure,
  components: procedure.components.map((component) =>
    component.handling === 'scan' ? { ...component, handling: 'hand-in' as const } : component,
  ),
})

const isEthnicity = ({ key }: Pick<Field, 'key'>): boolean => /(^|\.)ethnicity$/.test(key)

/** Behind the first choice, which most people in the country make. */
export function withPeoplesFirst(procedure: Procedure, peoples: readonly string[]): Procedure {
  const fields = procedure.form.fields.map((field): Field => {
    const { input } = field
    if (input?.kind !== 'choice' || !isEthnicity(field)) return field
    const [most, ...others] = input.choices
    if (most === undefined) return field
    const of = (label: string) => others.find((choice) => choice.label === label) ?? []
    const first = [...new Set(peoples)].flatMap(of)
    const rest = others.filter((choice) => !first.includes(choice))
    return { ...field, input: { ...input, choices: [most, ...first, ...rest] } }
  })
  return { ...procedure, form: { ...procedure.form, fields } }
}

/** Names of peoples that no list of the procedures has. */
export function unknownPeoples(
  procedures: readonly Procedure[],
  { peoples = [] }: Pick<Profile, 'peoples'>,
): readonly string[] {
  const known = new Set(
    procedures
      .flatMap(({ form }) => form.fields.filter(isEthnicity))
      .flatMap(({ input }) => (input?.kind === 'choice' ? input.choices : []))
      .map(({ label }) => label),
  )
  return peoples.filter((name) => !known.has(name))
}
