import { z } from 'zod'
import type { NoticeView } from '../../shared/contract/index.ts'
import { sourceSchema } from '../../shared/forms/fact.ts'

/**
 * What a citizen is told before a card is read: what is read, what for, who gets it, how long it is
 * kept, and that one may refuse. Each edition is one text; the journal and the filing name the one
 * that was agreed to, so a change of words is another edition.
 */

const words = z.string().min(1).max(200)

const editionSchema = z.strictObject({
  /** Year and number, as journal and filing have it. */
  id: z.string().regex(/^\d{4}-\d{1,3}$/),
  /** yyyy-mm-dd in Vietnam. */
  validFrom: z.iso.date(),
  /** The law, for whoever checks the words. Not shown. */
  source: sourceSchema,
  reads: words,
  /** The same at a kiosk with a reader of chips. */
  readsChip: words,
  notRead: words,
  notReadChip: words,
  purpose: words,
  recipients: words,
  kept: words,
  rights: words,
})
type NoticeEdition = z.infer<typeof editionSchema>

/** The file of all editions. */
export const noticeTextsSchema = z.strictObject({
  version: z.literal(1),
  editions: z
    .array(editionSchema)
    .min(1)
    .max(50)
    .refine((editions) => new Set(editions.map(({ id }) => id)).size === editions.length),
})
export type NoticeTexts = z.infer<typeof noticeTextsSchema>

/** The edition that holds on a day (yyyy-mm-dd): the newest that had begun, or else the oldest. */
export function noticeOn({ editions }: NoticeTexts, day: string): NoticeEdition {
  const [oldest, ...later] = editions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  if (oldest === undefined) throw new Error('a notice without an edition')
  return later.findLast(({ validFrom }) => validFrom <= day) ?? oldest
}

/** What the page shows of an edition. */
export function noticeView(edition: NoticeEdition, hasChipReader: boolean): NoticeView {
  const { id } = edition
  const phrase = (part: Exclude<keyof NoticeEdition, 'id' | 'validFrom' | 'source'>) => ({
    key: `notice.${id}.${part}`,
    text: edition[part],
  })
  return {
    edition: id,
    reads: phrase(hasChipReader ? 'readsChip' : 'reads'),
    notRead: phrase(hasChipReader ? 'notReadChip' : 'notRead'),
    purpose: phrase('purpose'),
    recipients: phrase('recipients'),
    kept: phrase('kept'),
    rights: phrase('rights'),
  }
}
