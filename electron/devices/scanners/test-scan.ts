import type { DeviceTest } from '../../../shared/contract/device-desk.ts'
import type { ScannerState } from '../../../shared/contract/devices.ts'
import { parseCode } from '../../identity/index.ts'
import { scannerRemedy } from '../remedies.ts'
import { scannerLimits } from './limits.ts'
import type { Scanner } from './scanner.ts'
import type { Timers } from '../../timers.ts'

/**
 * Waits for one scan, which the kiosk then does not get, and says what it was and no more. `signal`
 * gives up: the next scan is the kiosk's again.
 */
export async function testScan(
  scanner: Scanner,
  timers: Timers,
  signal: AbortSignal,
): Promise<DeviceTest> {
  const now = scanner.state()
  if (now.state !== 'ready') return stateOutcome(now)
  const shown = Promise.withResolvers<DeviceTest>()
  const stops = [
    scanner.takeNext((scan) => {
      shown.resolve(
        scan.kind === 'scan'
          ? { outcome: 'scan', code: parseCode(scan.text).kind, bytes: scan.bytes }
          : { outcome: 'refused', why: scan.why },
      )
    }),
    scanner.subscribe((state) => shown.resolve(stateOutcome(state))),
    timers.after(scannerLimits.TEST_MS, () => shown.resolve({ outcome: 'nothing' })),
  ]
  const onAbort = () => shown.resolve({ outcome: 'nothing' })
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  const outcome = await shown.promise
  signal.removeEventListener('abort', onAbort)
  for (const stop of stops) stop()
  return outcome
}

function stateOutcome(state: ScannerState): DeviceTest {
  return { outcome: 'state', state, remedy: scannerRemedy(state) }
}
