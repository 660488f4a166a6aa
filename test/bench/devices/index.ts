import type { Figure } from '../figure.ts'
import { pageScanFigures } from './page-scans.ts'

/** The bars of the devices. */
export async function devicesBench(): Promise<readonly Figure[]> {
  return [...(await pageScanFigures())]
}
