import { describe, expect, it } from 'vitest'
import { t, words } from './t.ts'
import { vi } from './vi.ts'

describe('a message', () => {
  it('fills its placeholders', () => {
    expect(t('step.question', { index: 4, count: 14 })).toBe('Câu hỏi 4 trên chừng 14')
  })
  it('keeps its key beside its words', () => {
    expect(words('frame.continue')).toEqual({ key: 'frame.continue', text: 'Tiếp tục' })
  })
  it('does not compile with a placeholder missing, misspelt or too many', () => {
    // Never called: what is checked here is checked by the compiler.
    const rejected = () => {
      // @ts-expect-error a placeholder is missing
      t('step.question', { index: 4 })
      // @ts-expect-error no such placeholder
      t('step.of', { stepp: 1 })
      // @ts-expect-error a message without placeholders takes none
      t('frame.continue', { index: 1 })
      // @ts-expect-error no such key
      t('frame.nothing')
    }
    expect(rejected).toBeTypeOf('function')
  })
})

describe('the words of the page', () => {
  const texts = Object.entries(vi)
  it('are NFC, and end without stray spaces', () => {
    expect(
      texts.filter(([, text]) => text !== text.normalize('NFC') || text !== text.trim()),
    ).toEqual([])
  })
  it('use no officialese, no exclamation mark and no guessed pronoun', () => {
    const forbidden = /vui lòng|quý khách|thực hiện|!|(?<!\p{L})(bác|cô|chú|anh|chị)(?!\p{L})/iu
    expect(texts.filter(([, text]) => forbidden.test(text))).toEqual([])
  })
  it('place tones the old way', () => {
    const newStyle = /(?<![qQ])(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\p{L})/u
    expect(texts.filter(([, text]) => newStyle.test(text))).toEqual([])
  })
  it('ask in sentences of at most 20 words', () => {
    const long = texts.flatMap(([key, text]) =>
      text
        .split(/[.?\n]/)
        .filter((sentence) => sentence.trim().split(/\s+/).length > 20)
        .map(() => key),
    )
    expect(long).toEqual([])
  })
})
