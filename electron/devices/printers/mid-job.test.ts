import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readSheet } from '../../../test/fixtures/sheet.ts'
import { createEscPosDecoder } from '../../printing/escpos-decoder.ts'
import { encodeJob } from '../../printing/escpos.ts'
import { type Raster, stack } from '../../printing/raster.ts'
import { systemTimers } from '../../timers.ts'
import { createTrainingPrinter, type TrainingPrinter } from '../../training/printer.ts'
import { AFTER_BROKEN_JOB } from './broken-job.ts'
import { createPrinter } from './printer.ts'
import { tcpTransport } from './tcp.ts'

/** Rows that all differ, so that no part of a sheet looks like a whole one. */
function picture(seed: number): Raster {
  const rows = 300
  const bits = new Uint8Array(48 * rows)
  for (let y = 0; y < rows; y += 1) bits.set([seed, y & 0xff, 0x40 | (y >> 8)], y * 48)
  return { width: 384, height: rows, bits }
}
const [first, again] = [picture(0xc3), picture(0x3c)]
const [firstJob, againJob] = [encodeJob(first), encodeJob(again)]

const faults: Record<
  string,
  readonly [(world: TrainingPrinter) => void, (world: TrainingPrinter) => void]
> = {
  paper: [(world) => world.setPaper('out'), (world) => world.setPaper('in')],
  cover: [(world) => world.setFault('cover-open'), (world) => world.setFault('none')],
  cutter: [(world) => world.setFault('cutter'), (world) => world.setFault('none')],
  heat: [(world) => world.setFault('heat'), (world) => world.setFault('none')],
  offline: [(world) => world.setFault('offline'), (world) => world.setFault('none')],
  unplugged: [(world) => world.setFault('unplugged'), (world) => world.setFault('none')],
}

it('a fault at any byte leaves at most one whole unmarked sheet; the next one is whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(faults)),
      fc.nat(AFTER_BROKEN_JOB.length + firstJob.length + 40),
      async (name, at) => {
        const dir = mkdtempSync(join(tmpdir(), 'mid-job-'))
        const world = await createTrainingPrinter({ dir, port: 0 })
        const device = createPrinter({
          transport: tcpTransport({ host: '127.0.0.1', port: world.port }),
          timers: systemTimers,
          log: () => {},
        })
        await device.refresh()
        const [break_, mend] = faults[name] ?? []
        world.afterBytes(at, () => break_?.(world))
        const printed = await device.print(firstJob)
        mend?.(world)
        await device.refresh()
        const reprinted = printed.ok ? printed : await device.print(againJob)
        expect(reprinted).toEqual({ ok: true, value: { confirmed: true } })
        const sheets = await Promise.all(
          world.prints().map(async (file) => Buffer.from((await readSheet(join(dir, file))).bits)),
        )
        const holding = (whole: Raster) =>
          sheets.filter((sheet) => sheet.includes(Buffer.from(whole.bits))).length
        expect(holding(first)).toBeLessThanOrEqual(1)
        expect(holding(printed.ok ? first : again)).toBe(1)
        await device.close()
        await world.close()
      },
    ),
    { numRuns: 25 },
  )
})

it('a printer that never understood the clearing brings out the next sheet by itself', () => {
  fc.assert(
    fc.property(fc.nat(firstJob.length), (at) => {
      const decoder = createEscPosDecoder()
      decoder.push(firstJob.subarray(0, at))
      const commands = decoder.push(Buffer.concat([AFTER_BROKEN_JOB, againJob]))
      const cuts = commands.flatMap(({ kind }, index) => (kind === 'cut' ? [index] : []))
      const bands = commands
        .slice((cuts.at(-2) ?? -1) + 1)
        .flatMap((command) => (command.kind === 'band' ? [command.raster] : []))
      expect(stack(bands)).toEqual(again)
    }),
    { numRuns: 200 },
  )
})
