import type { ComponentView, FeeView, ProcedureBrief } from '../../shared/contract/index.ts'
import type { FullDate } from '../../shared/domain/id-card.ts'
import { eachOn, procedurePhrase, type Procedure } from '../../shared/forms/index.ts'
import type { Forms } from './offer.ts'

/** What the page shows of procedures, whoever stands before it. */

/** Groups of procedures, as tiles. */
const GROUPS = [
  { id: 'civil-status', drawing: 'cradle' },
  { id: 'residence', drawing: 'house' },
  { id: 'social-support', drawing: 'bowl' },
  { id: 'certification', drawing: 'stamp' },
  { id: 'business', drawing: 'shop' },
] as const

/** What the groups of procedures are called. */
export const groupNames: Record<Procedure['group'], string> = {
  'civil-status': 'Khai sinh, kết hôn, khai tử',
  residence: 'Nơi ở, tạm trú, thường trú',
  'social-support': 'Trợ cấp, hỗ trợ',
  certification: 'Chứng thực bản sao',
  business: 'Mở cửa hàng, hộ kinh doanh',
}

/** The groups that have something to begin on this day, and what. */
export function groupsOn(forms: Forms, today: FullDate) {
  return GROUPS.map(({ id, drawing }) => ({
    id,
    drawing,
    name: { key: `group.${id}`, text: groupNames[id] },
    procedures: eachOn(forms.offered, today)
      .filter((one) => one.group === id)
      .toSorted((a, b) => Number(b.often === true) - Number(a.often === true))
      .map(brief),
  })).filter((group) => group.procedures.length > 0)
}

/** A procedure in a list, or above a screen of its way. */
export function brief(procedure: Procedure): ProcedureBrief {
  return {
    code: procedure.code,
    name: procedurePhrase(procedure.code, 'short-name', procedure.shortName),
    drawing: procedure.drawing,
    fileable: true,
  }
}

export function componentView(
  { code }: Procedure,
  component: Procedure['components'][number],
): ComponentView {
  return {
    code: component.code,
    name: procedurePhrase(code, `component.${component.code}`, component.name),
    when: component.when
      ? procedurePhrase(code, `component-when.${component.code}`, component.when)
      : null,
    handling: component.handling,
    drawing: component.drawing ?? 'other',
  }
}

export function feeView({ code, fee }: Procedure): FeeView {
  switch (fee.kind) {
    case 'fixed':
      return { kind: 'fixed', amount: fee.amount, per: procedurePhrase(code, 'fee.per', fee.per) }
    case 'free':
    case 'local':
    case 'unknown':
      return { kind: fee.kind }
  }
}
