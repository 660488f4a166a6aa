/**
 * Why a scan was refused. `too-long`: more than a code can hold. `incomplete`: the rest of it never
 * came. `malformed`: a report that no scanner may send.
 */
export type ScanRefusal = 'too-long' | 'incomplete' | 'malformed'

/** Where a decoder puts what it makes of the bytes. */
export interface ScanSink {
  onScan(bytes: Uint8Array): void
  onRefused(why: ScanRefusal): void
}

/** Cuts what a scanner sends into scans. */
export interface ScanDecoder {
  push(chunk: Uint8Array): void
  /** Forgets a scan that has begun, as when the scanner is unplugged. */
  discard(): void
}
