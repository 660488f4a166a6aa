import { z } from 'zod'

/** Why a scan was not taken. The last ones are codes of this kiosk or the portal. */
export const scanProblemSchema = z.enum([
  'garbled',
  'unknown',
  'vietqr',
  'health-insurance',
  'ticket',
  'dossier-code',
  /** The sheet of a procedure that is not filed here. */
  'procedure',
])
export type ScanProblem = z.infer<typeof scanProblemSchema>

/**
 * Scanners that only the page can serve: one that types as a keyboard does, and the document
 * camera.
 */
export const pageScannerSchema = z.enum(['wedge', 'camera'])
export type PageScanner = z.infer<typeof pageScannerSchema>

/** One code that the page read. */
export const pageScanSchema = z.strictObject({
  source: pageScannerSchema,
  text: z.string().min(1).max(4096),
})
export type PageScan = z.infer<typeof pageScanSchema>
