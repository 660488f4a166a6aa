import type { Figure } from '../figure.ts'
import { chipFigures } from './chip.ts'

/** The bars of the devices. */
export async function devicesBench(): Promise<readonly Figure[]> {
  return [...(await chipFigures())]
}
