import type { Figure } from '../figure.ts'
import { pageScanFigures } from './page-scans.ts'
import { pluggingFigures } from './plugging.ts'
import { printerFigures } from './printer.ts'
import { scannerFigures } from './scanner.ts'
import { ticketFigures } from './ticket.ts'

/** The bars of the devices. */
export async function devicesBench(): Promise<readonly Figure[]> {
  return [
    ...(await scannerFigures()),
    ...(await pageScanFigures()),
    ...(await pluggingFigures()),
    ...(await ticketFigures()),
    ...(await printerFigures()),
  ]
}
