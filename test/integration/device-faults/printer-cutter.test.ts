import { expect, test } from 'vitest'
import { SCREENS_OF_A_VISIT } from '../../fixtures/faulty-visit.ts'
import { slipPrinterFails, slipPrinterNeeds } from '../../fixtures/slip-printer-fault.ts'

/** The slip printer's cutter sticks and is freed on every screen of a visit. */

test.skipIf(slipPrinterNeeds !== '')(
  `the slip printer's cutter stuck: the visit goes on, and the slip comes once it is free${slipPrinterNeeds}`,
  async () => {
    const told = await slipPrinterFails({
      breakIt: (world) => world.setPrinter('cutter'),
      mend: (world) => world.setPrinter('none'),
      state: 'error',
      paper: { broken: 'failed', mended: 'printed' },
    })
    expect(told.on).toEqual(SCREENS_OF_A_VISIT)
    expect(told.lost).toEqual([])
    expect(told.dossiers).toBe(1)
    const [first, same, next] = told.numbers
    expect(same).toBe(first)
    expect(told.tickets).toEqual([first, next])
  },
)
