import { scannerLimits } from './limits.ts'
import type { Timers } from '../../timers.ts'

/** Cuts the byte stream of a scanner into scans. */
export interface Framing {
  push(chunk: Uint8Array): void
  /** Forgets a scan that has begun, as when the scanner is unplugged. */
  discard(): void
}

const CR = 0x0d
const LF = 0x0a

/**
 * A scan ends at CR, LF or silence; empty ones are nothing. A scan over the limit is dropped
 * whole, told once by `onOverlong`, and the next one begins after its end.
 */
export function createFraming(on: {
  timers: Timers
  onFrame(bytes: Uint8Array): void
  onOverlong(): void
}): Framing {
  const frame = new Uint8Array(scannerLimits.FRAME_BYTES)
  let length = 0
  let overlong = false
  let cancelSilence = () => {}

  function discard() {
    cancelSilence()
    // A card lies in this buffer.
    frame.fill(0, 0, length)
    length = 0
    overlong = false
  }

  function end() {
    const wasOverlong = overlong
    const bytes = frame.slice(0, length)
    discard()
    if (wasOverlong) on.onOverlong()
    else if (bytes.length > 0) on.onFrame(bytes)
  }

  function awaitSilence() {
    cancelSilence()
    const due = on.timers.now() + scannerLimits.SILENCE_MS
    cancelSilence = on.timers.after(scannerLimits.SILENCE_MS, () => {
      if (on.timers.now() > due + scannerLimits.LATE_MS) awaitSilence()
      else end()
    })
  }

  return {
    push(chunk) {
      for (const byte of chunk) {
        if (byte === CR || byte === LF) {
          end()
        } else if (length === frame.length) {
          overlong = true
        } else {
          frame[length] = byte
          length += 1
        }
      }
      if (length > 0) awaitSilence()
    },
    discard,
  }
}
