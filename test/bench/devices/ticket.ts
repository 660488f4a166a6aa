import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createPrinter, tcpTransport } from '../../../electron/devices/printers/index.ts'
import { openCanvas } from '../../../electron/printing/canvas.ts'
import { ticketDocument, type TicketInput } from '../../../electron/printing/document.ts'
import { createPrinting, editionOn, openOfficialTexts } from '../../../electron/printing/index.ts'
import { layOut } from '../../../electron/printing/layout.ts'
import { resourcesDir } from '../../../electron/resources-dir.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { figure, median, timed, type Figure } from '../figure.ts'

const ROUNDS = 21

/** A ticket from the touch to the first byte that its printer gets, and the drawing in it. */
export async function ticketFigures(): Promise<readonly Figure[]> {
  const fontsDir = join(resourcesDir(), 'fonts')
  const shipped = join(resourcesDir(), 'papers', 'official-texts.json')
  const editions = await openOfficialTexts({ shipped, own: '' }, () => {})
  const ticket = (number: number): TicketInput => ({
    commune: 'Xã Mẫu',
    province: 'Tỉnh Thí Điểm',
    kioskId: 'KM4',
    number: `A${String(number).padStart(3, '0')}`,
    counter: '2',
    issuedAtMs: Date.UTC(2026, 10, 24, 3, 24),
    reprint: false,
  })

  // A printer that is well and prints at once; only what is longer than a query is a job.
  let firstByte: ((at: number) => void) | null = null
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      if (bytes.length > 100) {
        firstByte?.(performance.now())
        firstByte = null
      }
      if (bytes.at(-3) === 0x10) socket.write(Uint8Array.of(0x12))
      if (bytes.at(-2) === 0x72) socket.write(Uint8Array.of(0))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port')
  const printer = createPrinter({
    transport: tcpTransport({ host: '127.0.0.1', port: address.port }),
    timers: systemTimers,
    log: () => {},
  })
  const texts = () => editionOn(editions, '2026-11-24')
  const printing = createPrinting({ printer, width: 576, fontsDir, texts })
  const canvas = await openCanvas(fontsDir)
  if (!canvas.ok) throw new Error(canvas.error)
  const { draw, measure } = canvas.value

  const taps: number[] = []
  const drawings: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const came = new Promise<number>((resolve) => (firstByte = resolve))
      const began = performance.now()
      const printed = printing.printTicket(ticket(round))
      taps.push((await came) - began)
      if (!(await printed).ok) throw new Error('the ticket did not come out')
      drawings.push(await timed(() => draw(layOut(ticketDocument(ticket(round)), 576, measure))))
    }
  } finally {
    await printer.close()
    server.close()
  }
  return [
    figure('devices', 'ticket: touch to first byte', median(taps.slice(1)), 'ms', '<=', 60),
    figure('devices', 'ticket: raster', median(drawings.slice(1)), 'ms', '<=', 20),
  ]
}
