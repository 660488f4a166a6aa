import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { PagePrinterState, PaperOut, ReceiptOut } from '../shared/contract/index.ts'
import { err, ok } from '../shared/domain/result.ts'
import { sampleProcedure } from '../test/fixtures/procedure.ts'
import { noPagePrinter, type PagePrinter } from './devices/printers/index.ts'
import type { Printing } from './printing/index.ts'
import { createPapers } from './printed-papers.ts'
import { emptyVisit, type Visit } from './session/visit.ts'

const visit: Visit = {
  ...emptyVisit,
  clientRef: 'ref',
  card: {
    number: '083090000000',
    oldNumber: null,
    name: 'Nguyễn Văn Ví Dụ',
    birth: { year: 1990, month: 3, day: 5 },
    sex: 'male',
    address: 'Ấp Mẫu, Xã Thử, Bến Tre',
    issued: { year: 2022, month: 1, day: 1 },
    extra: [],
    warnings: [],
  },
}
const printing: Printing = {
  printSlip: async () => ok({ confirmed: true }),
  printTicket: async () => ok({ confirmed: true }),
  printProcedureSheet: async () => ok({ confirmed: true }),
  printTestPage: async () => ok({ confirmed: true }),
  testPage: async (_input, format) => ok(Buffer.from(format)),
  receipt: async (_input, format) => ok(Buffer.from(format)),
  supplement: async () => err('letters'),
}

/** What is told of the receipt on this page printer, and what it was sent. */
async function give(
  print: PagePrinter['print'] | null,
  { tray = null, canDraw = true }: { tray?: string | null; canDraw?: boolean } = {},
) {
  const told: ReceiptOut[] = []
  const logged: unknown[] = []
  const state: PagePrinterState = { state: 'ready', low: null }
  const papers = createPapers({
    printing: canDraw ? printing : { ...printing, receipt: async () => err('letters') },
    kioskId: 'KM4',
    place: { commune: 'Xã Thử', province: 'Tỉnh Mẫu' },
    tray,
    pagePrinter:
      print === null ? noPagePrinter() : { ...noPagePrinter(), state: () => state, print },
    submission: () => ({ seq: 7, receipt }),
    log: (event, details) => logged.push(event, details),
  })
  await papers.receipt(visit, sampleProcedure, (receipt) => told.push(receipt))
  return { told, logged }
}

it.each<[boolean, boolean, PaperOut['state']]>([
  [true, true, 'printed'],
  [false, true, 'unconfirmed'],
  [true, false, 'unconfirmed'],
])('vouches for slip (%s) and ticket (%s) together: %s', async (slip, ticket, expected) => {
  const papers = createPapers({
    printing: {
      ...printing,
      printSlip: async () => ok({ confirmed: slip }),
      printTicket: async () => ok({ confirmed: ticket }),
    },
    kioskId: 'KM4',
    place: { commune: 'Xã Thử', province: 'Tỉnh Mẫu' },
    tray: null,
    pagePrinter: noPagePrinter(),
    submission: () => undefined,
    log: () => {},
  })
  const filed: Visit['filed'] = {
    reference: 'KM4TR7HC',
    ticket: { number: 'A027', counter: 'Quầy 2' },
    filedAtMs: 0,
    delivery: { state: 'held' },
    paper: { state: 'waiting' },
    reprint: false,
    receipted: false,
    receipt: { state: 'none' },
  }
  expect(await papers.print({ ...visit, filed }, sampleProcedure)).toEqual({ state: expected })
})

const receipt = { dossierCode: 'H00-1', receivedAt: '2026-11-24T03:05:00Z' }

it.each<[string, Awaited<ReturnType<PagePrinter['print']>>, ReceiptOut]>([
  ['that came', ok(null), { state: 'printed' }],
  ['that nobody can vouch for', err({ kind: 'unknown' }), { state: 'unconfirmed' }],
  [
    'that a jam stopped',
    err({ kind: 'printer', printer: { state: 'jam' } }),
    { state: 'failed', printer: { state: 'jam' } },
  ],
  [
    'that the printer gave up',
    err({ kind: 'aborted' }),
    { state: 'failed', printer: { state: 'ready', low: null } },
  ],
])('tells of a receipt %s', async (_name, printed, expected) => {
  expect((await give(async () => printed)).told).toEqual([{ state: 'printing' }, expected])
})

it('gives the printer the format that it asks for, under a name that is nobody’s', async () => {
  const sent: unknown[] = []
  await give(async ({ name, make }) => {
    sent.push(name, Buffer.from((await make('image/jpeg')) ?? []).toString())
    return ok(null)
  })
  expect(sent).toEqual(['Giấy tiếp nhận hồ sơ', 'image/jpeg'])
})

it('tells nothing where there is no page printer, and lays the receipt in the tray of training', async () => {
  const tray = mkdtempSync(join(tmpdir(), 'tray-'))
  expect((await give(null, { tray })).told).toEqual([])
  expect(readdirSync(tray)).toEqual(['receipt-7.pdf'])
})

it('says in the log, by its code alone, why a receipt could not be drawn', async () => {
  const print: PagePrinter['print'] = async ({ make }) =>
    (await make('application/pdf')) === null ? err({ kind: 'format' }) : ok(null)
  const { told, logged } = await give(print, { canDraw: false })
  expect(told.at(-1)).toMatchObject({ state: 'failed' })
  expect(logged).toEqual([
    'receipt-not-drawn',
    { code: 'letters' },
    'receipt-not-printed',
    { code: 'format' },
  ])
})
