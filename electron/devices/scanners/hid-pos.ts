import { scannerLimits } from './limits.ts'
import { createScanBuffer } from './scan-buffer.ts'
import type { ScanDecoder, ScanSink } from './scans.ts'
import { createSilence } from './silence.ts'
import type { Timers } from '../../timers.ts'

/** Where a scanner is found among HID devices: page and usage of HID POS Usage Tables 1.02. */
export const HID_POS = { USAGE_PAGE: 0x8c, USAGE: 0x02 } as const

/** Feature report 254 = 1: what a Honeywell needs to speak HID POS instead of typing. */
export const HONEYWELL_TO_HID_POS: Uint8Array = Uint8Array.of(254, 1)

const HONEYWELL_VENDORS: ReadonlySet<number> = new Set([0x0c2e, 0x23d0])

export function isHoneywell(vendorId: number): boolean {
  return HONEYWELL_VENDORS.has(vendorId)
}

const DATA_REPORT = 2
const DATA_BYTES = 56
const BRACKET = 0x5d

/** What one input report says: its part of the scan, and whether another one follows. */
export type HidPosReport =
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly more: boolean }
  /** Of another kind, such as the answer of a trigger. */
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed' }

/**
 * Reads an input report with its id in front. The payload: byte 0 the length of the data, 1..3 the
 * AIM symbology id, 4..59 the data, in the last byte bit 0 "more follows". Zebra and Datalogic have
 * AIM id and data one byte later; the id's bracket tells.
 */
export function parseHidPosReport(report: Uint8Array): HidPosReport {
  if (report[0] !== DATA_REPORT) return { kind: 'other' }
  const payload = report.subarray(1)
  const [length = 0, first, second] = payload
  const from = first !== BRACKET && second === BRACKET ? 5 : 4
  const flags = payload.at(-1)
  // The last byte is the flag and never data.
  if (flags === undefined || length > DATA_BYTES || from + length >= payload.length) {
    return { kind: 'malformed' }
  }
  return {
    kind: 'data',
    bytes: payload.subarray(from, from + length),
    more: (flags & 1) === 1,
  }
}

/**
 * Puts the reports of a scan together. All bytes are collected before anything is decoded, for a
 * letter may begin in one report and end in the next. What is refused is forgotten whole; after a
 * malformed report that is everything up to the end of its scan.
 */
export function createHidPosDecoder(timers: Timers, sink: ScanSink): ScanDecoder {
  const buffer = createScanBuffer()
  let refused = false
  const silence = createSilence(timers, scannerLimits.NEXT_REPORT_MS, () => {
    const known = refused
    forget()
    if (!known) sink.onRefused('incomplete')
  })

  function forget() {
    silence.stop()
    buffer.clear()
    refused = false
  }

  return {
    push(chunk) {
      const report = parseHidPosReport(chunk)
      switch (report.kind) {
        case 'other':
          return
        case 'malformed':
          if (!refused) sink.onRefused('malformed')
          refused = true
          buffer.clear()
          silence.restart()
          return
        case 'data': {
          if (!refused) buffer.add(report.bytes)
          if (report.more) return silence.restart()
          const scan = refused ? null : buffer.take()
          forget()
          if (scan === 'too-long') sink.onRefused(scan)
          else if (scan !== null) sink.onScan(scan)
        }
      }
    },
    discard: forget,
  }
}
