import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadImage } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPrinter, type Printer, tcpTransport } from '../devices/printers/index.ts'
import { systemTimers } from '../timers.ts'
import { createTrainingPrinter, type TrainingPrinter } from '../training/printer.ts'
import { createPrinting, type SlipInput, type TicketInput } from './index.ts'

const fontsDir = fileURLToPath(new URL('../../resources/fonts', import.meta.url))
const place = { commune: 'Xã Thử', province: 'Tỉnh Mẫu', kioskId: 'K01', reprint: false }
const slip: SlipInput = {
  ...place,
  clientRef: '01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b',
  reference: 'KM4TR7HC',
  procedureName: 'Xác nhận tình trạng hôn nhân',
  handIn: [],
  maskedNumber: null,
  receivedAtMs: Date.UTC(2026, 10, 24, 3, 24),
  ticket: null,
}
const ticket: TicketInput = {
  ...place,
  number: 'A027',
  counter: '2',
  issuedAtMs: Date.UTC(2026, 10, 24, 3, 24),
}

let dir: string
let world: TrainingPrinter
let printer: Printer
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'printing-'))
  world = await createTrainingPrinter({ dir, port: 0 })
  printer = createPrinter({
    transport: tcpTransport({ host: '127.0.0.1', port: world.port }),
    timers: systemTimers,
    log: () => {},
  })
})
afterEach(async () => {
  await printer.close()
  await world.close()
})

it.each([576, 384] as const)('brings out slip and ticket on paper of %d dots', async (width) => {
  const printing = createPrinting({ printer, width, fontsDir })
  expect(await printing.printSlip(slip)).toEqual({ ok: true, value: { confirmed: true } })
  expect(await printing.printTicket(ticket)).toEqual({ ok: true, value: { confirmed: true } })
  expect(world.prints()).toEqual(['001.png', '002.png'])
  expect((await loadImage(readFileSync(join(dir, '002.png')))).width).toBe(width)
})

it('says what stopped the paper', async () => {
  world.setPaper('out')
  const printing = createPrinting({ printer, width: 576, fontsDir })
  expect(await printing.printTicket(ticket)).toEqual({
    ok: false,
    error: { kind: 'printer', printer: { state: 'paper-out' } },
  })
})

it('says when this machine cannot draw', async () => {
  const printing = createPrinting({ printer, width: 576, fontsDir: join(dir, 'nothing') })
  expect(await printing.printTicket(ticket)).toEqual({
    ok: false,
    error: { kind: 'drawing', missing: 'fonts' },
  })
})
