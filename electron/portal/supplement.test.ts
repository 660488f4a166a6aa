import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fontkit from '@pdf-lib/fontkit'
import fc from 'fast-check'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { PORTAL_LIMITS, supplementSchema } from './contract.ts'
import { readSupplement } from './supplement.ts'

const request = {
  requestedAt: '2026-11-23T09:00:00+07:00',
  due: '2026-11-30',
  items: ['Bản sao trích lục ly hôn', 'Tờ khai viết lại cho rõ'],
}

describe('a request for a supplement', () => {
  it('that keeps the contract is read as it is', () => {
    expect(readSupplement(supplementSchema.parse(request))).toEqual({ ...request, cut: false })
  })

  it('without a day has none', () => {
    const { due: _due, ...open } = request
    expect(readSupplement(open)).toEqual({ ...request, due: null, cut: false })
  })

  it.each([
    ['markup', 'Bản sao <b>trích lục</b>', 'Bản sao btrích lục/b'],
    ['lines and tabs', 'Bản sao\r\n\ttrích lục', 'Bản sao trích lục'],
    ['control characters', 'Bản\u0007 sao\u001b[2J', 'Bản sao[2J'],
    ['text that runs backwards', 'Bản \u202esao\u202c', 'Bản sao'],
    ['letters in pieces', 'Bản sao'.normalize('NFD'), 'Bản sao'],
    ['half a pair', 'Bản sao \ud83d', 'Bản sao'],
    ['a picture', '👉 Bản sao', 'Bản sao'],
  ])('loses %s', (_what, item, text) => {
    expect(readSupplement({ ...request, items: [item] })).toMatchObject({
      items: [text],
      cut: false,
    })
  })

  it.each([
    ['another script', ['Bản sao', '出生证明']],
    ['no text', ['Bản sao', { text: 'Bản sao' }]],
    ['nothing', ['Bản sao', '  \u200b ']],
  ])('leaves out an item of %s, and says that there is more', (_what, items) => {
    expect(readSupplement({ ...request, items })).toMatchObject({ items: ['Bản sao'], cut: true })
  })

  it('of 500 items is cut to what the contract allows', () => {
    const items = Array.from({ length: 500 }, (_, index) => `Giấy tờ ${index + 1}`)
    const read = readSupplement({ ...request, items })
    expect(read.items).toEqual(items.slice(0, PORTAL_LIMITS.SUPPLEMENT_ITEMS_MAX))
    expect(read.cut).toBe(true)
  })

  it('with an item of 1 MB shows the beginning of it', () => {
    const read = readSupplement({ ...request, items: ['Bản sao '.repeat(131_072)] })
    expect(read.items[0]).toMatch(/^Bản sao Bản sao .*…$/)
    expect(read.items[0]?.length).toBeLessThanOrEqual(PORTAL_LIMITS.SUPPLEMENT_ITEM_MAX_CHARS)
    expect(read.cut).toBe(true)
  })

  it('that is none says that something is asked for, and nothing else', () => {
    for (const rubbish of [null, 7, 'x', [], {}, { items: 'x' }, { requestedAt: 'soon' }]) {
      expect(readSupplement(rubbish)).toEqual({
        requestedAt: null,
        due: null,
        items: [],
        cut: true,
      })
    }
  })

  it('is, whatever came, a few short lines that the fonts can draw', async () => {
    const pdf = await PDFDocument.create()
    pdf.registerFontkit(fontkit)
    const file = new URL('../../resources/fonts/BeVietnamPro-Regular.ttf', import.meta.url)
    const font = await pdf.embedFont(await readFile(fileURLToPath(file)))
    const drawn = new Set(font.getCharacterSet())
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    const vietnamese = fc.constantFrom(...request.items)
    const item = fc.oneof(
      text,
      vietnamese,
      fc.tuple(vietnamese, text).map((each) => each.join('')),
    )
    const items = fc.oneof(fc.array(fc.oneof(item, fc.anything())), fc.anything())
    const any = fc.oneof(fc.anything(), fc.record({ requestedAt: text, due: text, items }))
    fc.assert(
      fc.property(any, (given) => {
        const read = readSupplement(given)
        expect(read.items.length).toBeLessThanOrEqual(PORTAL_LIMITS.SUPPLEMENT_ITEMS_MAX)
        expect(read.items.length > 0 || read.cut).toBe(true)
        for (const line of read.items) {
          expect(line).toMatch(/^[^\p{C}<>]+$/u)
          expect(line.length).toBeLessThanOrEqual(PORTAL_LIMITS.SUPPLEMENT_ITEM_MAX_CHARS)
          const missing = [...line].filter((letter) => !drawn.has(letter.codePointAt(0) ?? 0))
          expect(missing).toEqual([])
        }
      }),
    )
  })
})
