import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createManualTimers } from '../../../../test/fakes/manual-timers.ts'
import { ippPeerNeeds, startIppPeer, type IppPeer } from '../../../../test/fixtures/ipp-peer.ts'
import type { PagePrinterState } from '../../../../shared/contract/index.ts'
import { systemTimers, type Timers } from '../../../timers.ts'
import { decodeIpp, encodeIpp, type IppMessage, type IppValue } from './codec.ts'
import { IPP_OPERATIONS } from './operations.ts'
import { createPagePrinter, noPagePrinter, PAGE_LIMITS, type PagePrinter } from './page-printer.ts'

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
    const make = async (format: string) => (format === 'image/jpeg' ? document : null)
    expect(await device.print({ ...job, make })).toEqual({ ok: true, value: null })
    expect(peer.documents()).toEqual([expect.stringMatching(/\.jpg$/)])
    expect(await device.print({ ...job, make: async () => null })).toEqual({
      ok: false,
      error: { kind: 'format' },
    })
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
async function serve(answer: (asked: IppMessage) => Partial<IppMessage> | 'cut' | 'rubbish') {
  const server = createServer((incoming, response) => {
    void (async () => {
      const pieces: Buffer[] = []
      for await (const piece of incoming) pieces.push(Buffer.from(piece))
      const asked = decodeIpp(Buffer.concat(pieces))
      if (!asked.ok) throw new Error(asked.error)
      const made = answer(asked.value)
      if (made === 'cut') return response.destroy()
      response.setHeader('content-type', 'application/ipp')
      if (made === 'rubbish') return response.end('<html>')
      return response.end(encodeIpp({ code: 0, requestId: 1, groups: [], ...made }))
    })()
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `ipp://127.0.0.1:${address.port}/printers/a4`
}
const printerSays = (...attributes: typeof idle) => ({
  groups: [{ tag: 'printer' as const, attributes }],
})
const jobSays = (state: number) => ({
  groups: [
    {
      tag: 'job' as const,
      attributes: [
        one('job-id', { kind: 'integer', value: 7 }),
        one('job-state', { kind: 'enum', value: state }),
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

  it('refuses by a named status', async () => {
    const uri = await serve(({ code }) =>
      code === IPP_OPERATIONS.PRINT_JOB ? { code: 0x040a } : printerSays(...idle),
    )
    expect(await drive(uri).print(job)).toEqual({
      ok: false,
      error: { kind: 'refused', status: 0x040a },
    })
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

  it.each<[string, number, number]>([
    ['at rest every ten seconds', 3, PAGE_LIMITS.IDLE_MS],
    ['every second while somebody mends it', 5, PAGE_LIMITS.MENDED_MS],
  ])('is looked at %s', async (_name, state, everyMs) => {
    const timers = createManualTimers()
    let looks = 0
    const looked = Promise.withResolvers<void>()
    const uri = await serve(() => {
      looks += 1
      if (looks === 2) looked.resolve()
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
  })

  it('is not configured where the profile names none', async () => {
    expect(await noPagePrinter().print(job)).toMatchObject({
      ok: false,
      error: { printer: { state: 'not-configured' } },
    })
  })
})
