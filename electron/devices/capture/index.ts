import type { DocumentScannerState } from '../../../shared/contract/index.ts'

/** A scanner that the core drives. */
export interface DocumentScanner {
  state(): DocumentScannerState
  subscribe(listener: (state: DocumentScannerState) => void): () => void
  /**
   * Scans what lies in it. `page` gets each page as a JPEG and says whether it was taken; a scan
   * that is under way goes on, and nothing else begins.
   */
  scan(page: (jpeg: Uint8Array) => Promise<boolean>): Promise<void>
  /** Ends the scan that is under way. */
  cancel(): void
  close(): Promise<void>
}
