import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createManualTimers } from '../../../../test/fakes/manual-timers.ts'
import { ippPeerNeeds, startIppPeer, type IppPeer } from '../../../../test/fixtures/ipp-peer.ts'
import type { PagePrinterState } from '../../../../shared/contract/index.ts'
import { systemTimers, type Timers } from '../../../timers.ts'
import { decodeIpp, encodeIpp, type IppMessage, type IppValue } from './codec.ts'
import { IPP_OPERATIONS, type PageForm } from './operations.ts'
import { createPagePrinter, noPagePrinter, PAGE_LIMITS, type PagePrinter } from './page-printer.ts'
import { WATCH_LIMITS } from './watch-pace.ts'

const ready: PagePrinterState = { state: 'ready', low: null }
const document = Buffer.from('%PDF-1.7\nthe receipt of nobody\n')
const job = { name: 'Giấy tiếp nhận', media: 'A4', make: async () => document } as const

let printer: PagePrinter | null = null
let states: PagePrinterState[] = []
function drive(uri: string, timers: Timers = systemTimers): PagePrinter {
  states = []
  printer = createPagePrinter({ uri, timers, log: ({ state }) => states.push(state) })
  return printer
}
afterEach(async () => {
  await printer?.close()
  printer = null
})

const needs = ippPeerNeeds()
describe.skipIf(needs !== '')(`a page printer, by ippeveprinter${needs}`, () => {
  let peer: IppPeer
  beforeAll(async () => {
    peer = await startIppPeer('application/pdf,image/jpeg')
  })
  afterAll(() => peer.close())

  it('takes a document unchanged and is believed when its job has ended', async () => {
    const device = drive(peer.uri)
    expect(await device.refresh()).toEqual(ready)
    expect(await device.print(job)).toEqual({ ok: true, value: null })
    const [sent] = peer.documents()
    expect(sent).toMatch(/\.pdf$/)
    expect(readFileSync(peer.path(sent ?? ''))).toEqual(document)
  })

  it.each<[string, PagePrinterState['state']]>([
    ['media-empty-error', 'paper-out'],
    ['media-jam-error', 'jam'],
    ['cover-open-error', 'door-open'],
    ['marker-supply-empty-error', 'toner-out'],
  ])('says %s, and goes on when it is mended', async (reason, state) => {
    const device = drive(peer.uri)
    await device.refresh()
    peer.setFault(reason)
    const told = new Promise<void>((resolve) =>
      device.subscribe((now) => {
        if (now.state === state) resolve()
      }),
    )
    const printed = device.print(job)
    await told
    peer.setFault(null)
    expect(await printed).toEqual({ ok: true, value: null })
    expect(states.map((each) => each.state)).toContain(state)
  })

  it('says that toner is low, and prints', async () => {
    const device = drive(peer.uri)
    peer.setFault('toner-low-warning')
    const told = new Promise<void>((resolve) =>
      device.subscribe((now) => {
        if (now.state === 'ready' && now.low === 'toner') resolve()
      }),
    )
    const printed = device.print(job)
    await told
    peer.setFault(null)
    expect(await printed).toEqual({ ok: true, value: null })
  })

  it('says when the printer gave the job up', async () => {
    peer.abortJobs()
    expect(await drive(peer.uri).print(job)).toEqual({ ok: false, error: { kind: 'aborted' } })
  })
})

describe.skipIf(needs !== '')(`a page printer without PDF, by ippeveprinter${needs}`, () => {
  let peer: IppPeer
  beforeAll(async () => {
    peer = await startIppPeer('image/jpeg')
  })
  afterAll(() => peer.close())

  it('is sent a picture, or nothing where there is none', async () => {
    const device = drive(peer.uri)
    const make = async ({ format }: PageForm) => (format === 'image/jpeg' ? document : null)
    expect(await device.print({ ...job, make })).toEqual({ ok: true, value: null })
    expect(peer.documents()).toEqual([expect.stringMatching(/\.jpg$/)])
    expect(await device.print({ ...job, make: async () => null })).toEqual({
      ok: false,
      error: { kind: 'format' },
    })
  })
})

describe.skipIf(needs !== '')(`a page printer of dots, by ippeveprinter${needs}`, () => {
  let peer: IppPeer
  beforeAll(async () => {
    peer = await startIppPeer('image/jpeg,image/pwg-raster')
  })
  afterAll(() => peer.close())

  it('says which dots it takes, and gets them', async () => {
    const forms: PageForm[] = []
    const make = async (form: PageForm) => {
      forms.push(form)
      return Buffer.from('RaS2')
    }
    expect(await drive(peer.uri).print({ ...job, make })).toEqual({ ok: true, value: null })
    expect(forms).toEqual([
      { format: 'image/pwg-raster', dpi: 300, colour: 'sgray_8', media: 'A4' },
    ])
    expect(peer.documents()).toEqual([expect.stringMatching(/\.pwg$/)])
  })
})

/** A printer of the test's own making, for what no real one can be brought to do. */
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
const one = (name: string, value: IppValue) => ({ name, values: [value] })
const idle = [
  one('printer-state', { kind: 'enum', value: 3 }),
  one('document-format-supported', { kind: 'mime', value: 'application/pdf' }),
]
/** Lines that were opened to it. */
let lines = 0
async function serve(
  answer: (asked: IppMessage) => Partial<IppMessage> | 'cut' | 'rubbish' | 'silence',
) {
  lines = 0
  const server = createServer((incoming, response) => {
    void (async () => {
      const pieces: Buffer[] = []
      for await (const piece of incoming) pieces.push(Buffer.from(piece))
      const asked = decodeIpp(Buffer.concat(pieces))
      if (!asked.ok) throw new Error(asked.error)
      const made = answer(asked.value)
      if (made === 'cut') return response.destroy()
      if (made === 'silence') return response
      response.setHeader('content-type', 'application/ipp')
      if (made === 'rubbish') return response.end('<html>')
      return response.end(encodeIpp({ code: 0, requestId: 1, groups: [], ...made }))
    })()
  })
  servers.push(server)
  server.on('connection', () => (lines += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `ipp://127.0.0.1:${address.port}/printers/a4`
}
const printerSays = (...attributes: typeof idle) => ({
  groups: [{ tag: 'printer' as const, attributes }],
})
const jobSays = (state: number, ...more: typeof idle) => ({
  groups: [
    {
      tag: 'job' as const,
      attributes: [
        one('job-id', { kind: 'integer', value: 7 }),
        one('job-state', { kind: 'enum', value: state }),
        ...more,
      ],
    },
  ],
})

describe('a page printer that is no good', () => {
  it('is unreachable where nobody answers, and nothing is sent', async () => {
    const device = drive('ipp://127.0.0.1:9/ipp/print')
    expect(await device.print(job)).toEqual({
      ok: false,
      error: { kind: 'printer', printer: { state: 'unreachable' } },
    })
  })

  it('is unknown where something else answers', async () => {
    const device = drive(await serve(() => 'rubbish'))
    expect(await device.refresh()).toEqual({ state: 'unknown' })
  })

  it.each<[string, readonly string[], number, PagePrinterState]>([
    ['paused', ['paused'], 5, { state: 'stopped' }],
    ['stopped for no reason', ['none'], 5, { state: 'stopped' }],
    ['away from its queue', ['offline-report'], 3, { state: 'offline' }],
    ['given up by its queue', ['timed-out-error'], 4, { state: 'offline' }],
    ['on the way from its queue', ['connecting-to-device'], 4, ready],
    ['stopped behind its queue', ['cups-remote-stopped'], 4, { state: 'stopped' }],
    ['behind a queue without its filter', ['cups-missing-filter-warning'], 3, { state: 'stopped' }],
    ['jammed and empty', ['media-empty-report', 'media-jam-error'], 5, { state: 'jam' }],
    ['printing', ['none'], 4, ready],
    ['low on paper', ['media-low-report'], 3, { state: 'ready', low: 'paper' }],
    ['odd in a way that does no harm', ['identify-printer-requested'], 3, ready],
  ])('is read when it is %s', async (_name, reasons, state, expected) => {
    const uri = await serve(() =>
      printerSays(one('printer-state', { kind: 'enum', value: state }), {
        name: 'printer-state-reasons',
        values: reasons.map((value) => ({ kind: 'keyword', value })),
      }),
    )
    expect(await drive(uri).refresh()).toEqual(expected)
  })

  const dpi = (...each: readonly number[]) => ({
    name: 'pwg-raster-document-resolution-supported',
    values: each.map((one): IppValue => {
      const bytes = Buffer.alloc(9, 3)
      bytes.writeInt32BE(one, 0)
      bytes.writeInt32BE(one, 4)
      return { kind: 'octets', tag: 0x32, bytes: new Uint8Array(bytes) }
    }),
  })
  const takes = (...formats: readonly string[]) => ({
    name: 'document-format-supported',
    values: formats.map((value): IppValue => ({ kind: 'mime', value })),
  })
  const colours = (...each: readonly string[]) => ({
    name: 'pwg-raster-document-type-supported',
    values: each.map((value): IppValue => ({ kind: 'keyword', value })),
  })
  const a4Alone = one('media-ready', { kind: 'keyword', value: 'iso_a4_210x297mm' })
  const raster = { format: 'image/pwg-raster', colour: 'sgray_8', media: 'A4' }
  it.each<[string, readonly ReturnType<typeof takes>[], unknown]>([
    [
      'PDF before all',
      [takes('image/jpeg', 'image/pwg-raster', 'application/pdf')],
      [{ format: 'application/pdf' }],
    ],
    [
      'raster before a picture, as fine as letters need',
      [
        takes('image/jpeg', 'image/pwg-raster'),
        dpi(1_200, 150, 600, 300),
        colours('srgb_8', 'sgray_8'),
      ],
      [{ ...raster, dpi: 300 }],
    ],
    [
      'raster as fine as it can, in colours where it knows no grey',
      [takes('image/pwg-raster'), dpi(100, 200), colours('srgb_8')],
      [{ ...raster, dpi: 200, colour: 'srgb_8' }],
    ],
    [
      'a picture where it does not say what raster it takes',
      [takes('image/jpeg', 'image/pwg-raster'), colours('sgray_8')],
      [{ format: 'image/jpeg' }],
    ],
    ['nothing where it takes nothing of ours', [takes('image/urf')], []],
  ])('is sent %s', async (_name, said, expected) => {
    const forms: unknown[] = []
    const uri = await serve(({ code }) =>
      code === IPP_OPERATIONS.GET_PRINTER_ATTRIBUTES
        ? printerSays(one('printer-state', { kind: 'enum', value: 3 }), a4Alone, ...said)
        : jobSays(9),
    )
    const make = async (form: PageForm) => {
      forms.push(form)
      return document
    }
    await drive(uri).print({ ...job, make })
    expect(forms).toEqual(expected)
  })

  it.each<[string, number, PagePrinterState]>([
    ['does not hold what its last job met against the next', 3, ready],
    ['tells what the job in hand meets', 4, { state: 'paper-out' }],
  ])('%s, where it is a queue', async (_name, state, expected) => {
    const uri = await serve(() =>
      printerSays(
        one('printer-state', { kind: 'enum', value: state }),
        one('printer-state-reasons', { kind: 'keyword', value: 'media-empty-warning' }),
        one('cups-version', { kind: 'text', value: '2.4.2' }),
      ),
    )
    expect(await drive(uri).refresh()).toEqual(expected)
  })

  it('refuses by a named status', async () => {
    const uri = await serve(({ code }) =>
      code === IPP_OPERATIONS.PRINT_JOB ? { code: 0x040a } : printerSays(...idle),
    )
    expect(await drive(uri).print(job)).toEqual({
      ok: false,
      error: { kind: 'refused', status: 0x040a },
    })
  })

  it('is sent the next form where it refuses one that it said it takes', async () => {
    const forms: string[] = []
    const uri = await serve(({ code }) => {
      if (code !== IPP_OPERATIONS.PRINT_JOB) {
        return code === IPP_OPERATIONS.GET_JOB_ATTRIBUTES
          ? jobSays(9)
          : printerSays(...idle.slice(0, 1), takes('image/jpeg', 'application/pdf'))
      }
      return forms.length === 1 ? { code: 0x040a } : jobSays(5)
    })
    const make = async ({ format }: PageForm) => {
      forms.push(format)
      return document
    }
    expect(await drive(uri).print({ ...job, make })).toEqual({ ok: true, value: null })
    expect(forms).toEqual(['application/pdf', 'image/jpeg'])
  })

  it('that is busy with somebody else is asked again', async () => {
    let asked = 0
    const uri = await serve(({ code }) => {
      if (code === IPP_OPERATIONS.GET_JOB_ATTRIBUTES) return jobSays(9)
      if (code !== IPP_OPERATIONS.PRINT_JOB) return printerSays(...idle)
      return (asked += 1) === 1 ? { code: 0x0507 } : jobSays(5)
    })
    expect(await drive(uri).print(job)).toEqual({ ok: true, value: null })
    expect(asked).toBe(2)
  })

  it('may have printed when the line breaks as the document goes over', async () => {
    const uri = await serve(({ code }) =>
      code === IPP_OPERATIONS.PRINT_JOB ? 'cut' : printerSays(...idle),
    )
    expect(await drive(uri).print(job)).toEqual({ ok: false, error: { kind: 'unknown' } })
  })

  it('that stays without paper has its job taken back, so that it does not come out later', async () => {
    const timers = createManualTimers()
    let cancelled = false
    let sent = false
    const uri = await serve(({ code }) => {
      if (code === IPP_OPERATIONS.GET_JOB_ATTRIBUTES) {
        timers.advance(PAGE_LIMITS.JOB_MS)
        return jobSays(6)
      }
      if (code === IPP_OPERATIONS.CANCEL_JOB) cancelled = true
      if (code === IPP_OPERATIONS.PRINT_JOB) {
        sent = true
        return jobSays(5)
      }
      if (!sent) return printerSays(...idle)
      return printerSays(
        ...idle,
        one('printer-state-reasons', { kind: 'keyword', value: 'media-empty-error' }),
      )
    })
    expect(await drive(uri, timers).print(job)).toEqual({
      ok: false,
      error: { kind: 'printer', printer: { state: 'paper-out' } },
    })
    expect(cancelled).toBe(true)
  })

  it.each<[string, number, unknown]>([
    [
      'is away, where its queue has sent nothing on',
      0,
      { kind: 'printer', printer: { state: 'offline' } },
    ],
    ['may have printed, where its queue has sent a side on', 1, { kind: 'unknown' }],
  ])('%s before it gave up', async (_name, sides, error) => {
    let cancelled = false
    const uri = await serve(({ code }) => {
      if (code === IPP_OPERATIONS.CANCEL_JOB) cancelled = true
      if (code === IPP_OPERATIONS.GET_PRINTER_ATTRIBUTES) return printerSays(...idle)
      return jobSays(
        cancelled ? 7 : 4,
        one('job-state-reasons', { kind: 'keyword', value: 'resources-are-not-ready' }),
        one('job-impressions-completed', { kind: 'integer', value: sides }),
      )
    })
    expect(await drive(uri).print(job)).toEqual({ ok: false, error })
    expect(cancelled).toBe(true)
  })

  it.each<[string, number]>([
    ['at rest', 3],
    ['while somebody mends it', 5],
  ])('is looked at twice a second %s, in few words and on one line', async (_name, state) => {
    const everyMs = WATCH_LIMITS.PAUSE_MS
    const timers = createManualTimers()
    const looks: unknown[] = []
    const looked = Promise.withResolvers<void>()
    const uri = await serve((asked) => {
      looks.push(
        asked.groups[0]?.attributes.at(-1)?.values.map((each) => 'value' in each && each.value),
      )
      if (looks.length === 2) looked.resolve()
      return printerSays(one('printer-state', { kind: 'enum', value: state }))
    })
    const device = drive(uri, timers)
    await new Promise((resolve) => device.subscribe(resolve))
    // The deadline of the question is gone: what runs now is the pause before the next look.
    await vi.waitFor(() => expect(timers.pending()).toBe(1))
    timers.advance(everyMs - 1)
    expect(timers.pending()).toBe(1)
    timers.advance(1)
    await looked.promise
    const few = [
      'printer-state',
      'printer-state-reasons',
      'printer-is-accepting-jobs',
      'cups-version',
    ]
    expect(looks).toEqual([few, few])
    expect(lines).toBe(1)
  })

  it('is not away when it lets go of the kept line between two looks', async () => {
    const timers = createManualTimers()
    let looks = 0
    const uri = await serve(() => ((looks += 1) === 2 ? 'cut' : printerSays(...idle)))
    const device = drive(uri, timers)
    await device.refresh()
    expect(await device.refresh()).toEqual(ready)
    expect(states).toEqual([ready])
  })

  it('is away when its line stands and nothing comes over it', async () => {
    const timers = createManualTimers()
    const asked = Promise.withResolvers<void>()
    const uri = await serve(() => {
      asked.resolve()
      return 'silence'
    })
    const device = drive(uri, timers)
    const told = new Promise((resolve) => device.subscribe(resolve))
    await asked.promise
    timers.advance(WATCH_LIMITS.ASK_MS)
    expect(await told).toEqual({ state: 'unreachable' })
  })

  it('is not configured where the profile names none', async () => {
    expect(await noPagePrinter().print(job)).toMatchObject({
      ok: false,
      error: { printer: { state: 'not-configured' } },
    })
  })
})
