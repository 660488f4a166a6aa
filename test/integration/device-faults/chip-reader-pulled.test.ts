import { expect, test } from 'vitest'
import { visitBesideChipReader } from '../../fixtures/chip-reader-visit.ts'
import { SCREENS_OF_A_VISIT } from '../../fixtures/faulty-visit.ts'
import { missingPcscd } from '../../peers/pcscd.ts'

/** The reader of chips is pulled and put back on every screen of a visit. */

const missing = missingPcscd()

test.skipIf(missing !== null)(
  `the chip reader pulled: each screen stays, and the visit files without it ${missing ?? ''}`,
  async () => {
    const told = await visitBesideChipReader({
      breakIt: (pcscd) => pcscd.unplug(),
      mend: (pcscd) => pcscd.plug(),
      broken: 'no-reader',
    })
    expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
  },
)
