import { expect, test } from 'vitest'
import { SCREENS_OF_A_VISIT } from '../../fixtures/faulty-visit.ts'
import { slipPrinterFails, slipPrinterNeeds } from '../../fixtures/slip-printer-fault.ts'

/** The slip printer's cover is opened and closed on every screen of a visit. */

test.skipIf(slipPrinterNeeds !== '')(
  `the slip printer open: the visit goes on, and the slip comes once it is closed${slipPrinterNeeds}`,
  async () => {
    const told = await slipPrinterFails({
      breakIt: (world) => world.setPrinter('cover-open'),
      mend: (world) => world.setPrinter('none'),
      state: 'cover-open',
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
