import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createPagePrinter,
  type PageForm,
  type PagePrinter,
  noPrinter,
} from '../../electron/devices/printers/index.ts'
import { createPrinting, editionOn, openOfficialTexts } from '../../electron/printing/index.ts'
import { systemTimers, type Timers } from '../../electron/timers.ts'
import type { PagePrinterState } from '../../shared/contract/index.ts'
import { field, readWithCups } from '../fixtures/cups-raster.ts'
import { ippPeerNeeds, startIppPeer, type IppPeer } from '../fixtures/ipp-peer.ts'
import { networkCable, type NetworkCable } from '../fixtures/network-cable.ts'
import { missingCupsd, startCupsd, type Cupsd } from '../peers/cupsd.ts'

/**
 * The page printer of the profile as a queue of CUPS: the kiosk, a real scheduler, and a printer
 * behind it, each of which may stop or go away.
 *
 * Without `cups-filters` a queue `everywhere` can be made, and takes what its printer takes but PDF:
 * CUPS wants PDF rewritten by a filter (`pdftopdf`) on its way. So the kiosk sends raster there. With
 * one line for CUPS that PDF may go as it is, or on a raw queue, it sends PDF.
 */

const missing = missingCupsd()
const needs = missing === null ? ippPeerNeeds() : ` (${missing})`

const document = Buffer.from('%PDF-1.7\nthe receipt of nobody\n')
const job = { name: 'Giấy tiếp nhận hồ sơ', media: 'A4', make: async () => document } as const
const ready: PagePrinterState = { state: 'ready', low: null }

/** By its name, or in hundredths of a millimetre. */
const A4 = /iso_a4_210x297mm|x-dimension=21000 y-dimension=29700/

let peer: IppPeer
let cable: NetworkCable
let cupsd: Cupsd
let driven: PagePrinter | null = null

/** Drives a queue at rest: right after a job it still repeats what the printer said of that one. */
async function drive(uri: string, timers: Timers = systemTimers): Promise<PagePrinter> {
  const device = createPagePrinter({ uri, timers, log: () => {} })
  driven = device
  await becomes(device, 'ready')
  return device
}
const becomes = (device: PagePrinter, wanted: PagePrinterState['state']) =>
  new Promise<void>((resolve) => {
    if (device.state().state === wanted) return resolve()
    const stop = device.subscribe(({ state }) => {
      if (state !== wanted) return
      stop()
      resolve()
    })
  })
afterEach(async () => {
  await driven?.close()
  driven = null
})

async function begin(convert: readonly string[] = []) {
  peer = await startIppPeer('application/pdf,image/pwg-raster,image/jpeg')
  cable = await networkCable(Number(new URL(peer.uri).port))
  cupsd = await startCupsd(convert)
  return `ipp://localhost:${cable.port}/ipp/print`
}
async function end() {
  await cupsd.close()
  await cable.pull()
  await peer.close()
}

describe.skipIf(needs !== '' && !process.env['CI'])(
  `a queue of CUPS without filters${needs}`,
  () => {
    let everywhere = ''
    let raw = ''
    beforeAll(async () => {
      const device = await begin()
      everywhere = cupsd.addQueue('everywhere', 'everywhere', device)
      raw = cupsd.addQueue('raw', 'raw', `${device}?contimeout=1`)
    })
    afterAll(end)

    it('made everywhere brings out a receipt in dots, each as it was drawn, on A4', async () => {
      const resource = (name: string) =>
        fileURLToPath(new URL(`../../resources/${name}`, import.meta.url))
      const editions = await openOfficialTexts(
        { shipped: resource('papers/official-texts.json'), own: '' },
        () => {},
      )
      const printing = createPrinting({
        printer: noPrinter(),
        width: 576,
        fontsDir: resource('fonts'),
        texts: () => editionOn(editions, '2026-11-24'),
      })
      const sent: { form: PageForm; bytes: Uint8Array }[] = []
      const make = async (form: PageForm) => {
        const drawn = await printing.testPage(
          { kioskId: 'KM4', commune: 'Xã Thử', province: 'Tỉnh Mẫu', atMs: 0 },
          form,
        )
        if (!drawn.ok) throw new Error(drawn.error)
        sent.push({ form, bytes: drawn.value })
        return drawn.value
      }
      expect(await (await drive(everywhere)).print({ ...job, make })).toEqual({
        ok: true,
        value: null,
      })
      const last = sent.at(-1)
      expect(last?.form).toEqual({
        format: 'image/pwg-raster',
        dpi: 600,
        colour: 'sgray_8',
        media: 'A4',
      })
      const [document] = peer.documents()
      expect(document).toMatch(/\.pwg$/)
      const came = readWithCups(readFileSync(peer.path(document ?? '')))
      const went = readWithCups(last?.bytes ?? new Uint8Array())
      expect(came.map(({ header }) => [field(header, 372), field(header, 376)])).toEqual([
        [4960, 7015],
      ])
      expect(came.map(({ pixels }, page) => went[page]?.pixels.equals(pixels))).toEqual([true])
      expect(peer.jobs().at(-1)?.media).toMatch(A4)
    })

    it('made raw sends PDF on as it is', async () => {
      const before = peer.documents().length
      expect(await (await drive(raw)).print(job)).toEqual({ ok: true, value: null })
      const document = peer.documents()[before]
      expect(document).toMatch(/\.pdf$/)
      expect(readFileSync(peer.path(document ?? ''))).toEqual(Buffer.from(await job.make()))
    })

    it('tells that it is stopped, and prints once it is started', async () => {
      const device = await drive(raw)
      cupsd.command('cupsdisable', 'raw')
      await becomes(device, 'stopped')
      expect(await device.print(job)).toEqual({
        ok: false,
        error: { kind: 'printer', printer: { state: 'stopped' } },
      })
      cupsd.command('cupsenable', 'raw')
      await becomes(device, 'ready')
      expect(await device.print(job)).toEqual({ ok: true, value: null })
    })

    it('tells that it takes no jobs', async () => {
      const device = await drive(raw)
      cupsd.command('cupsreject', 'raw')
      await becomes(device, 'stopped')
      cupsd.command('cupsaccept', 'raw')
      await becomes(device, 'ready')
      expect(device.state()).toEqual(ready)
    })

    it('passes on that the printer has no paper, and prints once it has', async () => {
      const device = await drive(raw)
      peer.setFault('media-empty-error')
      const printed = device.print(job)
      await becomes(device, 'paper-out')
      peer.setFault(null)
      expect(await printed).toEqual({ ok: true, value: null })
    })

    it('has its job taken back when the printer stays without paper', async () => {
      let jumpedMs = 0
      const timers = { ...systemTimers, now: () => systemTimers.now() + jumpedMs }
      const device = await drive(raw, timers)
      peer.setFault('media-empty-error')
      const printed = device.print(job)
      await becomes(device, 'paper-out')
      jumpedMs = 1e9
      expect(await printed).toEqual({
        ok: false,
        error: { kind: 'printer', printer: { state: 'paper-out' } },
      })
      peer.setFault(null)
      expect(cupsd.command('lpstat', '-o')).toBe('')
    })

    it('tells that somebody took the job back', async () => {
      const device = await drive(raw)
      peer.setFault('media-empty-error')
      const printed = device.print(job)
      await becomes(device, 'paper-out')
      cupsd.command('cancel', '-a', 'raw')
      expect(await printed).toEqual({ ok: false, error: { kind: 'cancelled' } })
      peer.setFault(null)
    })

    it('keeps nothing for later when the printer behind it is pulled', async () => {
      const before = peer.documents().length
      const device = await drive(raw)
      await cable.pull()
      expect(await device.print(job)).toEqual({
        ok: false,
        error: { kind: 'printer', printer: { state: 'offline' } },
      })
      expect(cupsd.command('lpstat', '-o')).toBe('')
      await cable.plug()
      expect(await device.print(job)).toEqual({ ok: true, value: null })
      expect(peer.documents()).toHaveLength(before + 1)
    })

    it('is away with its scheduler, and back with it', async () => {
      const device = await drive(raw)
      await becomes(device, 'ready')
      await cupsd.stop()
      await becomes(device, 'unreachable')
      await cupsd.start()
      await becomes(device, 'ready')
      expect(device.state()).toEqual(ready)
    })

    it('hears of nobody', () => {
      expect(new Set(peer.jobs().map(({ name }) => name))).toEqual(new Set([job.name]))
    })
  },
)

describe.skipIf(needs !== '' && !process.env['CI'])(
  `a queue of CUPS that lets PDF through${needs}`,
  () => {
    let everywhere = ''
    beforeAll(async () => {
      const device = await begin(['application/pdf application/vnd.cups-pdf 0 -'])
      everywhere = cupsd.addQueue('everywhere', 'everywhere', device)
    })
    afterAll(end)

    it('is sent PDF, on A4', async () => {
      expect(await (await drive(everywhere)).print(job)).toEqual({ ok: true, value: null })
      expect(readFileSync(peer.path(peer.documents()[0] ?? ''))).toEqual(document)
      expect(peer.jobs().at(-1)?.media).toMatch(A4)
    })
  },
)
