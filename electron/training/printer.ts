import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { PrinterFault } from '../../shared/contract/index.ts'
import {
  createEscPosDecoder,
  encodePng,
  type PrinterCommand,
  type Raster,
  stack,
} from '../printing/index.ts'
import { systemTimers, type Timers } from '../timers.ts'

/** Paper in the simulated printer. */
export type Paper = 'in' | 'near-end' | 'out'

/** A receipt printer without a motor: it speaks ESC/POS on TCP and keeps what it printed as PNG. */
export type TrainingPrinter = {
  readonly port: number
  setPaper(paper: Paper): void
  setFault(fault: PrinterFault): void
  /** Calls back once, when that many more bytes have come in. */
  afterBytes(count: number, act: () => void): void
  /** File names in `dir` of the sheets that were cut, oldest first. */
  prints(): string[]
  close(): Promise<void>
}

/** Sizes of the simulated printer. */
export const TRAINING_PRINTER = {
  /** Bytes that wait for paper before the line stalls, as in a real printer's buffer. */
  BUFFER_BYTES: 65_536,
  /** Rows of one sheet: two metres. A peer that never cuts does not fill the memory. */
  SHEET_ROWS: 16_000,
  /** For one command of a printer that is slow: a slip takes some four seconds. */
  SLOW_MS: 400,
} as const

const sizeOf = (command: PrinterCommand) =>
  command.kind === 'band' ? command.raster.bits.length : 8

/** Listens on 127.0.0.1; `port` 0 takes a free one. Sheets go to `dir` as `001.png`, `002.png`, … */
export async function createTrainingPrinter(options: {
  readonly dir: string
  readonly port: number
  readonly timers?: Timers
}): Promise<TrainingPrinter> {
  const { dir, timers = systemTimers } = options
  mkdirSync(dir, { recursive: true })
  const prints = readdirSync(dir)
    .filter((name) => /^\d{3,}\.png$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))

  let paper: Paper = 'in'
  let fault: PrinterFault = 'none'
  let pausing = false
  let count: { left: number; act: () => void } | null = null
  let sheet: Raster[] = []
  let sheetRows = 0
  /** Taken off the line but not printed yet. */
  let waiting: { readonly command: PrinterCommand; readonly from: Socket }[] = []
  let waitingBytes = 0
  const peers = new Map<Socket, { auto: boolean }>()

  const canPrint = () => paper !== 'out' && !STOPS.has(fault)

  const reply = (to: Socket, bytes: readonly number[]) => {
    if (!to.writable || fault === 'silent') return
    to.write(fault === 'rubbish' ? RUBBISH : Uint8Array.from(bytes))
  }

  /** Bits of the Epson command reference, DLE EOT n. */
  const realTimeStatus = (n: number): number => {
    switch (n) {
      case 1:
        return 0x12 | (canPrint() ? 0 : 0x08)
      case 2:
        return (
          0x12 |
          (fault === 'cover-open' ? 0x04 : 0) |
          (paper === 'out' ? 0x20 : 0) |
          (errorBits() === 0 ? 0 : 0x40)
        )
      case 3:
        return 0x12 | errorBits()
      case 4:
        return 0x12 | (paper === 'in' ? 0 : 0x0c) | (paper === 'out' ? 0x60 : 0)
      default:
        return 0x12
    }
  }
  const errorBits = () => (fault === 'cutter' ? 0x08 : fault === 'heat' ? 0x40 : 0)
  const paperBits = () => (paper === 'in' ? 0 : 0x03) | (paper === 'out' ? 0x0c : 0)
  const autoStatus = () => [
    0x10 | (canPrint() ? 0 : 0x08) | (fault === 'cover-open' ? 0x20 : 0),
    errorBits(),
    paperBits(),
    0,
  ]

  const cut = () => {
    const picture = stack(sheet)
    sheet = []
    sheetRows = 0
    if (!picture) return
    const lastName = prints.at(-1)
    const number = (lastName === undefined ? 0 : Number.parseInt(lastName, 10)) + 1
    const name = `${String(number).padStart(3, '0')}.png`
    writeFileSync(join(dir, name), encodePng(picture))
    prints.push(name)
  }

  /** Does what was asked, in its turn. */
  const perform = (command: PrinterCommand, from: Socket) => {
    switch (command.kind) {
      case 'band':
        sheetRows += command.raster.height
        if (sheetRows > TRAINING_PRINTER.SHEET_ROWS) cut()
        sheet.push(command.raster)
        break
      case 'cut':
        cut()
        break
      case 'auto-status': {
        const peer = peers.get(from)
        if (peer) peer.auto = command.n !== 0
        if (command.n !== 0) reply(from, autoStatus())
        break
      }
      case 'status-in-turn':
        reply(from, [command.n === 1 || command.n === 49 ? paperBits() : 0])
        break
      case 'identify':
        reply(from, command.n >= 65 ? [...Buffer.from('_KIOSK TRAINING\0', 'latin1')] : [0x20])
        break
      case 'reset':
      case 'feed':
      case 'status-query':
      case 'clear':
        break
    }
  }

  const work = () => {
    while (canPrint() && !pausing) {
      const next = waiting.shift()
      if (!next) break
      waitingBytes -= sizeOf(next.command)
      perform(next.command, next.from)
      if (fault !== 'slow') continue
      pausing = true
      timers.after(TRAINING_PRINTER.SLOW_MS, () => {
        pausing = false
        work()
      })
    }
    if (waitingBytes < TRAINING_PRINTER.BUFFER_BYTES) for (const peer of peers.keys()) peer.resume()
  }

  const take = (command: PrinterCommand, from: Socket) => {
    if (command.kind === 'status-query') {
      reply(from, [realTimeStatus(command.n)])
    } else if (command.kind === 'clear') {
      waiting = []
      waitingBytes = 0
      reply(from, [0x37, 0x25, 0])
    } else {
      waitingBytes += sizeOf(command)
      waiting.push({ command, from })
    }
  }

  const server = createServer((socket) => {
    const decoder = createEscPosDecoder()
    peers.set(socket, { auto: false })
    socket.on('error', () => {})
    socket.on('close', () => peers.delete(socket))
    socket.on('data', (chunk) => {
      for (let at = 0; at < chunk.length;) {
        const end = Math.min(chunk.length, at + (count?.left ?? chunk.length))
        for (const command of decoder.push(chunk.subarray(at, end))) take(command, socket)
        work()
        if (count !== null) count.left -= end - at
        at = end
        if (count?.left !== 0) continue
        const { act } = count
        count = null
        act()
      }
      if (waitingBytes >= TRAINING_PRINTER.BUFFER_BYTES) socket.pause()
    })
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no TCP port')
    return address.port
  }
  const port = await listen(options.port)

  const changed = () => {
    work()
    for (const [socket, peer] of peers) if (peer.auto) reply(socket, autoStatus())
  }
  /** Whoever opens the printer tears off what hangs out of it. */
  const tear = () => {
    sheet = []
    sheetRows = 0
  }
  const unplug = () => {
    for (const socket of peers.keys()) socket.destroy()
    waiting = []
    waitingBytes = 0
    tear()
    server.close()
  }

  return {
    port,
    setPaper: (next) => {
      if (paper === 'out' && next !== 'out') tear()
      paper = next
      changed()
    },
    setFault: (next) => {
      if (fault === next) return
      const before = fault
      fault = next
      if (before === 'cover-open') tear()
      if (before === 'unplugged') void listen(port)
      if (next === 'unplugged') unplug()
      changed()
    },
    afterBytes: (left, act) => {
      count = { left, act }
    },
    prints: () => [...prints],
    close: async () => {
      for (const socket of peers.keys()) socket.destroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}

const STOPS: ReadonlySet<PrinterFault> = new Set([
  'cover-open',
  'cutter',
  'heat',
  'offline',
  'unplugged',
])
/** What a modem, a login page or another kind of printer may send. */
const RUBBISH = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n', 'latin1')
