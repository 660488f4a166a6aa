import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { type ReceiptInput, receiptDocument } from './official.ts'
import { editionOn, openOfficialTexts } from './official-texts.ts'
import { pagePdf } from './page-pdf.ts'

const fontsDir = fileURLToPath(new URL('../../resources/fonts', import.meta.url))
const shipped = fileURLToPath(
  new URL('../../resources/papers/official-texts.json', import.meta.url),
)
const texts = editionOn(await openOfficialTexts({ shipped, own: '' }, () => {}), '2026-11-24')
const receiptPdf = (what: ReceiptInput, fonts: string) =>
  pagePdf(
    receiptDocument(what, texts),
    { size: 'A5', title: texts.receipt.title, atMs: what.receivedAtMs },
    fonts,
  )

const input: ReceiptInput = {
  commune: 'Xã Thử',
  province: 'Tỉnh Mẫu',
  dossierCode: 'H19.140-20261124-0000027',
  receivedAtMs: Date.UTC(2026, 10, 24, 3, 5),
  applicantName: 'Nguyễn Thị Ví Dụ',
  address: 'Ấp Mẫu, Xã Thử, Tỉnh Mẫu',
  phone: '0900 000 000',
  procedureName: 'Xác nhận tình trạng hôn nhân',
  components: ['Tờ khai', 'Trích lục ly hôn (bản sao)'],
  limit: '3 ngày làm việc',
  due: '10 giờ 05 phút, ngày 27 tháng 11 năm 2026',
  resultPlace: 'Trung tâm Phục vụ hành chính công Xã Thử, quầy 2',
}

async function make(changed: Partial<ReceiptInput> = {}): Promise<Uint8Array> {
  const made = await receiptPdf({ ...input, ...changed }, fontsDir)
  if (!made.ok) throw new Error(made.error)
  return made.value
}

/** What another program reads in the file; lines and columns count as spaces. */
function read(pdf: Uint8Array, tool: 'pdftotext' | 'pdffonts', ...flags: string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.pdf')
  writeFileSync(file, pdf)
  const target = tool === 'pdftotext' ? ['-'] : []
  return spawnSync(tool, [...flags, file, ...target], { encoding: 'utf8' }).stdout
}
const words = (text: string) => text.replaceAll(/\s+/g, ' ')

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined

describe('the receipt', () => {
  it('is one A5 page for an ordinary dossier, in Vietnamese, with no person in its metadata', async () => {
    const pdf = await PDFDocument.load(await make(), { updateMetadata: false })
    expect(pdf.getPageCount()).toBe(1)
    const { width, height } = pdf.getPage(0).getSize()
    expect([Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual([148, 210])
    expect(pdf.getTitle()).toBe('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ')
    expect(pdf.getAuthor()).toBeUndefined()
    expect(pdf.getCreationDate()).toEqual(new Date(input.receivedAtMs))
  })

  it('says so when the fonts are missing or a letter is', async () => {
    expect(await receiptPdf(input, join(tmpdir(), 'no-such-folder'))).toEqual({
      ok: false,
      error: 'fonts',
    })
    expect(await receiptPdf({ ...input, applicantName: 'ខ្មែរ' }, fontsDir)).toEqual({
      ok: false,
      error: 'letters',
    })
  })

  it('goes on to a second page and numbers both', async () => {
    const pdf = await PDFDocument.load(
      await make({ components: Array.from({ length: 40 }, (_, index) => `Giấy tờ ${index}`) }),
    )
    expect(pdf.getPageCount()).toBe(2)
  })
})

describe.skipIf(!hasPoppler && !process.env['CI'])('the receipt as pdftotext reads it', () => {
  it('gives back every string exactly', async () => {
    const text = words(read(await make(), 'pdftotext'))
    for (const expected of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
      'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
      'Mã hồ sơ: H19.140-20261124-0000027',
      'Xã Thử, ngày 24 tháng 11 năm 2026',
      'Tiếp nhận hồ sơ của: Nguyễn Thị Ví Dụ',
      'Địa chỉ: Ấp Mẫu, Xã Thử, Tỉnh Mẫu',
      'Số điện thoại: 0900 000 000',
      'Nội dung yêu cầu giải quyết: Xác nhận tình trạng hôn nhân',
      '1) Tờ khai 2) Trích lục ly hôn (bản sao)',
      '3. Thời gian giải quyết hồ sơ theo quy định là: 3 ngày làm việc',
      '4. Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 24 tháng 11 năm 2026',
      '5. Thời gian trả kết quả: 10 giờ 05 phút, ngày 27 tháng 11 năm 2026',
      '6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công Xã Thử, quầy 2',
      'NGƯỜI TIẾP NHẬN HỒ SƠ',
    ]) {
      expect(text).toContain(expected)
    }
  })

  it('keeps its lines whole in a reader that keeps the layout', async () => {
    const text = words(read(await make(), 'pdftotext', '-layout'))
    expect(text).toContain('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ')
    expect(text).toContain('Tiếp nhận hồ sơ của: Nguyễn Thị Ví Dụ')
  })

  it('promises no day that the portal has not set, and no phone that nobody gave', async () => {
    const text = words(read(await make({ due: null, phone: null, components: [] }), 'pdftotext'))
    expect(text).toContain('5. Thời gian trả kết quả: Cơ quan sẽ báo. 6.')
    expect(text).toContain('Không có giấy tờ nộp kèm.')
    expect(text).not.toContain('Số điện thoại')
  })

  const lower = 'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ'
  it.each<[string, string]>([
    ['every Vietnamese letter', lower.replaceAll(/(.{10})/gu, '$1 ')],
    ['every Vietnamese capital', lower.toUpperCase().replaceAll(/(.{10})/gu, '$1 ')],
    ['letters of the highlands', 'Y Ƀlŏk ĕĭŭ Kčok ñ ƀ'],
    ['a breve over a marked letter', 'Siu Hơ̆'],
    ['letters that fonts join', 'fi fl ffi office Affan tt'],
    ['a decomposed name', 'Đặng Thị Ánh Nguyệt'.normalize('NFD')],
    ['figures and signs', '1/2 (b) "c" – 50.000 đồng; a+b=c 100 % & §'],
    [
      'a long text over many lines',
      'Bản sao có chứng thực giấy tờ chứng minh quan hệ giữa người nộp và người được khai, '.repeat(
        12,
      ),
    ],
  ])('gives back %s', async (_name, value) => {
    const text = words(read(await make({ address: value }), 'pdftotext'))
    expect(text).toContain(words(`Địa chỉ: ${value.normalize('NFC')}`).trim())
  })

  it('carries its fonts with it, as text and not as pictures', async () => {
    const fonts = read(await make(), 'pdffonts')
      .trim()
      .split('\n')
      .slice(2)
    expect(fonts).toHaveLength(3)
    for (const font of fonts) expect(font).toMatch(/BeVietnamPro.*Identity-H +yes \w+ +yes/)
  })

  it('stays small', async () => {
    expect((await make()).length).toBeLessThan(60_000)
  })
})
