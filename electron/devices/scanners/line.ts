import type { Result } from '../../../shared/domain/result.ts'
import type { ScanSink } from './scans.ts'

/** Why there is no scanner just now. */
export type ScannerProblem = 'missing' | 'busy' | 'not-allowed' | 'no-driver' | 'failed'

/** What an open scanner tells. `onGone` once: it was unplugged or closed. */
export interface LineEvents extends ScanSink {
  onGone(): void
}

/** An open scanner. */
export interface ScannerLine {
  close(): Promise<void>
}

/** Finds the scanner, opens it, and cuts what it sends into scans. */
export type OpenLine = (events: LineEvents) => Promise<Result<ScannerLine, ScannerProblem>>
