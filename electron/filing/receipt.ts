import type { IdCard } from '../../shared/domain/id-card.ts'
import {
  components,
  resolveValues,
  type Answers,
  type Procedure,
} from '../../shared/forms/index.ts'
import type { Receipt } from '../portal/index.ts'
import type { ReceiptInput } from '../printing/index.ts'
import { limitWords } from './words.ts'

/** What the portal's receipt has for paper. */
export type AcceptedReceipt = Pick<Receipt, 'dossierCode' | 'receivedAt'>

/**
 * What stands on "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" (TT 03/2025/TT-VPCP, Mẫu 01) of an
 * accepted filing. The day of return stays open: the portal's receipt does not name one.
 */
export function receiptInput(filed: {
  readonly place: { readonly commune: string; readonly province: string }
  readonly procedure: Procedure
  readonly card: IdCard
  readonly answers: Answers
  /** Codes of the components whose pictures went with the filing. */
  readonly captured: ReadonlySet<string>
  readonly receipt: AcceptedReceipt
  readonly counter: string
}): ReceiptInput {
  const { procedure, card, answers, receipt } = filed
  const values = resolveValues(procedure, card, answers)
  const phoneField = procedure.form.fields.find((field) => field.input.kind === 'phone')
  const phone = phoneField ? values[phoneField.key] : undefined
  return {
    ...filed.place,
    dossierCode: receipt.dossierCode,
    receivedAtMs: Date.parse(receipt.receivedAt),
    applicantName: card.name,
    address: card.address,
    phone: typeof phone === 'string' ? phone : null,
    procedureName: procedure.name,
    components: [procedure.form.name, ...papersOfDossier(procedure, values, filed.captured)],
    limit: limitWords(procedure.limit),
    due: null,
    resultPlace: filed.counter,
  }
}

/**
 * Papers that this dossier needs in any case are named with what happens to them; one that is
 * needed in some cases only is for the officer to ask for, unless it was captured.
 */
function papersOfDossier(
  procedure: Procedure,
  values: Answers,
  captured: ReadonlySet<string>,
): string[] {
  return components(procedure, values)
    .filter(
      ({ code, when, showIf, handling }) =>
        when === undefined || showIf !== undefined || handling === 'scan' || captured.has(code),
    )
    .map(({ code, name, handling }) => {
      if (captured.has(code)) return `${name} (bản chụp nộp kèm)`
      return handling === 'show' ? `${name} (xuất trình tại quầy)` : `${name} (nộp tại quầy)`
    })
}
