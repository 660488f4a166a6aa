import { expect, test } from 'vitest'
import {
  goesOn,
  outcomeOf,
  slipPrinterFails,
  slipPrinterNeeds,
} from '../../fixtures/slip-printer-fault.ts'

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
    expect(outcomeOf(told)).toEqual(goesOn)
  },
)
