import { expect, test } from 'vitest'
import type { Screen } from '../../../shared/contract/index.ts'
import { slipPrinterFails, slipPrinterNeeds } from '../../fixtures/slip-printer-fault.ts'

/** The slip printer falls silent and speaks again: it takes seconds to be sure of each. */

const screens: readonly Screen[] = ['attract', 'papers', 'done']

test.skipIf(slipPrinterNeeds !== '')(
  `the slip printer silent: the visit goes on, and nobody claims that the slip came${slipPrinterNeeds}`,
  async () => {
    const told = await slipPrinterFails({
      breakIt: (world) => world.setPrinter('silent'),
      mend: (world) => world.setPrinter('none'),
      state: 'unknown',
      screens,
      paper: { broken: 'unconfirmed', mended: 'unconfirmed' },
    })
    expect(told.on).toEqual(screens)
    expect(told.lost).toEqual([])
    expect(told.dossiers).toBe(1)
    const [first, same, next] = told.numbers
    expect(same).toBe(first)
    expect(told.tickets).toEqual([first, next])
  },
)
