import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Canvas, openCanvas } from './canvas.ts'
import { type Document, slipDocument, ticketDocument } from './document.ts'
import { layOut, PAPER, type PaperWidth } from './layout.ts'
import { encodePng } from './png.ts'
import { isBlack, type Raster, rowBytes, stack, threshold } from './raster.ts'

const fontsDir = fileURLToPath(new URL('../../resources/fonts', import.meta.url))
const widths: PaperWidth[] = [576, 384]

const place = { commune: 'XÃ ĐỂ ỄỞ', province: 'Tỉnh Mẫu', kioskId: 'K01', reprint: true }
const slip = slipDocument({
  ...place,
  clientRef: '01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b',
  reference: 'WWWWWWWW',
  procedureName:
    'Đăng ký lại khai sinh cho người đã có hồ sơ, giấy tờ cá nhân VÀ CHỈNH LÝ BIẾN ĐỘNG ẨM ỘP',
  handIn: [],
  due: { state: 'officer' },
  next: null,
  maskedNumber: '083*****0000',
  receivedAtMs: Date.UTC(2026, 10, 24, 3, 24),
  ticket: { number: 'A027', counter: '2' },
})
const ticket = ticketDocument({
  ...place,
  number: 'A027',
  counter: '2',
  issuedAtMs: Date.UTC(2026, 10, 24, 3, 24),
})

let canvas: Canvas
beforeAll(async () => {
  const opened = await openCanvas(fontsDir)
  if (!opened.ok) throw new Error(opened.error)
  canvas = opened.value
})
const draw = (document: Document, width: PaperWidth) =>
  canvas.draw(layOut(document, width, canvas.measure))

/** First and last row with ink, first and last dot with ink. */
function inkBounds(raster: Raster) {
  let [top, bottom, left, right] = [Infinity, -1, Infinity, -1]
  for (let y = 0; y < raster.height; y += 1) {
    for (let x = 0; x < raster.width; x += 1) {
      if (!isBlack(raster, x, y)) continue
      top = Math.min(top, y)
      bottom = y
      left = Math.min(left, x)
      right = Math.max(right, x)
    }
  }
  return { top, bottom, left, right }
}

describe.each(widths)('paper of %d dots', (width) => {
  it.each([
    ['slip', slip],
    ['ticket', ticket],
  ])('keeps all ink of the %s inside the margins', (_name, document) => {
    const raster = draw(document, width)
    const ink = inkBounds(raster)
    expect(raster.width).toBe(width)
    expect(ink.left).toBeGreaterThanOrEqual(4)
    expect(ink.right).toBeLessThan(width - 4)
    expect(ink.top).toBeGreaterThan(0)
    expect(ink.bottom).toBeLessThan(raster.height - 1)
  })

  it('has no text below ten points', () => {
    const sizes = layOut(slip, width, canvas.measure).marks.flatMap((mark) =>
      mark.kind === 'text' ? [mark.font.dots] : [],
    )
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10 * PAPER.DOTS_PER_PT)
  })

  it('gives stacked marks and tails their room: no line touches the next', () => {
    const letters = 'ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲÝỶỸỴĐ gợyụpqỵ'
    for (const weight of ['regular', 'semibold', 'bold'] as const) {
      for (const size of ['small', 'body', 'lead', 'title'] as const) {
        const text: Document = [{ kind: 'text', text: `${letters} ${letters}`, size, weight }]
        const { marks } = layOut(text, width, canvas.measure)
        let floor = 0
        for (const mark of marks) {
          if (mark.kind !== 'text') continue
          const ink = canvas.measure(mark.text, mark.font)
          expect(mark.baseline - ink.ascent).toBeGreaterThanOrEqual(floor)
          floor = mark.baseline + ink.descent
        }
        expect(marks.length).toBeGreaterThan(1)
      }
    }
  })

  it('has a form of its own for every letter of the highlands', () => {
    const of = (text: string) => {
      const drawn = draw([{ kind: 'text', text, size: 'body', weight: 'regular' }], width)
      return Buffer.from(drawn.bits).toString('base64')
    }
    const letters = [...'ĕĭŏŭƀčñĔĬŎŬɃČÑ', 'ê̆', 'ô̆', 'ơ̆', 'Ê̆', 'Ô̆', 'Ơ̆']
    const plain = [...'eioubcnêôơ', '\u{e000}']
    expect(new Set([...letters, ...plain].map(of)).size).toBe(letters.length + plain.length)
  })

  it('draws decomposed text as it draws composed text', () => {
    const words = 'Nguyễn Thị Ví Dụ, Ấp Mẫu'
    const of = (text: string) =>
      draw([{ kind: 'text', text, size: 'body', weight: 'regular' }], width)
    expect(of(words.normalize('NFD'))).toEqual(of(words))
  })

  const canReadQr = spawnSync('zbarimg', ['--version']).error === undefined
  it.skipIf(!canReadQr && !process.env['CI'])('prints a QR that zbarimg reads', () => {
    const dir = mkdtempSync(join(tmpdir(), 'paper-'))
    const read = (document: Document) => {
      const file = join(dir, 'sheet.png')
      writeFileSync(file, encodePng(draw(document, width)))
      return spawnSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8' }).stdout.trim()
    }
    expect(read(slip)).toBe('MCK:S:01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b')
    expect(read(ticket)).toBe('MCK:T:K01:20261124:A027')
  })
})

describe('pictures', () => {
  const raster = fc
    .record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 20 }) })
    .chain(({ width, height }) =>
      fc
        .array(fc.boolean(), { minLength: width * height, maxLength: width * height })
        .map((dots): Raster => {
          const bits = new Uint8Array(rowBytes(width) * height)
          for (const [at, dot] of dots.entries()) {
            const byte = Math.floor(at / width) * rowBytes(width) + ((at % width) >> 3)
            if (dot) bits[byte] = (bits[byte] ?? 0) | (0x80 >> ((at % width) & 7))
          }
          return { width, height, bits }
        }),
    )

  it('come back dot for dot from their PNG', async () => {
    await fc.assert(
      fc.asyncProperty(raster, async (picture) => {
        const image = await loadImage(Buffer.from(encodePng(picture)))
        const context = createCanvas(image.width, image.height).getContext('2d')
        context.drawImage(image, 0, 0)
        expect(threshold(context.getImageData(0, 0, image.width, image.height))).toEqual(picture)
      }),
      { numRuns: 40 },
    )
  })

  it('stand under each other when stacked, narrow beside wide', () => {
    const dot: Raster = { width: 1, height: 1, bits: Uint8Array.of(0x80) }
    const bar: Raster = { width: 16, height: 2, bits: Uint8Array.of(0xff, 0xff, 0x00, 0x01) }
    expect(stack([dot, bar])).toEqual({
      width: 16,
      height: 3,
      bits: Uint8Array.of(0x80, 0, 0xff, 0xff, 0, 1),
    })
    expect(stack([])).toBeNull()
  })
})

it('says so when the fonts are not there', async () => {
  expect(await openCanvas(join(tmpdir(), 'no-such-folder'))).toEqual({ ok: false, error: 'fonts' })
})
