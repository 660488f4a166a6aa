import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadImage } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { field, missingCupsRaster, readWithCups } from '../../test/fixtures/cups-raster.ts'
import { createPrinter, type Printer, tcpTransport } from '../devices/printers/index.ts'
import { systemTimers } from '../timers.ts'
import { createTrainingPrinter, type TrainingPrinter } from '../training/printer.ts'
import {
  createPrinting,
  editionOn,
  openOfficialTexts,
  type SlipInput,
  type TicketInput,
} from './index.ts'

const fontsDir = fileURLToPath(new URL('../../resources/fonts', import.meta.url))
const shipped = fileURLToPath(
  new URL('../../resources/papers/official-texts.json', import.meta.url),
)
const editions = await openOfficialTexts({ shipped, own: '' }, () => {})
const texts = () => editionOn(editions, '2026-11-24')
const place = { commune: 'Xã Thử', province: 'Tỉnh Mẫu', kioskId: 'K01', reprint: false }
const slip: SlipInput = {
  ...place,
  clientRef: '01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b',
  reference: 'KM4TR7HC',
  procedureName: 'Xác nhận tình trạng hôn nhân',
  handIn: [],
  due: { state: 'officer' },
  next: null,
  maskedNumber: null,
  receivedAtMs: Date.UTC(2026, 10, 24, 3, 24),
  ticket: null,
}
const ticket: TicketInput = {
  ...place,
  number: 'A027',
  counter: '2',
  issuedAtMs: Date.UTC(2026, 10, 24, 3, 24),
}

let dir: string
let world: TrainingPrinter
let printer: Printer
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'printing-'))
  world = await createTrainingPrinter({ dir, port: 0 })
  printer = createPrinter({
    transport: tcpTransport({ host: '127.0.0.1', port: world.port }),
    timers: systemTimers,
    log: () => {},
  })
})
afterEach(async () => {
  await printer.close()
  await world.close()
})

it.each([576, 384] as const)('brings out slip and ticket on paper of %d dots', async (width) => {
  const printing = createPrinting({ printer, width, fontsDir, texts })
  expect(await printing.printSlip(slip)).toEqual({ ok: true, value: { confirmed: true } })
  expect(await printing.printTicket(ticket)).toEqual({ ok: true, value: { confirmed: true } })
  expect(world.prints()).toEqual(['001.png', '002.png'])
  expect((await loadImage(readFileSync(join(dir, '002.png')))).width).toBe(width)
})

it('says what stopped the paper', async () => {
  world.setPaper('out')
  const printing = createPrinting({ printer, width: 576, fontsDir, texts })
  expect(await printing.printTicket(ticket)).toEqual({
    ok: false,
    error: { kind: 'printer', printer: { state: 'paper-out' } },
  })
})

it('says when this machine cannot draw', async () => {
  const printing = createPrinting({ printer, width: 576, fontsDir: join(dir, 'nothing'), texts })
  expect(await printing.printTicket(ticket)).toEqual({
    ok: false,
    error: { kind: 'drawing', missing: 'fonts' },
  })
})

const paper = {
  commune: 'Xã Thử',
  province: 'Tỉnh Mẫu',
  dossierCode: 'H19.140-20261124-0000027',
  receivedAtMs: Date.UTC(2026, 10, 24, 3, 24),
  applicantName: 'Nguyễn Thị Ví Dụ',
  address: 'Ấp Mẫu, Xã Thử, Tỉnh Mẫu',
  phone: null,
  procedureName: 'Xác nhận tình trạng hôn nhân',
  components: ['Tờ khai'],
  limit: '3 ngày làm việc',
  due: null,
  resultPlace: 'Quầy 2',
}

it('draws a receipt as PDF, or as a picture for a printer that knows no PDF', async () => {
  const printing = createPrinting({ printer, width: 576, fontsDir, texts })
  const pdf = await printing.receipt(paper, { format: 'application/pdf' })
  expect(pdf.ok && Buffer.from(pdf.value.subarray(0, 5)).toString()).toBe('%PDF-')
  const picture = await printing.receipt(paper, { format: 'image/jpeg' })
  if (!picture.ok) throw new Error(picture.error)
  const image = await loadImage(Buffer.from(picture.value))
  // A5 at 300 dots an inch.
  expect([image.width, image.height]).toEqual([1748, 2480])
})

const missing = missingCupsRaster()
it.skipIf(missing !== null && !process.env['CI'])(
  `draws every page of a long receipt as PWG raster on the sheet that lies there${missing === null ? '' : ` (${missing})`}`,
  async () => {
    const components = Array.from({ length: 40 }, (_, index) => `Giấy tờ ${index}`)
    const printing = createPrinting({ printer, width: 576, fontsDir, texts })
    const raster = await printing.receipt(
      { ...paper, components },
      { format: 'image/pwg-raster', dpi: 300, colour: 'sgray_8', media: 'A4' },
    )
    if (!raster.ok) throw new Error(raster.error)
    const pages = readWithCups(raster.value)
    // A4 at 300 dots an inch.
    expect(pages.map(({ header }) => [field(header, 372), field(header, 376)])).toEqual([
      [2480, 3507],
      [2480, 3507],
    ])
    for (const { pixels } of pages) expect(pixels.some((dot) => dot === 0)).toBe(true)
  },
)

it('puts no half of a long receipt into a picture', async () => {
  const components = Array.from({ length: 40 }, (_, index) => `Giấy tờ ${index}`)
  const printing = createPrinting({ printer, width: 576, fontsDir, texts })
  const picture = await printing.receipt({ ...paper, components }, { format: 'image/jpeg' })
  expect(picture).toEqual({ ok: false, error: 'pages' })
})

it('prints a test page, and draws a procedure sheet', async () => {
  const printing = createPrinting({ printer, width: 576, fontsDir, texts })
  const { commune, province, kioskId } = place
  const test = await printing.printTestPage({ commune, province, kioskId, atMs: 0 })
  expect(test).toEqual({ ok: true, value: { confirmed: true } })
  const input = {
    commune,
    province,
    procedureCode: '1.004873',
    procedureName: 'Xác nhận tình trạng hôn nhân',
    components: [],
    fee: 'không thu',
    limit: '3 ngày làm việc',
    result: 'Giấy xác nhận',
    place: 'Quầy 2',
  }
  const sheet = await printing.procedureSheet(input, 0, { format: 'application/pdf' })
  expect(sheet.ok).toBe(true)
})

it('draws what an officer asks for', async () => {
  const printing = createPrinting({ printer, width: 576, fontsDir, texts })
  const { commune, province, dossierCode, procedureName } = paper
  const input = {
    commune,
    province,
    dossierCode,
    procedureName,
    askedAtMs: 0,
    asked: ['Trích lục ly hôn'],
    more: true,
    due: null,
    contact: 'Quầy 2',
  }
  expect((await printing.supplement(input, { format: 'application/pdf' })).ok).toBe(true)
})
