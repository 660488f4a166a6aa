import {
  components,
  limitFor,
  resolveValues,
  type Answers,
  type KnownCitizen,
  type Procedure,
} from '../../shared/forms/index.ts'
import type { Receipt } from '../portal/index.ts'
import { dueMoment, type ReceiptInput } from '../printing/index.ts'
import type { DueOf } from './due.ts'
import { limitWords } from './words.ts'

/** What the portal's receipt has for paper. */
export type AcceptedReceipt = Pick<Receipt, 'dossierCode' | 'receivedAt'>

/**
 * What stands on "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" (TT 03/2025/TT-VPCP, Mẫu 01) of an
 * accepted filing. The portal's receipt names no day of return: it is counted from its acceptance.
 */
export function receiptInput(filed: {
  readonly place: { readonly commune: string; readonly province: string }
  readonly procedure: Procedure
  readonly known: KnownCitizen
  readonly answers: Answers
  /** Codes of the components whose pictures went with the filing. */
  readonly captured: ReadonlySet<string>
  readonly receipt: AcceptedReceipt
  readonly counter: string
  readonly due: DueOf
}): ReceiptInput {
  const { procedure, known, answers, receipt } = filed
  const { card } = known
  const values = resolveValues(procedure, known, answers)
  const scope = { values, today: known.today }
  const phoneField = procedure.form.fields.find((field) => field.input.kind === 'phone')
  const phone = phoneField ? values[phoneField.key] : undefined
  const due = filed.due(procedure, scope, receipt.receivedAt)
  return {
    ...filed.place,
    dossierCode: receipt.dossierCode,
    receivedAtMs: Date.parse(receipt.receivedAt),
    applicantName: card.name,
    address: card.address,
    phone: typeof phone === 'string' ? phone : null,
    procedureName: procedure.name,
    components: [procedure.form.name, ...papersOfDossier(procedure, scope, filed.captured)],
    limit: limitWords(limitFor(procedure, scope)),
    due: due.state === 'day' ? dueMoment(due) : null,
    resultPlace: filed.counter,
  }
}

/**
 * Papers that this dossier needs in any case are named with what happens to them; one that is
 * needed in some cases only is for the officer to ask for, unless it was captured.
 */
function papersOfDossier(
  procedure: Procedure,
  scope: Parameters<typeof components>[1],
  captured: ReadonlySet<string>,
): string[] {
  return components(procedure, scope)
    .filter(
      ({ code, when, showIf, handling }) =>
        when === undefined || showIf !== undefined || handling === 'scan' || captured.has(code),
    )
    .map(({ code, name, handling }) => {
      if (captured.has(code)) return `${name} (bản chụp nộp kèm)`
      return handling === 'show' ? `${name} (xuất trình tại quầy)` : `${name} (nộp tại quầy)`
    })
}
