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
    components: [procedure.form.name, ...papersToBring(procedure, values)],
    limit: limitWords(procedure.limit),
    due: null,
    resultPlace: filed.counter,
  }
}

/**
 * The kiosk has taken in the form alone. Papers that this dossier needs in any case are named with
 * what happens to them; one that is needed in some cases only is for the officer to ask for.
 */
function papersToBring(procedure: Procedure, values: Answers): string[] {
  return components(procedure, values)
    .filter(({ when, showIf }) => when === undefined || showIf !== undefined)
    .map(({ name, handling }) =>
      handling === 'show' ? `${name} (xuất trình tại quầy)` : `${name} (nộp tại quầy)`,
    )
}
