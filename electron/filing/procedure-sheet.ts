import type { Procedure } from '../../shared/forms/index.ts'
import type { ProcedureSheetInput } from '../printing/index.ts'
import { feeWords, limitWords } from './words.ts'

/** What to bring, fee, time limit and place of a procedure, for paper. Nobody's data. */
export function procedureSheetInput(
  procedure: Procedure,
  place: { readonly commune: string; readonly province: string; readonly counter: string },
): ProcedureSheetInput {
  return {
    commune: place.commune,
    province: place.province,
    procedureCode: procedure.code,
    procedureName: procedure.name,
    components: procedure.components.map(({ name, when }) =>
      when === undefined ? name : `${name} (${when})`,
    ),
    fee: feeWords(procedure.fee),
    limit: limitWords(procedure.limit),
    result: procedure.result,
    place: place.counter,
  }
}
