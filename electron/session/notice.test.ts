import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import shippedNotice from '../../resources/papers/notice.json' with { type: 'json' }
import { noticeTextsSchema, noticeView } from './notice.ts'

/**
 * Journals and filings name the edition that was agreed to. Once a kiosk has shown it, its words
 * stand: other words are another edition, with a line of its own here.
 */
const SHOWN: Readonly<Record<string, string>> = {
  '2026-1': 'a23d625ce71ab2aa0e37e263a42d5dde9e14132bb93f559aca720106003cb228',
}

it('has each edition in the words in which it was shown', () => {
  const { editions } = noticeTextsSchema.parse(shippedNotice)
  const found = editions.map((edition) => {
    const shown = [false, true].map((hasChipReader) => noticeView(edition, hasChipReader))
    return [edition.id, createHash('sha256').update(JSON.stringify(shown)).digest('hex')]
  })
  expect(Object.fromEntries(found)).toEqual(SHOWN)
})
