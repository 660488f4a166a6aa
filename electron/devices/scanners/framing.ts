import { scannerLimits } from './limits.ts'
import { createScanBuffer } from './scan-buffer.ts'
import type { ScanDecoder, ScanSink } from './scans.ts'
import { createSilence } from './silence.ts'
import type { Timers } from '../../timers.ts'

const CR = 0x0d
const LF = 0x0a

/**
 * Cuts the byte stream of a serial scanner: a scan ends at CR, LF or silence; empty ones are
 * nothing. A scan over the limit is dropped whole and refused once, and the next one begins after
 * its end.
 */
export function createFraming(timers: Timers, sink: ScanSink): ScanDecoder {
  const buffer = createScanBuffer()
  const silence = createSilence(timers, scannerLimits.SILENCE_MS, end)

  function end() {
    silence.stop()
    const scan = buffer.take()
    if (scan === 'too-long') sink.onRefused(scan)
    else if (scan !== null) sink.onScan(scan)
  }

  return {
    push(chunk) {
      let from = 0
      for (const [at, byte] of chunk.entries()) {
        if (byte !== CR && byte !== LF) continue
        buffer.add(chunk.subarray(from, at))
        end()
        from = at + 1
      }
      buffer.add(chunk.subarray(from))
      if (!buffer.isEmpty()) silence.restart()
    },
    discard() {
      silence.stop()
      buffer.clear()
    },
  }
}
