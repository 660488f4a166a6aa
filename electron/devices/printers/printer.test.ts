import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PrinterState } from '../../../shared/contract/index.ts'
import { ok } from '../../../shared/domain/result.ts'
import { createTrainingPrinter, type TrainingPrinter } from '../../training/printer.ts'
import { encodeJob } from '../../printing/escpos.ts'
import {
  createPrinter,
  noPrinter,
  type Printer,
  PRINTER_LIMITS,
  type PrinterEvent,
} from './printer.ts'
import { serialTransport } from './serial.ts'
import { tcpTransport } from './tcp.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { systemTimers, type Timers } from '../../timers.ts'
import type { Transport } from './transport.ts'

const host = '127.0.0.1'
const ready: PrinterState = { state: 'ready', paper: 'enough' }
/** A sheet of stripes: three bands, 36 kB. */
const job = encodeJob({ width: 576, height: 500, bits: new Uint8Array(72 * 500).fill(0xf0) })

/** Lets a test act at the moment in which the kiosk sends something. */
function watched(inner: Transport, before: (bytes: Uint8Array) => void): Transport {
  return {
    open: async (events, signal) => {
      const opened = await inner.open(events, signal)
      if (!opened.ok) return opened
      return ok({
        ...opened.value,
        write: (bytes) => {
          before(bytes)
          return opened.value.write(bytes)
        },
      })
    },
  }
}

let world: TrainingPrinter
let printer: Printer | null = null
let servers: Server[] = []
let log: PrinterEvent[] = []

beforeEach(async () => {
  world = await createTrainingPrinter({ dir: mkdtempSync(join(tmpdir(), 'printer-')), port: 0 })
  log = []
})
afterEach(async () => {
  await printer?.close()
  printer = null
  await world.close()
  for (const server of servers) server.close()
  servers = []
})

function drive(transport: Transport, timers: Timers = systemTimers): Printer {
  printer = createPrinter({ transport, timers, log: (event) => log.push(event) })
  return printer
}
const toWorld = () => tcpTransport({ host, port: world.port })

/** A TCP peer of the test's own making; it stands for a printer that misbehaves. */
async function peer(onData: (socket: Socket, bytes: Uint8Array) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => onData(socket, bytes))
  })
  servers.push(server)
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return tcpTransport({ host, port: address.port })
}

describe('a printer that answers', () => {
  it('prints, and is believed only after the answer behind the cut', async () => {
    expect(await drive(toWorld()).print(job)).toEqual(ok({ confirmed: true }))
    expect(world.prints()).toEqual(['001.png'])
  })

  it('prints one job after the other, never mixed', async () => {
    const device = drive(toWorld())
    const results = await Promise.all([device.print(job), device.print(job), device.print(job)])
    expect(results).toEqual([1, 2, 3].map(() => ok({ confirmed: true })))
    expect(world.prints()).toEqual(['001.png', '002.png', '003.png'])
  })

  it('says that the roll is near its end and prints on', async () => {
    world.setPaper('near-end')
    const device = drive(toWorld())
    expect(await device.refresh()).toEqual({ state: 'ready', paper: 'near-end' })
    expect(await device.print(job)).toEqual(ok({ confirmed: true }))
  })

  it.each<[PrinterState['state'], () => void]>([
    ['paper-out', () => world.setPaper('out')],
    ['cover-open', () => world.setFault('cover-open')],
    ['error', () => world.setFault('heat')],
    ['error', () => world.setFault('cutter')],
    ['error', () => world.setFault('offline')],
    ['disconnected', () => world.setFault('unplugged')],
  ])('sends nothing while it is %s', async (state, break_) => {
    break_()
    const device = drive(toWorld())
    expect(await device.print(job)).toMatchObject({ ok: false, error: { state } })
    world.setPaper('in')
    world.setFault('none')
    expect(await device.refresh()).toEqual(ready)
    expect(world.prints()).toEqual([])
  })

  it('reports paper that ran out in the middle, and a new roll brings out the new sheet alone', async () => {
    let chunks = 0
    const device = drive(
      watched(toWorld(), (bytes) => {
        if (bytes.length > 1_000 && (chunks += 1) === 2) world.setPaper('out')
      }),
    )
    expect(await device.print(job)).toEqual({ ok: false, error: { state: 'paper-out' } })
    expect(device.state()).toEqual({ state: 'paper-out' })
    world.setPaper('in')
    expect(world.prints()).toEqual([])
    expect(await device.print(job)).toEqual(ok({ confirmed: true }))
    expect(world.prints()).toEqual(['001.png'])
  })

  it('tells and logs a state once, when it changes', async () => {
    const device = drive(toWorld())
    const seen: PrinterState[] = []
    await device.refresh()
    const end = device.subscribe((state) => seen.push(state))
    await device.refresh()
    world.setPaper('out')
    await device.refresh()
    await device.refresh()
    end()
    world.setPaper('in')
    await device.refresh()
    expect(seen).toEqual([{ state: 'paper-out' }])
    expect(log).toEqual(
      [ready, { state: 'paper-out' }, ready].map((state) => ({
        event: 'printer-state',
        state,
        problem: null,
      })),
    )
  })

  it('tells a change at once where the printer can, long before it is asked again', async () => {
    const timers = createManualTimers()
    const device = drive(toWorld(), timers)
    await device.refresh()
    const changed = new Promise<PrinterState>((resolve) => device.subscribe(resolve))
    world.setPaper('near-end')
    expect(await changed).toEqual({ state: 'ready', paper: 'near-end' })
  })

  it('is asked again each second while idle', async () => {
    const timers = createManualTimers()
    let answer = 0x12
    const transport = await peer((socket, bytes) => {
      if (bytes.at(-3) === 0x10) socket.write(Uint8Array.of(bytes.at(-1) === 2 ? answer : 0x12))
    })
    const device = drive(transport, timers)
    await device.refresh()
    const changed = new Promise<PrinterState>((resolve) => device.subscribe(resolve))
    answer = 0x16
    timers.advance(PRINTER_LIMITS.POLL_MS)
    expect(await changed).toEqual({ state: 'cover-open' })
  })
})

describe('a printer that is not there', () => {
  it('is disconnected, and comes back by itself', async () => {
    const { port } = world
    await world.close()
    const device = drive(tcpTransport({ host, port }))
    expect(await device.refresh()).toEqual({ state: 'disconnected' })
    expect(await device.print(job)).toEqual({ ok: false, error: { state: 'disconnected' } })
    expect(log.at(-1)).toMatchObject({ problem: 'refused' })
    world = await createTrainingPrinter({ dir: mkdtempSync(join(tmpdir(), 'printer-')), port })
    expect(await device.refresh()).toEqual(ready)
  })

  it('is disconnected the moment its line breaks, long before it is asked again', async () => {
    const device = drive(toWorld(), createManualTimers())
    await device.refresh()
    const changed = new Promise<PrinterState>((resolve) => device.subscribe(resolve))
    world.setFault('unplugged')
    expect(await changed).toEqual({ state: 'disconnected' })
  })

  it('that breaks each line is asked in its turn, not over and over', async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    let lines = 0
    const transport: Transport = {
      open: async ({ closed }) => {
        await turn()
        lines += 1
        const write = async () => {
          closed()
          return false
        }
        return ok({ write, close: () => {} })
      },
    }
    const device = drive(transport, createManualTimers())
    await device.refresh()
    for (let left = 50; left > 0; left -= 1) await turn()
    // Two tries of a look: the first one, the one that was asked for, the one out of turn.
    expect(lines).toBe(6)
  })

  it('is disconnected when it goes away in the middle of a job', async () => {
    const transport = await peer((socket, bytes) => {
      if (bytes.length > 1_000) socket.destroy()
      else if (bytes.at(-3) === 0x10) socket.write(Uint8Array.of(0x12))
    })
    const device = drive(transport)
    expect(await device.refresh()).toEqual(ready)
    for (const server of servers) server.close()
    expect(await device.print(job)).toEqual({ ok: false, error: { state: 'disconnected' } })
  })

  it('is not configured where the profile names none', async () => {
    expect(await noPrinter().print(job)).toEqual({ ok: false, error: { state: 'not-configured' } })
  })
})

describe('a printer that does not say how it is', () => {
  it('is unknown after half a second of silence, prints, and is not believed', async () => {
    const timers = createManualTimers()
    let received = 0
    const transport = await peer((_socket, bytes) => {
      received += bytes.length
      if (bytes.at(-3) === 0x10) timers.advance(PRINTER_LIMITS.STATUS_MS)
    })
    const device = drive(transport, timers)
    expect(await device.refresh()).toEqual({ state: 'unknown' })
    expect(await device.print(job)).toEqual(ok({ confirmed: false }))
    await device.refresh()
    expect(received).toBeGreaterThan(job.length)
  })

  it('is not believed when it never answers behind the cut', async () => {
    const timers = createManualTimers()
    const transport = await peer((socket, bytes) => {
      if (bytes.at(-3) === 0x10) socket.write(Uint8Array.of(0x12))
      if (bytes.at(-2) === 0x72) timers.advance(PRINTER_LIMITS.CONFIRM_MS)
    })
    expect(await drive(transport, timers).print(job)).toEqual(ok({ confirmed: false }))
  })

  it('is not believed by its late answer to an earlier job, and is again once it keeps up', async () => {
    const timers = createManualTimers()
    /** How many of the questions behind a cut it answers at that moment; it owes the rest. */
    const answersAt = [0, 1, 2]
    const transport: Transport = {
      open: async ({ data, closed }) =>
        ok({
          write: async (bytes) => {
            if (bytes.at(-3) === 0x10) data(Uint8Array.of(0x12))
            if (bytes.at(-2) !== 0x72) return true
            data(new Uint8Array(answersAt.shift() ?? 0))
            timers.advance(PRINTER_LIMITS.CONFIRM_MS)
            return true
          },
          close: closed,
        }),
    }
    const device = drive(transport, timers)
    expect(await device.print(job)).toEqual(ok({ confirmed: false }))
    expect(await device.print(job)).toEqual(ok({ confirmed: false }))
    expect(await device.print(job)).toEqual(ok({ confirmed: true }))
  })

  it('is not believed when it answers rubbish', async () => {
    world.setFault('rubbish')
    const device = drive(toWorld())
    expect(await device.refresh()).toEqual({ state: 'unknown' })
    expect(await device.print(job)).toEqual(ok({ confirmed: false }))
    world.setFault('none')
    expect(await device.print(job)).toEqual(ok({ confirmed: true }))
    expect(world.prints()).toEqual(['001.png', '002.png'])
  })

  it('is not believed when rubbish comes before the answer behind the cut', async () => {
    const transport = await peer((socket, bytes) => {
      if (bytes.at(-3) === 0x10) socket.write(Uint8Array.of(0x12))
      if (bytes.at(-2) === 0x72) socket.write(Buffer.from('OK?\0'))
    })
    expect(await drive(transport).print(job)).toEqual(ok({ confirmed: false }))
  })

  it('is known by what it tells unasked where it answers no query in real time', async () => {
    const timers = createManualTimers()
    let paper = 0
    const transport: Transport = {
      open: async ({ data, closed }) =>
        ok({
          write: async (bytes) => {
            if (bytes.at(-2) === 0x61) data(Uint8Array.of(0x10, 0, paper, 0))
            if (bytes.at(-3) === 0x10) timers.advance(PRINTER_LIMITS.STATUS_MS)
            return true
          },
          close: closed,
        }),
    }
    const device = drive(transport, timers)
    expect(await device.refresh()).toEqual(ready)
    paper = 0x0f
    expect(await device.refresh()).toEqual({ state: 'paper-out' })
  })

  it('is given up when it takes no more bytes', async () => {
    const timers = createManualTimers()
    const transport = watched(toWorld(), (bytes) => {
      if (bytes.length > 1_000) world.setPaper('out')
    })
    const stuck: Transport = {
      open: async (events, signal) => {
        const opened = await transport.open(events, signal)
        if (!opened.ok) return opened
        const channel = opened.value
        return ok({
          close: () => channel.close(),
          write: (bytes) => {
            if (bytes.length < 1_000) return channel.write(bytes)
            void channel.write(bytes).then(() => timers.advance(PRINTER_LIMITS.WRITE_MS))
            return new Promise<boolean>(() => {})
          },
        })
      },
    }
    const device = drive(stuck, timers)
    expect(await device.print(job)).toEqual({ ok: false, error: { state: 'paper-out' } })
    world.setPaper('in')
    expect(world.prints()).toEqual([])
  })
})

describe('a printer on a serial port', () => {
  const hasSocat = spawnSync('socat', ['-V']).error === undefined
  it.skipIf(!hasSocat && !process.env['CI'])('prints through a pseudo-terminal', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'tty-')), 'tty')
    const bridge = spawn('socat', [
      '-d',
      '-d',
      `pty,raw,echo=0,link=${path}`,
      `tcp:${host}:${world.port}`,
    ])
    try {
      await new Promise<void>((resolve) => {
        let said = ''
        bridge.stderr.on('data', (text: Buffer) => {
          said += text.toString()
          if (said.includes('starting data transfer loop')) resolve()
        })
      })
      const device = drive(serialTransport({ path, baud: 115_200 }))
      expect(await device.print(job)).toEqual(ok({ confirmed: true }))
      expect(world.prints()).toEqual(['001.png'])

      const second = createPrinter({
        transport: serialTransport({ path, baud: 115_200 }),
        timers: systemTimers,
        log: (event) => log.push(event),
      })
      expect(await second.refresh()).toEqual({ state: 'disconnected' })
      expect(log.at(-1)).toMatchObject({ problem: 'busy' })
      await second.close()
    } finally {
      bridge.kill()
      await once(bridge, 'exit')
    }
  })

  it('is disconnected where the path does not exist', async () => {
    const device = drive(serialTransport({ path: join(tmpdir(), 'no-such-tty'), baud: 9_600 }))
    expect(await device.refresh()).toEqual({ state: 'disconnected' })
  })
})
