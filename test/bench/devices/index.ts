import type { Figure } from '../figure.ts'
import { chipFigures } from './chip.ts'
import { pageScanFigures } from './page-scans.ts'
import { pagePrinterFigures } from './page-printer.ts'
import { papersBench } from './papers.ts'
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
    ...(await papersBench()),
    ...(await chipFigures()),
    ...(await printerFigures()),
    ...(await pagePrinterFigures()),
  ]
}
