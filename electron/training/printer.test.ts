import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import receiptio from 'receiptio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeJob } from '../printing/escpos.ts'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { createTrainingPrinter, TRAINING_PRINTER, type TrainingPrinter } from './printer.ts'

const IN_TURN = [0x1d, 0x72, 1]
const sheet = (height: number) =>
  encodeJob({ width: 384, height, bits: new Uint8Array(48 * height).fill(0x81) })

let dir: string
let printer: TrainingPrinter
let line: Socket

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'training-printer-'))
  printer = await createTrainingPrinter({ dir, port: 0 })
  line = createConnection(printer.port, '127.0.0.1')
  await once(line, 'connect')
})
afterEach(async () => {
  line.destroy()
  await printer.close()
})

/** Sends and gives the next bytes that come back. */
async function ask(...bytes: number[]): Promise<number[]> {
  line.write(Uint8Array.from(bytes))
  return answer()
}
async function answer(): Promise<number[]> {
  const bytes: unknown[] = await once(line, 'data')
  const [first] = bytes
  return first instanceof Uint8Array ? [...first] : []
}

describe('the simulated printer', () => {
  it('keeps each cut sheet as a picture of the size that was sent', async () => {
    line.write(sheet(300))
    line.write(sheet(20))
    await ask(...IN_TURN)
    expect(printer.prints()).toEqual(['001.png', '002.png'])
    expect(readdirSync(dir).sort()).toEqual(['001.png', '002.png'])
    const image = await loadImage(readFileSync(join(dir, '001.png')))
    expect([image.width, image.height]).toEqual([384, 300])
  })

  it('goes on counting after a restart', async () => {
    line.write(sheet(8))
    await ask(...IN_TURN)
    await printer.close()
    printer = await createTrainingPrinter({ dir, port: 0 })
    line = createConnection(printer.port, '127.0.0.1')
    line.write(sheet(8))
    await ask(...IN_TURN)
    expect(printer.prints()).toEqual(['001.png', '002.png'])
  })

  it('answers as the command reference says', async () => {
    expect(await ask(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4)).toEqual([
      0x12, 0x12, 0x12, 0x12,
    ])
    expect(await ask(...IN_TURN)).toEqual([0])
    expect(await ask(0x1d, 0x49, 1)).toEqual([0x20])
    expect(Buffer.from(await ask(0x1d, 0x49, 67)).toString('latin1')).toBe('_KIOSK TRAINING\0')
    expect(await ask(0x1d, 0x61, 0xff)).toEqual([0x10, 0, 0, 0])
    printer.setPaper('near-end')
    expect(await answer()).toEqual([0x10, 0, 3, 0])
    expect(await ask(0x10, 4, 4)).toEqual([0x1e])
    printer.setFault('cover-open')
    expect(await answer()).toEqual([0x38, 0, 3, 0])
    expect(await ask(0x10, 4, 2)).toEqual([0x16])
  })

  it('stops without paper, says so at once, and goes on with a new roll', async () => {
    printer.setPaper('out')
    line.write(sheet(40))
    line.write(Uint8Array.from(IN_TURN))
    expect(await ask(0x10, 4, 2, 0x10, 4, 4)).toEqual([0x32, 0x7e])
    expect(printer.prints()).toEqual([])
    printer.setPaper('in')
    expect(printer.prints()).toEqual(['001.png'])
    expect(await answer()).toEqual([0])
  })

  it('forgets what is not printed yet when it is told to', async () => {
    printer.setPaper('out')
    line.write(sheet(40))
    expect(await ask(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8)).toEqual([0x37, 0x25, 0])
    printer.setPaper('in')
    expect(await ask(...IN_TURN)).toEqual([0])
    expect(printer.prints()).toEqual([])
  })

  it('takes no more than its buffer holds while it has no paper, and loses nothing', async () => {
    printer.setPaper('out')
    const sheets = 60
    for (let count = 0; count < sheets; count += 1) line.write(sheet(2_000))
    line.write(Uint8Array.from(IN_TURN))
    expect(line.writableLength).toBeGreaterThan(0)
    printer.setPaper('in')
    await answer()
    expect(printer.prints()).toHaveLength(sheets)
  })

  it('survives noise and a peer that leaves in the middle', async () => {
    line.write(sheet(300).subarray(0, 5_000))
    line.write(Uint8Array.of(0x1d, 0x76, 0x30, 9, 9, 9))
    line.end()
    await once(line, 'close')
    line = createConnection(printer.port, '127.0.0.1')
    line.write(sheet(8))
    expect(await ask(...IN_TURN)).toEqual([0])
    expect(printer.prints()).toEqual(['001.png'])
  })
})

describe('the faults of the simulated printer', () => {
  it.each([
    ['cutter', [0x1a, 0x52, 0x1a, 0x12]],
    ['heat', [0x1a, 0x52, 0x52, 0x12]],
    ['offline', [0x1a, 0x12, 0x12, 0x12]],
    ['cover-open', [0x1a, 0x16, 0x12, 0x12]],
  ] as const)('%s stops it, as the command reference says', async (fault, bits) => {
    printer.setFault(fault)
    line.write(sheet(8))
    expect(await ask(0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4)).toEqual(bits)
    expect(printer.prints()).toEqual([])
  })

  it('heat passes, and the sheet comes out', async () => {
    printer.setFault('heat')
    line.write(sheet(8))
    await ask(0x10, 4, 1)
    printer.setFault('none')
    expect(await ask(...IN_TURN)).toEqual([0])
    expect(printer.prints()).toEqual(['001.png'])
  })

  it('silent prints, and answers only when it speaks again', async () => {
    const taken = Promise.withResolvers<void>()
    printer.setFault('silent')
    printer.afterBytes(sheet(8).length + 6, () => taken.resolve())
    line.write(sheet(8))
    line.write(Uint8Array.of(0x10, 4, 1, 0x1d, 0x61, 0xff))
    const spoken = answer()
    await taken.promise
    printer.setFault('none')
    expect(await spoken).toEqual([0x10, 0, 0, 0])
    expect(printer.prints()).toEqual(['001.png'])
  })

  it('slow takes one command after the other', async () => {
    const timers = createManualTimers()
    await printer.close()
    printer = await createTrainingPrinter({ dir, port: 0, timers })
    printer.setFault('slow')
    line = createConnection(printer.port, '127.0.0.1')
    line.write(sheet(8))
    expect(await ask(0x10, 4, 1)).toEqual([0x12])
    expect(printer.prints()).toEqual([])
    while (timers.pending() > 0) timers.advance(TRAINING_PRINTER.SLOW_MS)
    expect(printer.prints()).toEqual(['001.png'])
  })

  it('unplugged is gone from the line, and comes back at the same address', async () => {
    printer.setFault('unplugged')
    await once(line, 'close')
    const refused = createConnection(printer.port, '127.0.0.1')
    expect((await once(refused, 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED' })
    printer.setFault('none')
    line = createConnection(printer.port, '127.0.0.1')
    expect(await ask(0x10, 4, 1)).toEqual([0x12])
  })
})

describe('the simulated printer as receiptio, a client that nobody here wrote, sees it', () => {
  // It knows port 9100 alone, so the printer lies there at a loopback address of this test's own.
  const address = `127.${1 + (process.pid % 250)}.${1 + (process.ppid % 250)}.9`
  const bridge = createServer((from) => {
    const to = createConnection(printer.port, '127.0.0.1')
    from.on('error', () => to.destroy()).pipe(to)
    to.on('error', () => from.destroy()).pipe(from)
  })
  beforeEach(async () => {
    bridge.listen(9100, address)
    await once(bridge, 'listening')
  })
  afterEach(async () => {
    bridge.close()
    await once(bridge, 'close')
  })

  it.each([
    ['online', () => {}],
    ['coveropen', () => printer.setFault('cover-open')],
    ['paperempty', () => printer.setPaper('out')],
    ['error', () => printer.setFault('cutter')],
  ])('as %s', async (status, break_) => {
    break_()
    expect(await receiptio.print('', `-d ${address} -q`)).toBe(status)
  })

  it('as one that prints', async () => {
    expect(await receiptio.print('{width:48}\n^^^A027', `-d ${address} -p escpos`)).toBe('success')
  })
})
