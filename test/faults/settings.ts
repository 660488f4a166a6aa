import { z } from 'zod'

const environment = z
  .object({
    FAULTS_LONG: z.literal('1').optional(),
    FAULTS_SEED: z.coerce.number().int().min(0).max(0xffff_ffff).optional(),
    CI: z.string().optional(),
  })
  .parse(process.env)

/** What `npm run test:faults` was asked for; it passes its options on as environment variables. */
export const settings = {
  /** `--long`: more runs of everything that draws lots. */
  long: environment.FAULTS_LONG !== undefined,
  /** `--seed N`: that one run of the simulation. */
  seed: environment.FAULTS_SEED,
  /** Where set, a missing tool is a failure and not a skip. */
  ci: environment.CI !== undefined,
} as const
