import { err, ok, unreachable } from '../../../shared/domain/result.ts'
import { openSerial, type SerialProblem } from '../serial.ts'
import type { OpenProblem, Transport } from './transport.ts'

/** A write on a serial line has this long at the port; the printer's own deadlines are shorter. */
const WRITE_MS = 30_000

/** A printer on a serial port. */
export function serialTransport(line: { readonly path: string; readonly baud: number }): Transport {
  return {
    open: async (events, signal) => {
      const opened = await openSerial(line.path, line.baud)
      if (!opened.ok) return err(openProblem(opened.error))
      const port = opened.value
      if (signal.aborted) {
        await port.close()
        return err('refused')
      }
      port.onData(events.data)
      port.onClose(events.closed)
      return ok({
        write: async (bytes) => (await port.write(bytes, WRITE_MS)).ok,
        close: () => void port.close(),
      })
    },
  }
}

function openProblem(problem: SerialProblem): OpenProblem {
  switch (problem) {
    case 'missing':
    case 'not-allowed':
    case 'failed':
      return 'refused'
    case 'busy':
      return 'busy'
    case 'no-driver':
      return 'driver'
    default:
      return unreachable(problem)
  }
}
