import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpokenPart } from '../domain/phrase.ts'
import { clipText, forRoute, stepsOf } from './clips.ts'
import { namesOfLetters } from './letters.ts'
import { pronounced } from './pronounce.ts'

const clips = (text: string, known: readonly string[]) => {
  const has = new Set(known)
  return stepsOf(text, [{ lang: 'vi', has: (one) => has.has(one) }], 'vi').map((step) =>
    step.kind === 'clip' ? step.text : '·',
  )
}

describe('the text of a clip', () => {
  it('is the same for texts that sound the same', () => {
    expect(clipText('Gọi người \ngiúp')).toBe('gọi người, giúp')
    expect(clipText('“Tiếp tục”.')).toBe(clipText('Tiếp tục'))
    expect(clipText('Bước hai trên 5:')).toBe('bước hai trên 5')
  })
  it('keeps a question apart from a statement', () => {
    expect(clipText('Đúng không?')).not.toBe(clipText('Đúng không.'))
  })
  it('does not change when it is made again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(clipText(clipText(text))).toBe(clipText(text))
      }),
    )
  })
})

describe('what is played for a text', () => {
  it('is its own clip where there is one', () => {
    expect(clips('Tiếp tục', ['tiếp tục', 'tiếp', 'tục'])).toEqual(['tiếp tục'])
  })
  it('is else put together from the longest runs that have one', () => {
    const known = ['phường', 'ba đình', 'ba', 'đình', 'hà', 'nội']
    expect(clips('Phường Ba Đình, Hà Nội.', known)).toEqual(['phường', 'ba đình', '·', 'hà', 'nội'])
  })
  it('is a number in words', () => {
    const known = ['số', 'hai mươi tư', 'tám', 'nghìn', 'không', 'một']
    expect(clips('Số 24', known)).toEqual(['số', 'hai mươi tư'])
    expect(clips('8.000', known)).toEqual(['tám', 'nghìn'])
    expect(clips('01', known)).toEqual(['không', 'một'])
  })
  it('is spelled where a word has no clip', () => {
    expect(clips('Kpă', namesOfLetters)).toEqual(['ca', 'pê', 'ă'])
    expect(clips('Ƀlŏ', namesOfLetters)).toEqual(['bê gạch ngang', 'en lờ', 'o ngắn'])
    expect(clips('Ê\u0306č', namesOfLetters)).toEqual(['ê', 'ngắn', 'xê dấu mũ ngược'])
  })
  it('is nothing where nothing is said', () => {
    expect(clips('… – ', [])).toEqual([])
  })
  it('never asks for a clip that is not there', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.constantFrom('một', 'hai', 'ba', 'bê', 'xê', 'a')),
        (text, known) => {
          for (const one of clips(text, known)) expect([...known, '·']).toContain(one)
        },
      ),
    )
  })
})

describe('the machine voice reads', () => {
  it.each([
    ['Khai giá từ 8.000 đồng', 'Khai giá từ tám nghìn đồng'],
    ['mẫu CT01', 'mẫu xê tê không một'],
    ['máy A4', 'máy a bốn'],
    ['Mời ông/bà', 'Mời ông bà'],
    ['VNeID', 'vi en i ai đi'],
    ['BIDV (Đầu tư và Phát triển)', 'bê i dê vê Đầu tư và Phát triển'],
    ['MB (Quân đội)', 'em mờ bê Quân đội'],
    ['VPBank', 'vê pê banh'],
    ['mục 3.1', 'mục ba chấm một'],
    ['ngành 47110', 'ngành bốn bảy một một không'],
  ])('“%s” as “%s”', (written, said) => expect(pronounced(written)).toBe(said))
})

const parts = fc.array(
  fc.record({ said: fc.string({ minLength: 1 }), private: fc.boolean() }),
) satisfies fc.Arbitrary<SpokenPart[]>

describe('privacy', () => {
  it('lets nothing private onto the loudspeaker', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const heard = forRoute(all, 'speaker', { said: 'xem trên màn hình', private: false })
        expect(heard.every((part) => !part.private)).toBe(true)
        const open = all.filter((part) => !part.private).map(({ said }) => said)
        expect(
          heard.map(({ said }) => said).filter((said) => said !== 'xem trên màn hình'),
        ).toEqual(open.filter((said) => said !== 'xem trên màn hình'))
      }),
    )
  })
  it('gives all of it to the headset', () => {
    fc.assert(
      fc.property(parts, (all) => {
        expect(forRoute(all, 'headset', { said: '', private: false })).toEqual(all)
      }),
    )
  })
})
