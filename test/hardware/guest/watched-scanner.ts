import { EventEmitter, once } from 'node:events'
import type { ScannerState } from '../../../shared/contract/devices.ts'
import { createScanner, type OpenLine } from '../../../electron/devices/scanners/index.ts'
import { systemTimers } from '../../../electron/timers.ts'

/** For a line of which nothing is to be heard. */
export const noEvents = { onScan() {}, onRefused() {}, onGone() {} }

/** Our scanner on a real line, and how to wait for what it does. */
export function watchScanner(open: OpenLine) {
  const heard = new EventEmitter()
  const scans: string[] = []
  const scanner = createScanner({
    open,
    timers: systemTimers,
    onScan(text) {
      scans.push(text)
      heard.emit('any')
    },
    onRefused(why) {
      scans.push(why)
      heard.emit('any')
    },
    log: () => {},
  })
  scanner.subscribe(() => heard.emit('any'))

  return {
    scanner,
    /** The next scan, or why it was refused. */
    async nextScan(): Promise<string> {
      for (;;) {
        const scan = scans.shift()
        if (scan !== undefined) return scan
        await once(heard, 'any')
      }
    },
    async until(state: ScannerState['state']): Promise<void> {
      while (scanner.state().state !== state) await once(heard, 'any')
    },
  }
}
