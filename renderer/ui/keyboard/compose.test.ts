import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deleteLetter,
  dropTone,
  moveCaret,
  putTone,
  startsWord,
  writeLetter,
  type Edit,
} from './compose.ts'
import type { Tone, Written } from './syllable.ts'

const toneKeys: Readonly<Record<string, Tone>> = {
  '´': 'acute',
  '`': 'grave',
  '?': 'hook',
  '~': 'tilde',
  '.': 'dot',
}
const controls: Readonly<Record<string, Edit>> = {
  '⌫': deleteLetter,
  '∅': dropTone,
  '←': moveCaret(-1),
  '→': moveCaret(1),
}

/** One key; tones are written as in `toneKeys`, what writes nothing as in `controls`. */
function edit(key: string): Edit {
  const tone = toneKeys[key]
  return tone === undefined ? (controls[key] ?? writeLetter(key)) : putTone(tone)
}

const press = (keys: readonly string[], from: Written = { before: '', after: '' }): Written =>
  keys.reduce((written, key) => edit(key)(written), from)

/** Presses keys one after the other; the caret of the start and of the outcome is a bar. */
function type(keys: string, start = '|'): string {
  const [before = '', after = ''] = start.split('|')
  const written = press([...keys], { before, after })
  return `${written.before}|${written.after}`
}

describe('the tone stands where official papers put it', () => {
  it.each([
    ['hoa`', 'hòa'],
    ['khoe?', 'khỏe'],
    ['thuy?', 'thủy'],
    ['cua?', 'của'],
    ['quy´', 'quý'],
    ['quôc´', 'quốc'],
    ['giư~', 'giữ'],
    ['gia´', 'giá'],
    ['gin`', 'gìn'],
    ['giêng´', 'giếng'],
    ['nguyên~', 'nguyễn'],
    ['khuya?', 'khuỷa'],
    ['ngoăn`', 'ngoằn'],
    ['ngoeo`', 'ngoèo'],
    ['huê.', 'huệ'],
    ['thuơ?', 'thuở'],
    ['khuyu?', 'khuỷu'],
    ['huynh`', 'huỳnh'],
    ['yêu´', 'yếu'],
  ])('%s gives %s', (keys, word) => {
    expect(type(keys)).toBe(`${word}|`)
  })

  it('keeps capitals, and touches only the last syllable', () => {
    expect(type('Lê Mâu~ Đơn')).toBe('Lê Mẫu Đơn|')
    expect(type('NGUYÊN~')).toBe('NGUYỄN|')
    expect(type('´', 'Đắklăk|')).toBe('Đắklắk|')
  })

  it('leaves text without a vowel at the caret alone', () => {
    expect(type('´')).toBe('|')
    expect(type('´', 'Lê |')).toBe('Lê |')
    expect(type('.', "K'|")).toBe("K'|")
    expect(type('.', 'kr|')).toBe('kr|')
  })

  it('writes names of the highland peoples', () => {
    expect(type('K’Wik')).toBe('K’Wik|')
    expect(type('H’Jư~a')).toBe('H’Jữa|')
    expect(type('ŭ', 'Ay|n')).toBe('Ayŭ|n')
    expect(type('⌫', 'Ksŏ\u0302|')).toBe('Ks|')
  })

  it.each(['ê\u0306', 'ô\u0306', 'ơ\u0306', 'Ê\u0306', 'Ô\u0306', 'Ơ\u0306'])(
    'takes %s, a letter with a breve over it, as one letter',
    (letter) => {
      const written = writeLetter(letter)({ before: 'H', after: 'č' })
      expect(written).toEqual({ before: `H${letter}`, after: 'č' })
      expect(written.before.normalize('NFC')).toBe(written.before)
      expect(moveCaret(-1)(written)).toEqual({ before: 'H', after: `${letter}č` })
      expect(deleteLetter(written)).toEqual({ before: 'H', after: 'č' })
      expect(dropTone(putTone('acute')(written))).toEqual(written)
    },
  )
})

describe('in the middle of a word', () => {
  it('a tone key works on the syllable at the caret', () => {
    expect(type('`', 'ho|an')).toBe('ho|àn')
    expect(type('~', 'Ngu|yên Văn')).toBe('Ngu|yễn Văn')
    expect(type('~', '|Nguyên')).toBe('|Nguyễn')
    expect(type('∅', 'Ngu|yễn')).toBe('Ngu|yên')
  })
  it('a letter that comes in between moves the tone', () => {
    expect(type('n', 'hòa|')).toBe('hoàn|')
    expect(type('o', 'h|àn')).toBe('ho|àn')
    expect(type('u', 'ng|ỳ')).toBe('ngù|y')
  })
  it('a deleted letter takes its marks along, and the tone that stays finds its place', () => {
    expect(type('⌫', 'ngữ|')).toBe('ng|')
    expect(type('⌫', 'hoàn|')).toBe('hòa|')
    expect(type('⌫', 'Nguyễ|n')).toBe('Nguy|n')
    expect(type('⌫', '|hoàn')).toBe('|hoàn')
  })
  it('the caret steps over a letter with all its marks, and stops at the ends', () => {
    expect(type('←', 'K’Sŏ\u0302|')).toBe('K’S|ŏ\u0302')
    expect(type('←←→', 'ữa|')).toBe('ữ|a')
    expect(type('←', '|a')).toBe('|a')
    expect(type('→', 'a|')).toBe('a|')
  })
})

describe('a capital is due', () => {
  it('at the start, after a space, an apostrophe and a hyphen', () => {
    expect(['', 'Lê ', 'K’', "H'", 'Y-'].every(startsWord)).toBe(true)
  })
  it('not inside a word', () => {
    expect(['L', 'Lê', 'K’W'].some(startsWord)).toBe(false)
  })
})

describe('for any sequence of keys', () => {
  const letter = fc.constantFrom(...'abcdeghiklmnopqrstuvxyăâđêôơưfjwzĕŏŭƀčñ’- ABĐƠĔƀ19')
  const tone = fc.constantFrom(...Object.keys(toneKeys))
  const key = fc.oneof(letter, tone, fc.constantFrom(...Object.keys(controls)))
  const text = fc.array(key, { maxLength: 24 }).map((keys) => press(keys))
  const bare = ({ before, after }: Written) =>
    (before + after)
      .normalize('NFD')
      .replaceAll(/[\u0300\u0301\u0303\u0309\u0323]/gu, '')
      .normalize('NFC')

  it('the text is NFC', () => {
    fc.assert(
      fc.property(
        text,
        ({ before, after }) => before + after === (before + after).normalize('NFC'),
      ),
    )
  })
  it('a tone changes nothing but tone marks, and pressed twice is pressed once', () => {
    fc.assert(
      fc.property(text, tone, (written, name) => {
        const once = edit(name)(written)
        expect(bare(once)).toBe(bare(written))
        expect(edit(name)(once)).toEqual(once)
      }),
    )
  })
  it('a run of vowels carries one tone at most', () => {
    fc.assert(
      fc.property(text, tone, (written, name) => {
        const { before, after } = edit(name)(written)
        const runs = (before + after).normalize('NFD').match(/([aeiouy]\p{M}*)+/giu) ?? []
        const most = Math.max(
          0,
          ...runs.map((run) => (run.match(/[\u0300\u0301\u0303\u0309\u0323]/gu) ?? []).length),
        )
        expect(most).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('as many deletions as there are letters leave nothing', () => {
    fc.assert(
      fc.property(text, ({ before, after }) => {
        const whole = before + after
        const deletions = [...whole].map(() => '⌫')
        expect(press(deletions, { before: whole, after: '' })).toEqual({ before: '', after: '' })
      }),
    )
  })
  it('an appended letter, once deleted, leaves the same letters', () => {
    fc.assert(
      fc.property(
        text,
        letter,
        (written, typed) => bare(press([typed, '⌫'], written)) === bare(written),
      ),
    )
  })
})
