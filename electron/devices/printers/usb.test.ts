import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { err, ok } from '../../../shared/domain/result.ts'
import { encodeJob } from '../../printing/escpos.ts'
import { systemTimers } from '../../timers.ts'
import { createTrainingPrinter, type TrainingPrinter } from '../../training/printer.ts'
import { parseDeviceId } from './device-id.ts'
import { createPrinter, type PrinterEvent } from './printer.ts'
import { usbTransport } from './usb.ts'
import { findUsbPrinter, listUsbPrinters } from './usb-printers.ts'

/** A tree as /sys/class/usbmisc shows it, with these printers behind its links. */
function fakeSys(
  printers: readonly { name: string; vendor: string; id: string; serial?: string }[],
) {
  const root = mkdtempSync(join(tmpdir(), 'sys-'))
  const sys = join(root, 'class')
  mkdirSync(sys)
  for (const [index, { name, vendor, id, serial }] of printers.entries()) {
    const usb = join(root, 'devices', `1-${index + 1}`)
    const device = join(usb, `1-${index + 1}:1.0`)
    const entry = join(device, 'usbmisc', name)
    mkdirSync(entry, { recursive: true })
    writeFileSync(join(usb, 'idVendor'), `${vendor}\n`)
    writeFileSync(join(usb, 'idProduct'), '0e15\n')
    if (serial !== undefined) writeFileSync(join(usb, 'serial'), `${serial}\n`)
    writeFileSync(join(device, 'ieee1284_id'), `${id}\n`)
    writeFileSync(join(entry, 'uevent'), `MAJOR=180\nMINOR=${index}\nDEVNAME=usb/${name}\n`)
    symlinkSync(device, join(entry, 'device'))
    symlinkSync(entry, join(sys, name))
  }
  return { sys, dev: '/dev' }
}
const epson = 'MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;'

describe('printers of the USB class', () => {
  const roots = fakeSys([
    { name: 'lp1', vendor: '04b8', id: epson, serial: 'J1' },
    { name: 'lp4', vendor: '04b8', id: epson, serial: 'J2' },
    { name: 'lp5', vendor: '0fe6', id: 'MANUFACTURER:Xprinter; MODEL:XP-80;' },
    { name: 'hiddev0', vendor: '0001', id: '' },
  ])

  it('are listed with what they say of themselves', async () => {
    expect(await listUsbPrinters(roots)).toEqual([
      {
        path: '/dev/usb/lp1',
        vendorId: '04b8',
        productId: '0e15',
        serial: 'J1',
        maker: 'EPSON',
        model: 'TM-T88V',
        commands: 'ESC/POS',
      },
      expect.objectContaining({ path: '/dev/usb/lp4', serial: 'J2' }),
      expect.objectContaining({ path: '/dev/usb/lp5', serial: null, maker: 'Xprinter' }),
    ])
  })

  it.each([
    ['a path, whatever lies there', { path: '/dev/kiosk/slip' }, ok('/dev/kiosk/slip')],
    ['model', { model: 'XP-80' }, ok('/dev/usb/lp5')],
    ['maker and model', { model: 'Xprinter XP-80' }, ok('/dev/usb/lp5')],
    ['USB id', { vendorId: '0fe6', productId: '0e15' }, ok('/dev/usb/lp5')],
    [
      'USB id and serial number',
      { vendorId: '04b8', productId: '0e15', serial: 'J2' },
      ok('/dev/usb/lp4'),
    ],
    ['a USB id that two have', { vendorId: '04b8', productId: '0e15' }, err('ambiguous')],
    ['a model that nobody has', { model: 'TM-T20' }, err('refused')],
  ])('are found by %s', async (_name, name, expected) => {
    expect(await findUsbPrinter(name, roots)).toEqual(expected)
  })

  it('are none where the kernel has no such class', async () => {
    expect(await listUsbPrinters({ sys: '/no/such/class', dev: '/dev' })).toEqual([])
  })

  it('may spell their id out, repeat themselves, or say nothing', () => {
    expect([...parseDeviceId('Manufacturer:A;MFG:B;junk;:x;')]).toEqual([['MFG', 'A']])
    expect(parseDeviceId('').size).toBe(0)
  })
})

const needs =
  spawnSync('socat', ['-V']).error === undefined || process.env['CI']
    ? ''
    : ' (needs socat: apt-get install socat)'

describe.skipIf(needs !== '')(`a printer on a character device${needs}`, () => {
  const job = encodeJob({ width: 576, height: 500, bits: new Uint8Array(72 * 500).fill(0xf0) })
  const path = join(mkdtempSync(join(tmpdir(), 'lp-')), 'lp')
  let world: TrainingPrinter
  let bridge: ChildProcess
  let log: PrinterEvent[] = []

  async function plug() {
    bridge = spawn('socat', [
      '-d',
      '-d',
      `pty,raw,echo=0,link=${path}`,
      `tcp:127.0.0.1:${world.port}`,
    ])
    await new Promise<void>((resolve) => {
      let said = ''
      bridge.stderr?.on('data', (text: Buffer) => {
        said += text.toString()
        if (said.includes('starting data transfer loop')) resolve()
      })
    })
  }
  async function unplug() {
    bridge.kill()
    await once(bridge, 'exit')
  }
  const drive = () =>
    createPrinter({
      transport: usbTransport({ find: async () => ok(path), timers: systemTimers }),
      timers: systemTimers,
      log: (event) => log.push(event),
    })

  beforeEach(async () => {
    log = []
    world = await createTrainingPrinter({ dir: mkdtempSync(join(tmpdir(), 'printer-')), port: 0 })
    await plug()
  })
  afterEach(async () => {
    await unplug()
    await world.close()
  })

  it('prints, and is heard', async () => {
    const device = drive()
    expect(await device.print(job)).toEqual(ok({ confirmed: true }))
    expect(world.prints()).toEqual(['001.png'])
    world.setPaper('out')
    expect(await device.refresh()).toEqual({ state: 'paper-out' })
    await device.close()
  })

  it('is noticed when it is unplugged, and prints when it is back', async () => {
    const device = drive()
    expect(await device.refresh()).toMatchObject({ state: 'ready' })
    await unplug()
    expect(await device.refresh()).toEqual({ state: 'disconnected' })
    await plug()
    expect(await device.print(job)).toEqual(ok({ confirmed: true }))
    await device.close()
  })

  it('names why it cannot be opened', async () => {
    const device = createPrinter({
      transport: usbTransport({ find: async () => err('ambiguous'), timers: systemTimers }),
      timers: systemTimers,
      log: (event) => log.push(event),
    })
    await device.refresh()
    expect(log).toEqual([
      { event: 'printer-state', state: { state: 'disconnected' }, problem: 'ambiguous' },
    ])
    await device.close()
  })
})
