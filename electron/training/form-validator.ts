import { localDate } from '../../shared/domain/local-time.ts'
import {
  buildForm,
  isInForce,
  nothingKnown,
  versionOn,
  versionsOf,
  type Procedure,
} from '../../shared/forms/index.ts'
import { filingSchema } from '../portal/index.ts'

/**
 * The sandbox portal's own look at a filing, with the engine that page and core use: an unknown
 * procedure, or a form that the citizen could not have filled in so, is refused. A filing is judged
 * by its own version, on the day on which it was begun, however late it arrives. Returns codes.
 */
export function createFormValidator(
  procedures: readonly Procedure[],
): (body: unknown) => readonly string[] {
  const versions = versionsOf(procedures)
  return (body) => {
    const filing = filingSchema.safeParse(body)
    if (!filing.success) return ['not-a-filing']
    const { applicant, capturedAt, form, procedureCode: code, formVersion } = filing.data
    if (!versions.has(code)) return ['unknown-procedure']
    // A day without a clock is parsed as its midnight in UTC, seven in the morning here.
    const day = localDate(Date.parse(filing.data.begunOn ?? capturedAt))
    const procedure =
      formVersion === undefined
        ? versionOn(versions, code, day)
        : versions.get(code)?.find((one) => one.form.validFrom === formVersion)
    if (!procedure) return ['unknown-version']
    if (!isInForce(procedure, day)) return ['version-not-in-force']
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
      {
        ...nothingKnown(day),
        card: { ...card, extra: [], warnings: [] },
      },
      form,
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
