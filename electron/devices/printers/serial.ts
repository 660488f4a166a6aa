import type * as Serial from 'serialport'
import { err, ok } from '../../../shared/domain/result.ts'
import type { Transport } from './transport.ts'

/** A printer on a serial port. The one place of this folder that loads serialport. */
export function serialTransport(line: { readonly path: string; readonly baud: number }): Transport {
  return {
    open: async (events, signal) => {
      let serial: typeof Serial
      try {
        serial = await import('serialport')
      } catch {
        return err('driver')
      }
      const port = new serial.SerialPort({
        path: line.path,
        baudRate: line.baud,
        autoOpen: false,
      })
      port.on('error', () => {})
      const problem = await new Promise<Error | null>((resolve) => {
        signal.addEventListener('abort', () => resolve(new Error('too late')), { once: true })
        port.open(resolve)
      })
      if (problem) {
        if (port.isOpen) port.close()
        else port.once('open', () => port.close())
        return err(/lock/i.test(problem.message) ? 'busy' : 'refused')
      }
      port.on('data', events.data)
      port.once('close', events.closed)
      return ok({
        write: (bytes) =>
          new Promise((written) => {
            if (!port.isOpen) return written(false)
            // After an unplug the driver may never call back; the printer's deadline covers that.
            return port.write(bytes, (error) => {
              if (error) written(false)
              else port.drain((failed) => written(!failed))
            })
          }),
        close: () => {
          if (port.isOpen) port.close()
        },
      })
    },
  }
}
