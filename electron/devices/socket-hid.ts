import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { err, ok } from '../../shared/domain/result.ts'
import type { HidChannel, HidDevice } from './hid.ts'
import { HID_POS, type HidDriver } from './scanners/index.ts'

/** Bytes of one input report with its id: what a HID-POS scanner sends (Usage Tables 1.02). */
const REPORT_BYTES = 64

/**
 * The simulated byte channel of training mode: one HID-POS scanner whose reports come over a Unix
 * socket that is there while it is plugged in. Everything above is the true protocol.
 */
export function socketHid(socket: string): HidDriver {
  const device: HidDevice = {
    path: socket,
    vendorId: 0,
    productId: 0,
    serial: null,
    product: 'Training scanner',
    usagePage: HID_POS.USAGE_PAGE,
    usage: HID_POS.USAGE,
  }
  return {
    list: async () => ok(existsSync(socket) ? [device] : []),
    open: (path) =>
      new Promise((resolve) => {
        const line = connect(path)
        line.on('error', () => line.destroy())
        line.once('close', () => resolve(err('missing')))
        line.once('connect', () => {
          const closed = Promise.withResolvers<void>()
          line.once('close', () => closed.resolve())
          const channel: HidChannel = {
            onReport(listener) {
              let rest: Uint8Array = new Uint8Array()
              line.on('data', (chunk) => {
                rest = Buffer.concat([rest, chunk])
                for (; rest.length >= REPORT_BYTES; rest = rest.subarray(REPORT_BYTES)) {
                  listener(rest.subarray(0, REPORT_BYTES))
                }
              })
            },
            onClose: (listener) => void closed.promise.then(listener),
            write: async () => ok(null),
            sendFeatureReport: async () => ok(null),
            async close() {
              line.destroy()
              await closed.promise
            },
          }
          resolve(ok(channel))
        })
      }),
  }
}
