import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { unreachable } from '../../shared/domain/result.ts'
import { ocr, share } from '../../test/fixtures/ocr.ts'
import { qrOf } from '../../test/fixtures/slip-qr.ts'
import { openCanvas } from './canvas.ts'
import { type Document, slipDocument, ticketDocument } from './document.ts'
import { createEscPosDecoder } from './escpos-decoder.ts'
import { encodeJob } from './escpos.ts'
import { layOut } from './layout.ts'
import { receiptDocument, supplementDocument } from './official.ts'
import { editionOn, openOfficialTexts } from './official-texts.ts'
import { layOutPages } from './page-layout.ts'
import { pagePdf } from './page-pdf.ts'
import { encodePng } from './png.ts'
import { stack } from './raster.ts'
import { procedureSheetDocument, testPageDocument } from './sheets.ts'

/** What comes out on paper, read by programs that nobody here wrote. */

const resource = (path: string) =>
  fileURLToPath(new URL(`../../resources/${path}`, import.meta.url))
const fontsDir = resource('fonts')
const shipped = resource('papers/official-texts.json')
const texts = editionOn(await openOfficialTexts({ shipped, own: '' }, () => {}), '2026-11-24')
const dir = mkdtempSync(join(tmpdir(), 'read-back-'))

const programs = {
  tesseract: 'tesseract-ocr tesseract-ocr-vie',
  zbarimg: 'zbar-tools',
  pdftoppm: 'poppler-utils',
}
const missing = Object.entries(programs).filter(
  ([program]) => spawnSync(program, ['--version']).error !== undefined,
)
const needs =
  missing.length === 0 || process.env['CI']
    ? ''
    : ` (needs ${missing.map(([program]) => program).join(', ')}: apt-get install ${missing.map(([, name]) => name).join(' ')})`

const place = { commune: 'Xã Thử', province: 'Tỉnh Mẫu' }
const atMs = Date.UTC(2026, 10, 24, 3, 5)
const slip = slipDocument({
  ...place,
  kioskId: 'K01',
  clientRef: '01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b',
  reference: 'KM4TR7HC',
  procedureName: 'Xác nhận tình trạng hôn nhân',
  maskedNumber: '083*****0000',
  receivedAtMs: atMs,
  ticket: { number: 'A027', counter: '2' },
  handIn: [],
  due: { state: 'officer' },
  next: null,
  reprint: false,
})
const ticket = ticketDocument({
  ...place,
  kioskId: 'K01',
  number: 'A027',
  counter: '2',
  issuedAtMs: atMs,
  reprint: true,
})
const person = {
  dossierCode: 'H19.140-20261124-0000027',
  applicantName: 'Nguyễn Thị Ví Dụ',
  address: 'Ấp Mẫu, Xã Thử, Tỉnh Mẫu',
  phone: '0900 000 000',
  procedureName: 'Xác nhận tình trạng hôn nhân',
}
const receipt = receiptDocument(
  {
    ...place,
    ...person,
    receivedAtMs: atMs,
    components: ['Tờ khai', 'Trích lục ly hôn (bản sao)'],
    limit: '3 ngày làm việc',
    due: null,
    resultPlace: 'Quầy 2',
  },
  texts,
)
const supplement = supplementDocument(
  {
    ...place,
    dossierCode: person.dossierCode,
    procedureName: person.procedureName,
    askedAtMs: atMs,
    asked: ['Bản sao trích lục ly hôn', 'Giấy tờ chứng minh nơi cư trú trước đây'],
    more: true,
    due: { year: 2026, month: 11, day: 30 },
    contact: 'Quầy 2, Trung tâm Phục vụ hành chính công',
  },
  texts,
)
const sheet = procedureSheetDocument({
  ...place,
  procedureCode: '1.004873',
  procedureName: 'Cấp giấy xác nhận tình trạng hôn nhân',
  components: ['Thẻ căn cước', 'Trích lục ly hôn (nếu đã ly hôn)'],
  fee: 'theo mức của tỉnh, hỏi cán bộ ở quầy',
  limit: '3 ngày làm việc',
  result: 'Giấy xác nhận tình trạng hôn nhân',
  place: 'Quầy 2',
})
const testPage = testPageDocument({ ...place, kioskId: 'K01', atMs })

/** Everything that can be read on the paper, but for the queue number, which no OCR is made for. */
const phrases = (document: Document): string[] =>
  document.flatMap((block) => {
    switch (block.kind) {
      case 'pair':
      case 'field':
        return [block.label, block.value]
      case 'columns':
        return [...block.left, ...block.right].map(({ text }) => text)
      case 'text':
      case 'heading':
      case 'step':
      case 'notice':
        return [block.text]
      case 'code':
      case 'qr':
      case 'gap':
      case 'rule':
      case 'ruler':
        return []
      default:
        return unreachable(block)
    }
  })

/** The roll as the printer's head burns it: through the bytes on the line. */
async function onRoll(name: string, document: Document, width: 576 | 384): Promise<string> {
  const canvas = await openCanvas(fontsDir)
  if (!canvas.ok) throw new Error(canvas.error)
  const job = encodeJob(canvas.value.draw(layOut(document, width, canvas.value.measure)))
  const bands = createEscPosDecoder()
    .push(job)
    .flatMap((command) => (command.kind === 'band' ? [command.raster] : []))
  const raster = stack(bands)
  if (raster === null) throw new Error('nothing was printed')
  const file = join(dir, `${name}-${width}.png`)
  writeFileSync(file, encodePng(raster))
  return file
}

async function onPage(name: string, document: Document): Promise<string> {
  const pdf = await pagePdf(document, { size: 'A5', title: name, atMs }, fontsDir)
  if (!pdf.ok) throw new Error(pdf.error)
  writeFileSync(join(dir, `${name}.pdf`), pdf.value)
  execFileSync('pdftoppm', ['-r', '200', '-png', '-singlefile', `${name}.pdf`, name], { cwd: dir })
  return join(dir, `${name}.png`)
}

describe.skipIf(needs !== '')(`paper, read back${needs}`, () => {
  it.each<[string, Document, 576 | 384]>([
    ['slip', slip, 576],
    ['slip', slip, 384],
    ['ticket', ticket, 576],
    ['ticket', ticket, 384],
    ['procedure-sheet', sheet, 576],
    ['test-page', testPage, 576],
  ])('gives back the words of the %s on a roll', async (name, document, width) => {
    // The rows of letters on the test page are no words, which OCR leans on.
    const words = phrases(document).filter((phrase) => !/[0-9]{9}|[fF][gG] /u.test(phrase))
    expect(share(words, await ocr(await onRoll(name, document, width)))).toBeGreaterThan(0.9)
  })

  it.each<[string, Document]>([
    ['slip', slip],
    ['ticket', ticket],
    ['test-page', testPage],
    ['procedure-sheet', sheet],
  ])('gives back the code of the %s', async (name, document) => {
    const [payload] = document.flatMap((block) => (block.kind === 'qr' ? [block.payload] : []))
    expect(await qrOf(await onRoll(name, document, 576))).toContain(payload)
    expect(await qrOf(await onRoll(name, document, 384))).toContain(payload)
  })

  it.each<[string, Document]>([
    ['receipt', receipt],
    ['supplement', supplement],
    ['procedure-sheet', sheet],
  ])('gives back the words of the %s on a page', async (name, document) => {
    // Dots are room for a pen.
    const words = phrases(document).filter((phrase) => !/^\.+$/.test(phrase))
    expect(share(words, await ocr(await onPage(name, document)))).toBeGreaterThan(0.9)
  })

  it('gives back the words of a receipt that goes over as a picture', async () => {
    const canvas = await openCanvas(fontsDir)
    if (!canvas.ok) throw new Error(canvas.error)
    const [page] = layOutPages(receipt, 'A5', canvas.value.measure)
    if (page === undefined) throw new Error('no page')
    const file = join(dir, 'receipt.jpg')
    writeFileSync(file, canvas.value.picture(page, 300 / 72))
    expect(share(phrases(receipt), await ocr(file))).toBeGreaterThan(0.9)
  })
})
