import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { PagePrinterState, PaperOut, ReceiptOut } from '../shared/contract/index.ts'
import { err, ok } from '../shared/domain/result.ts'
import { versionsOf } from '../shared/forms/index.ts'
import { sampleProcedure } from '../test/fixtures/procedure.ts'
import { noPagePrinter, type PagePrinter } from './devices/printers/index.ts'
import type { Printing, SupplementInput } from './printing/index.ts'
import { createPapers } from './printed-papers.ts'
import { emptyVisit, type Visit } from './session/visit.ts'

const number = { number: 'A027', counter: 'Quầy 2', issuedAtMs: Date.UTC(2026, 10, 24, 3) }
const filed: Visit['filed'] = {
  reference: 'KM4TR7HC',
  ticket: number,
  filedAtMs: 0,
  delivery: { state: 'held' },
  paper: { state: 'waiting' },
  reprint: false,
  receipted: false,
  receipt: { state: 'none' },
}
const visit: Visit = {
  ...emptyVisit,
  clientRef: 'ref',
  day: { year: 2026, month: 11, day: 24 },
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
  procedureSheet: async (_input, _atMs, { format }) => ok(Buffer.from(format)),
  printCounterNote: async () => ok({ confirmed: true }),
  printTestPage: async () => ok({ confirmed: true }),
  testPage: async (_input, { format }) => ok(Buffer.from(format)),
  receipt: async (_input, { format }) => ok(Buffer.from(format)),
  supplement: async () => err('letters'),
}

/** Papers of a kiosk without a page printer, but for what a test says. */
const papersWith = (deps: Partial<Parameters<typeof createPapers>[0]>) =>
  createPapers({
    printing,
    kioskId: 'KM4',
    place: { commune: 'Xã Thử', province: 'Tỉnh Mẫu' },
    tray: null,
    counters: {},
    procedures: new Map(),
    pagePrinter: noPagePrinter(),
    submission: () => undefined,
    due: () => ({ state: 'officer' }),
    log: () => {},
    ...deps,
  })

/** What is told of the receipt on this page printer, and what it was sent. */
async function give(
  print: PagePrinter['print'] | null,
  { tray = null, canDraw = true }: { tray?: string | null; canDraw?: boolean } = {},
) {
  const told: ReceiptOut[] = []
  const logged: unknown[] = []
  const state: PagePrinterState = { state: 'ready', low: null }
  const papers = papersWith({
    printing: canDraw ? printing : { ...printing, receipt: async () => err('letters') },
    tray,
    pagePrinter:
      print === null ? noPagePrinter() : { ...noPagePrinter(), state: () => state, print },
    submission: () => ({ seq: 7, ...kept, receipt }),
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
  const papers = papersWith({
    printing: {
      ...printing,
      printSlip: async () => ok({ confirmed: slip }),
      printTicket: async () => ok({ confirmed: ticket }),
    },
  })
  expect(await papers.print({ ...visit, filed }, sampleProcedure)).toEqual({ state: expected })
})

it('prints a slip alone where no counter gave a number', async () => {
  const papers = papersWith({
    printing: { ...printing, printTicket: () => Promise.reject(new Error('no number to print')) },
  })
  const alone = { ...visit, filed: { ...filed, ticket: null } }
  expect(await papers.print(alone, sampleProcedure)).toEqual({ state: 'printed' })
})

it('marks the ticket of a filing whose number came out at a stop before', async () => {
  const marks: boolean[] = []
  const papers = papersWith({
    printing: {
      ...printing,
      async printTicket({ reprint }) {
        marks.push(reprint)
        return ok({ confirmed: true })
      },
    },
  })
  const group = sampleProcedure.group
  const issued = { state: 'issued', group, ...number, note: null } as const
  const before = [
    ['printed', false],
    ['waiting', false],
    ['waiting', true],
  ] as const
  for (const [state, reprint] of before) {
    const ticket = { ...issued, paper: { state }, reprint }
    await papers.print({ ...visit, filed, ticket }, sampleProcedure)
  }
  expect(marks).toEqual([true, false, true])
})

it('prints a ticket without a filing: number and counter, and nobody', async () => {
  const printed: object[] = []
  const papers = papersWith({
    printing: {
      ...printing,
      async printTicket(input) {
        printed.push(input)
        return ok({ confirmed: false })
      },
    },
  })
  const ticket = { number: 'A001', counter: 'Quầy 2', issuedAtMs: 0 }
  expect(await papers.printTicket(ticket, true)).toEqual({ state: 'unconfirmed' })
  expect(printed).toEqual([
    { commune: 'Xã Thử', province: 'Tỉnh Mẫu', kioskId: 'KM4', ...ticket, reprint: true },
  ])
})

const kept = { procedureCode: sampleProcedure.code, capturedAtMs: Date.UTC(2026, 10, 24, 3) }
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
    sent.push(name, Buffer.from((await make({ format: 'image/jpeg' })) ?? []).toString())
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
    (await make({ format: 'application/pdf' })) === null ? err({ kind: 'format' }) : ok(null)
  const { told, logged } = await give(print, { canDraw: false })
  expect(told.at(-1)).toMatchObject({ state: 'failed' })
  expect(logged).toEqual([
    'receipt-not-drawn',
    { code: 'letters' },
    'receipt-not-printed',
    { code: 'format' },
  ])
})

it.each<[string, Awaited<ReturnType<PagePrinter['print']>>, ReceiptOut]>([
  ['that came', ok(null), { state: 'printed' }],
  [
    'that a jam stopped',
    err({ kind: 'printer', printer: { state: 'jam' } }),
    { state: 'failed', printer: { state: 'jam' } },
  ],
])(
  'tells of a sheet of the procedure %s, which says where to go',
  async (_name, printed, expected) => {
    const drawn: unknown[] = []
    const names: string[] = []
    const papers = papersWith({
      printing: {
        ...printing,
        procedureSheet: async (input) => {
          drawn.push(input.place)
          return ok(Buffer.from('sheet'))
        },
      },
      counters: { [sampleProcedure.group]: 'Quầy 3' },
      pagePrinter: {
        ...noPagePrinter(),
        async print({ name, make }) {
          names.push(name)
          await make({ format: 'application/pdf' })
          return printed
        },
      },
    })
    expect(await papers.sheet(sampleProcedure, 0)).toEqual(expected)
    expect(drawn).toEqual(['Quầy 3'])
    expect(names).toEqual(['Tờ hướng dẫn'])
  },
)

it.each([
  ['filed', null],
  ['appointment', sampleProcedure.next],
  ['counter', sampleProcedure.next],
] as const)(
  'tells on the slip what must follow where it is not done here: %s',
  async (ends, next) => {
    const slips: unknown[] = []
    const papers = papersWith({
      printing: {
        ...printing,
        printSlip: async (input) => {
          slips.push(input.next)
          return ok({ confirmed: true })
        },
      },
    })
    await papers.print({ ...visit, filed }, { ...sampleProcedure, ends })
    expect(slips).toEqual([next])
  },
)

/** What came of the list of what is missing, and what was drawn of it. */
async function listMissing(
  asked: Parameters<ReturnType<typeof createPapers>['supplement']>[1],
  printed: Awaited<ReturnType<PagePrinter['print']>> = ok(null),
) {
  const drawn: SupplementInput[] = []
  const names: string[] = []
  const papers = papersWith({
    printing: {
      ...printing,
      supplement: async (input) => {
        drawn.push(input)
        return ok(Buffer.from('sheet'))
      },
    },
    counters: { [sampleProcedure.group]: 'Quầy 3' },
    procedures: versionsOf([sampleProcedure]),
    pagePrinter: {
      ...noPagePrinter(),
      async print({ name, make }) {
        names.push(name)
        await make({ format: 'application/pdf' })
        return printed
      },
    },
    submission: () => ({ seq: 7, ...kept, receipt }),
  })
  return { out: await papers.supplement('ref', asked), drawn, names }
}

const asked = {
  requestedAt: '2026-11-24T03:05:00Z',
  due: { year: 2026, month: 11, day: 30 },
  items: ['Bản sao trích lục ly hôn'],
  more: false,
}

it('lists on paper what is missing from a filing, with its codes and its counter, and nobody', async () => {
  const { out, drawn, names } = await listMissing(asked)
  expect(out).toEqual({ state: 'printed' })
  expect(names).toEqual(['Phiếu yêu cầu bổ sung'])
  expect(drawn).toEqual([
    {
      commune: 'Xã Thử',
      province: 'Tỉnh Mẫu',
      dossierCode: 'H00-1',
      askedAtMs: Date.UTC(2026, 10, 24, 3, 5),
      procedureName: sampleProcedure.name,
      asked: asked.items,
      more: false,
      due: asked.due,
      contact: 'Quầy 3',
    },
  ])
})

it('tells of a list of what is missing that a jam stopped', async () => {
  const { out } = await listMissing(asked, err({ kind: 'printer', printer: { state: 'jam' } }))
  expect(out).toEqual({ state: 'failed', printer: { state: 'jam' } })
})

it.each([
  ['a day', { ...asked, requestedAt: null }],
  ['a line', { ...asked, items: [] }],
])('makes no official paper without %s', async (_what, half) => {
  const { out, names } = await listMissing(half)
  expect([out, names]).toEqual([{ state: 'none' }, []])
})
