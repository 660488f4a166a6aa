import { expect, test } from 'vitest'
import { visitBesideChipReader } from '../../fixtures/chip-reader-visit.ts'
import { SCREENS_OF_A_VISIT } from '../../fixtures/faulty-visit.ts'
import { missingPcscd } from '../../peers/pcscd.ts'

/** The PC/SC service dies and is started again on every screen of a visit. */

const missing = missingPcscd()

test.skipIf(missing !== null)(
  `the PC/SC service away: each screen stays, and the visit files without it ${missing ?? ''}`,
  async () => {
    const told = await visitBesideChipReader({
      breakIt: (pcscd) => pcscd.kill(),
      mend: (pcscd) => pcscd.start(),
      broken: 'no-service',
    })
    expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
  },
)
