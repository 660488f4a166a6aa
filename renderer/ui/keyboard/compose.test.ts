import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendLetter,
  applyTone,
  removeLast,
  removeTone,
  startsWord,
  tones,
  type Tone,
} from './compose.ts'

const toneKeys: Readonly<Record<string, Tone>> = {
  '´': 'acute',
  '`': 'grave',
  '?': 'hook',
  '~': 'tilde',
  '.': 'dot',
}

/** Presses keys one after the other; tones are written as in `toneKeys`. */
function type(keys: string): string {
  let text = ''
  for (const key of keys) {
    const tone = toneKeys[key]
    text = tone === undefined ? appendLetter(text, key) : applyTone(text, tone)
  }
  return text
}

describe('the tone stands where official papers put it', () => {
  it.each([
    ['hoa`', 'hòa'],
    ['khoe?', 'khỏe'],
    ['thuy?', 'thủy'],
    ['cua?', 'của'],
    ['mua`', 'mùa'],
    ['quy´', 'quý'],
    ['qua?', 'quả'],
    ['quôc´', 'quốc'],
    ['giư~', 'giữ'],
    ['gia´', 'giá'],
    ['gi`', 'gì'],
    ['gin`', 'gìn'],
    ['giêng´', 'giếng'],
    ['nguyên~', 'nguyễn'],
    ['khuya?', 'khuỷa'],
    ['toan`', 'toàn'],
    ['huê.', 'huệ'],
    ['tuê.', 'tuệ'],
    ['ngươi`', 'người'],
    ['lươn.', 'lượn'],
    ['thuơ?', 'thuở'],
    ['mưa~', 'mữa'],
    ['ngoai`', 'ngoài'],
    ['khuyu?', 'khuỷu'],
    ['huynh`', 'huỳnh'],
    ['đăng.', 'đặng'],
    ['yêu´', 'yếu'],
    ['ân?', 'ẩn'],
  ])('%s gives %s', (keys, word) => {
    expect(type(keys)).toBe(word.normalize('NFC'))
  })

  it('stays right when the tone is typed before the syllable is finished', () => {
    expect(type('hoa`n')).toBe('hoàn')
    expect(type('thu?y')).toBe('thủy')
    expect(type('gi`a')).toBe('già')
    expect(type('cu?a')).toBe('của')
    expect(type('ngu~yên')).toBe('nguyễn')
  })

  it('keeps capitals, and touches only the last syllable', () => {
    expect(type('Lê Mâu~ Đơn')).toBe('Lê Mẫu Đơn')
    expect(type('NGUYÊN~')).toBe('NGUYỄN')
    expect(applyTone('Đắklăk', 'acute')).toBe('Đắklắk')
  })

  it('replaces one tone by another, and takes it off', () => {
    expect(type('hoa`´')).toBe('hóa')
    expect(removeTone('toàn')).toBe('toan')
    expect(removeTone('nguyễn')).toBe('nguyên')
  })

  it('leaves text without a vowel at its end alone', () => {
    expect(applyTone('', 'acute')).toBe('')
    expect(applyTone('Lê ', 'acute')).toBe('Lê ')
    expect(applyTone("K'", 'dot')).toBe("K'")
    expect(applyTone('kr', 'dot')).toBe('kr')
  })

  it('writes names of the highland peoples', () => {
    expect(type("K'Wik´")).toBe("K'Wík")
    expect(appendLetter('H’J', 'ŭ')).toBe('H’Jŭ')
    expect(removeLast('Ksŏ\u0301')).toBe('Ks')
  })
})

describe('the last letter', () => {
  it('goes with all its marks', () => {
    expect(removeLast('ngữ')).toBe('ng')
    expect(removeLast('')).toBe('')
  })
})

describe('a capital is due', () => {
  it('at the start, after a space and after an apostrophe', () => {
    expect(['', 'Lê ', 'K’', "H'"].map(startsWord)).toEqual([true, true, true, true])
    expect(['L', 'Lê'].map(startsWord)).toEqual([false, false])
  })
})

describe('for any sequence of keys', () => {
  const letter = fc.constantFrom(...'abcdeghiklmnopqrstuvxyăâđêôơưfjwzĕŏŭ’ ABĐƠ')
  const tone = fc.constantFrom<Tone>('acute', 'grave', 'hook', 'tilde', 'dot')
  const text = fc
    .array(fc.oneof(letter, tone), { maxLength: 24 })
    .map((keys) =>
      keys.reduce((done, key) => (key in tones ? press(done, key) : appendLetter(done, key)), ''),
    )
  function press(done: string, key: string): string {
    const found = Object.entries(toneKeys).find(([, name]) => name === key)
    return found === undefined ? done : applyTone(done, found[1])
  }
  const bare = (value: string) =>
    value
      .normalize('NFD')
      .replaceAll(/[\u0300\u0301\u0303\u0309\u0323]/gu, '')
      .normalize('NFC')

  it('the text is NFC', () => {
    fc.assert(fc.property(text, (value) => value === value.normalize('NFC')))
  })
  it('a tone changes nothing but tone marks', () => {
    fc.assert(fc.property(text, tone, (value, key) => bare(applyTone(value, key)) === bare(value)))
  })
  it('a tone pressed twice is a tone pressed once', () => {
    fc.assert(
      fc.property(text, tone, (value, key) => {
        const once = applyTone(value, key)
        return applyTone(once, key) === once
      }),
    )
  })
  it('a run of vowels carries one tone at most', () => {
    fc.assert(
      fc.property(text, tone, (value, key) => {
        const last = /[aeiouy\p{M}]+$/iu.exec(applyTone(value, key).normalize('NFD'))?.[0] ?? ''
        return (last.match(/[\u0300\u0301\u0303\u0309\u0323]/gu) ?? []).length <= 1
      }),
    )
  })
  it('removing the tone undoes it, for a text without tones', () => {
    fc.assert(
      fc.property(
        text,
        tone,
        (value, key) => removeTone(applyTone(bare(value), key)) === bare(value),
      ),
    )
  })
  it('an appended letter, once deleted, leaves the same letters', () => {
    fc.assert(
      fc.property(
        text,
        letter,
        (value, key) => bare(removeLast(appendLetter(value, key))) === bare(value),
      ),
    )
  })
})
