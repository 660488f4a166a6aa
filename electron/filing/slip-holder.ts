import { z } from 'zod'
import { fullDateSchema } from '../../shared/domain/id-card.ts'
import type { Supplement } from '../portal/index.ts'

/** What an authority asks for beside a filing, as far as the holder of its slip may read it. */
export const askedForSchema = z.strictObject({
  /** ISO 8601; null where the portal did not say it well. */
  requestedAt: z.string().nullable(),
  due: fullDateSchema.nullable(),
  /** Papers, each once; none of them names a person. */
  items: z.array(z.string()),
  /** There is more, which an officer says. */
  more: z.boolean(),
})
export type AskedFor = z.infer<typeof askedForSchema>

/** Words with a capital that name no person. */
const NO_NAMES =
  /(?<!\p{L})(?:Căn cước|Mẫu số|Ủy ban|Công an|Tòa án|UBND|CCCD|CMND|BHYT|BHXH|VNeID|[A-Z]{2}\d{2}[a-z]?)(?![\p{L}\p{N}])/gu
const CAPITAL_INSIDE = /(?<!^)(?<![.;] )(?<=\P{L})\p{Lu}|\p{L}\p{Lu}/u
const LONG_NUMBER = /\d(?:[ .-]?\d){5}/
const BORN = /sinh (?:ngày|tháng|năm)/iu

/**
 * Whether a text can only be about papers: no word inside it that is written like a name, no number
 * as long as a card's or a telephone's, no birthday, no address of mail. Rather too careful: what is
 * held back an officer says. A name without capitals, or alone at the very beginning, it cannot see.
 */
function namesNobody(item: string): boolean {
  const rest = item.replaceAll(NO_NAMES, 'giấy')
  return ![CAPITAL_INSIDE, LONG_NUMBER, BORN, /@/].some((sign) => sign.test(rest))
}

/** A slip is held by whoever has it: it tells which papers are asked for, and of nobody. */
export function forSlipHolder({ requestedAt, due, items, cut }: Supplement): AskedFor {
  const shown = items.filter(namesNobody)
  const [year, month, day] = (due ?? '').split('-').map(Number)
  return {
    requestedAt,
    due: fullDateSchema.safeParse({ year, month, day }).data ?? null,
    items: [...new Set(shown)],
    more: cut || shown.length < items.length,
  }
}
