import { expect, test } from 'vitest'
import {
  goesOn,
  outcomeOf,
  slipPrinterFails,
  slipPrinterNeeds,
} from '../../fixtures/slip-printer-fault.ts'

/** The slip printer's line is pulled and put back on every screen of a visit. */

test.skipIf(slipPrinterNeeds !== '')(
  `the slip printer pulled: the visit goes on, and the slip comes once it is back${slipPrinterNeeds}`,
  async () => {
    const told = await slipPrinterFails({
      breakIt: (world) => world.setPrinter('unplugged'),
      mend: (world) => world.setPrinter('none'),
      state: 'disconnected',
      paper: { broken: 'failed', mended: 'printed' },
    })
    expect(outcomeOf(told)).toEqual(goesOn)
  },
)
