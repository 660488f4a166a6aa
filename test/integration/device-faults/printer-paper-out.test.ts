import { expect, test } from 'vitest'
import {
  goesOn,
  outcomeOf,
  slipPrinterFails,
  slipPrinterNeeds,
} from '../../fixtures/slip-printer-fault.ts'

/** The slip printer's roll ends and is replaced on every screen of a visit. */

test.skipIf(slipPrinterNeeds !== '')(
  `the slip printer without paper: the visit goes on, and the slip comes with a new roll${slipPrinterNeeds}`,
  async () => {
    const told = await slipPrinterFails({
      breakIt: (world) => world.setPaper('out'),
      mend: (world) => world.setPaper('in'),
      state: 'paper-out',
      paper: { broken: 'failed', mended: 'printed' },
    })
    expect(outcomeOf(told)).toEqual(goesOn)
  },
)
