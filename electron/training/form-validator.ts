import { localDate } from '../../shared/domain/local-time.ts'
import { buildForm, type Procedure } from '../../shared/forms/index.ts'
import { filingSchema } from '../portal/index.ts'

/**
 * The sandbox portal's own look at a filing, with the engine that page and core use: an unknown
 * procedure, or a form that the citizen could not have filled in so, is refused. A filing is judged
 * by the day on which it was made, however late it arrives. Returns codes.
 */
export function createFormValidator(
  procedures: readonly Procedure[],
): (body: unknown) => readonly string[] {
  const known = new Map(procedures.map((procedure) => [procedure.code, procedure]))
  return (body) => {
    const filing = filingSchema.safeParse(body)
    if (!filing.success) return ['not-a-filing']
    const { applicant, capturedAt, form, procedureCode } = filing.data
    const procedure = known.get(procedureCode)
    if (!procedure) return ['unknown-procedure']
    const card = {
      number: applicant.number,
      oldNumber: null,
      name: applicant.name,
      birth: applicant.birth ?? { year: 1900 },
      sex: applicant.sex ?? 'male',
      address: applicant.address ?? '',
      issued: applicant.issued ?? { year: 2021, month: 1, day: 1 },
      extra: [],
      warnings: [],
    } as const
    const built = buildForm(
      procedure,
      { ...card, extra: [], warnings: [] },
      form,
      localDate(Date.parse(capturedAt)),
    )
    if (!built.ok) return built.error.map(({ field, problem }) => `${field}:${problem.code}`)
    const attached = new Set(filing.data.attachments.map(({ id }) => id))
    const lost = filing.data.components.flatMap((component) =>
      component.handling === 'scan' && !attached.has(component.attachment)
        ? [`${component.code}:no-attachment`]
        : [],
    )
    if (lost.length > 0) return lost
    const hidden = Object.keys(form).filter((key) => !Object.hasOwn(built.value, key))
    return hidden.map((key) => `${key}:hidden`)
  }
}
