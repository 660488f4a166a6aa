import { expect, test } from 'vitest'
import {
  goesOn,
  outcomeOf,
  slipPrinterFails,
  slipPrinterNeeds,
} from '../../fixtures/slip-printer-fault.ts'

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
    expect(outcomeOf(told)).toEqual(goesOn)
  },
)
