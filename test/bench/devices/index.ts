import type { Figure } from '../figure.ts'
import { ticketFigures } from './ticket.ts'

/** The bars of the devices. */
export async function devicesBench(): Promise<readonly Figure[]> {
  return ticketFigures()
}
