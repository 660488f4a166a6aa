import { createConnection } from 'node:net'
import { err, ok } from '../../../shared/domain/result.ts'
import type { Transport } from './transport.ts'

/** A network printer: raw bytes on a TCP port, by custom 9100. */
export function tcpTransport(address: { readonly host: string; readonly port: number }): Transport {
  return {
    open: (events, signal) =>
      new Promise((resolve) => {
        const socket = createConnection({ ...address, noDelay: true, signal })
        // An error is always followed by `close`; the reason makes no difference to the kiosk.
        socket.on('error', () => {})
        socket.once('close', () => resolve(err('refused')))
        socket.once('connect', () => {
          socket.on('data', events.data)
          socket.once('close', events.closed)
          resolve(
            ok({
              write: (bytes) =>
                new Promise((written) => {
                  socket.write(bytes, (error) => written(!error))
                }),
              close: () => socket.destroy(),
            }),
          )
        })
      }),
  }
}
