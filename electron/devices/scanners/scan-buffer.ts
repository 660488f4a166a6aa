import { scannerLimits } from './limits.ts'

/** The bytes of one scan while it comes in. A card lies in it, so it is wiped whenever it ends. */
export interface ScanBuffer {
  add(bytes: Uint8Array): void
  isEmpty(): boolean
  /** Ends the scan: its bytes, null where there were none, or that there were too many. */
  take(): Uint8Array | 'too-long' | null
  clear(): void
}

/** Holds as much as the longest code; a scan over that is dropped whole. */
export function createScanBuffer(): ScanBuffer {
  const held = new Uint8Array(scannerLimits.FRAME_BYTES)
  let length = 0
  let overlong = false

  function clear() {
    held.fill(0, 0, length)
    length = 0
    overlong = false
  }

  return {
    add(bytes) {
      const fitting = bytes.subarray(0, held.length - length)
      held.set(fitting, length)
      length += fitting.length
      if (fitting.length < bytes.length) overlong = true
    },
    isEmpty: () => length === 0,
    take() {
      const scan = overlong ? 'too-long' : held.slice(0, length)
      clear()
      return scan === 'too-long' || scan.length > 0 ? scan : null
    },
    clear,
  }
}
