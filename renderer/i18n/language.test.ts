import { afterEach, describe, expect, it } from 'vitest'
import { date, money, moneyInWords } from './format.ts'
import { language, phraseInLanguage, standIn } from './language.ts'
import { t, words } from './t.ts'
import { readTexts } from '../../shared/speech/index.ts'
import { code } from './values.ts'

afterEach(() => standIn(null))

const texts = readTexts({
  'Tiếp tục': 'Continue',
  '{value} ngày': { one: '{value} day', other: '{value} days' },
  'Ngày {day} tháng {month} năm {year}': '{day} {month} {year}',
  '{amount} đồng': '{amount} dong',
  'Quầy {counter}': 'Counter {counter}',
  'no text': 7,
})
const inEnglish = () => standIn({ tag: 'en', texts })

describe('a page in another language', () => {
  it('says its messages in it', () => {
    inEnglish()
    expect(t('frame.continue')).toBe('Continue')
    expect(phraseInLanguage(words('frame.continue'))).toEqual({
      key: 'frame.continue',
      text: 'Continue',
      lang: 'en',
    })
  })
  it('keeps the Vietnamese where it has no text, and says which language that is', () => {
    inEnglish()
    expect(phraseInLanguage({ key: 'a', text: 'Khai sinh cho bé' })).toEqual({
      key: 'a',
      text: 'Khai sinh cho bé',
      lang: 'vi',
    })
  })
  it('puts a text into it once, whatever that text would mean in Vietnamese', () => {
    inEnglish()
    const shown = phraseInLanguage({ key: 'a', text: 'Tiếp tục' })
    expect(phraseInLanguage(shown)).toBe(shown)
  })
  it('tells one from several', () => {
    inEnglish()
    expect(t('limit.days', { value: 1 })).toBe('1 day')
    expect(t('limit.days', { value: 3 })).toBe('3 days')
  })
  it('writes and says numbers, months and codes as it does', () => {
    inEnglish()
    expect(date({ year: 1958, month: 9, day: 2 }).text).toBe('2 September 1958')
    expect(money(1_250_000).text).toBe('1,250,000 dong')
    expect(money(8000).spoken?.map(({ said, lang }) => [said, lang])).toEqual([
      ['eight thousand', 'en'],
      [' dong', 'en'],
    ])
    expect(moneyInWords(21_000).text).toContain('twenty one thousand')
    expect(code('Đ7', false).spoken).toEqual([
      { said: 'd with a stroke seven', private: false, lang: 'en' },
    ])
  })
  it('leaves names in Vietnamese, for the Vietnamese voice', () => {
    inEnglish()
    const { spoken } = words('counter.name', { counter: 'Nguyễn' })
    expect(spoken?.at(-1)).toEqual({ said: 'Nguyễn', private: true })
  })
})

describe('a language that is only spoken', () => {
  it('keeps the Vietnamese texts', () => {
    standIn({ tag: 'sti', texts: new Map() })
    expect(language().tag).toBe('sti')
    expect(t('frame.continue')).toBe('Tiếp tục')
    expect(date({ year: 1958, month: 4, day: 2 }).text).toBe('Ngày 2 tháng 4 năm 1958')
  })
})

it('a page that goes back to Vietnamese says what it said before', () => {
  const before = t('frame.continue')
  inEnglish()
  standIn(null)
  expect(t('frame.continue')).toBe(before)
})
