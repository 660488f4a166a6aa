import { stat } from 'node:fs/promises'
import type { UsbId } from '../../shared/contract/devices.ts'
import { type Result, err, ok } from '../../shared/domain/result.ts'
import { usbIdOf } from './usb-id.ts'
import { createWrites, type WriteProblem } from './writes.ts'

/**
 * Why a port did not open. `missing`: not plugged in, or another path. `busy`: another program
 * holds it. `not-allowed`: this user may not open it. `no-driver`: the native module does not load
 * on this machine.
 */
export type SerialProblem = 'missing' | 'busy' | 'not-allowed' | 'no-driver' | 'failed'

/** Delays of serial ports. */
export const serialLimits = {
  /** An open port is checked this often for having been unplugged. */
  UNPLUG_CHECK_MS: 200,
} as const

/** An open serial port as bytes. Nothing is read before it was opened. */
export interface SerialChannel {
  onData(listener: (bytes: Uint8Array) => void): void
  /** Once, when the device is unplugged or `close` was called; at once if that was before. */
  onClose(listener: () => void): void
  /**
   * Done when the kernel has taken all bytes. A port that was just unplugged may never answer, so
   * every write has a deadline.
   */
  write(bytes: Uint8Array, deadlineMs: number): Promise<Result<null, WriteProblem>>
  close(): Promise<void>
}

/** A port as the system lists it. The ids are four hexadecimal digits in lower case. */
export interface SerialPortEntry {
  readonly path: string
  /** Null for a port that is not on USB. */
  readonly usb: UsbId | null
  readonly name: string | null
}

/** The ports that the system knows by name; pseudo-terminals are not among them. */
export async function listSerial(): Promise<Result<readonly SerialPortEntry[], SerialProblem>> {
  const driver = await loadDriver()
  if (driver === null) return err('no-driver')
  try {
    const ports = await driver.SerialPort.list()
    return ok(
      ports.map(({ path, vendorId, productId, serialNumber, manufacturer }) => ({
        path,
        usb: usbIdOf(vendorId, productId, serialNumber),
        name: manufacturer ?? null,
      })),
    )
  } catch {
    return err('failed')
  }
}

/** Opens a tty or COM port, 8N1, locked against other programs. `baud` is ignored by USB ports. */
export async function openSerial(
  path: string,
  baud: number,
): Promise<Result<SerialChannel, SerialProblem>> {
  const driver = await loadDriver()
  if (driver === null) return err('no-driver')
  const port = new driver.SerialPort({ path, baudRate: baud, autoOpen: false })
  const problem = await new Promise<Error | null>((resolve) => port.open(resolve))
  if (problem !== null) return err(problemOf(problem))

  // Errors of a running port are followed by `close`, or belong to one write, which answers them.
  port.on('error', () => {})
  const closed = Promise.withResolvers<void>()
  const writes = createWrites()
  let open = true
  let stopWatching = () => {}
  function end() {
    open = false
    stopWatching()
    writes.end()
    closed.resolve()
  }
  port.on('close', end)

  // Windows: a COM port is no file, and the driver tells when it goes.
  if (process.platform !== 'win32') {
    const device = await deviceOf(path)
    if (device === null) {
      port.close()
      return err('missing')
    }
    stopWatching = watchDevice(path, device, () => port.close(end))
  }
  // Reading always, so that the driver meets the errors of a port that goes.
  port.resume()

  return ok({
    onData(listener) {
      port.on('data', (chunk: Buffer) => listener(chunk))
    },
    onClose(listener) {
      void closed.promise.then(listener)
    },
    async write(bytes, deadlineMs) {
      if (!open) return err('closed')
      return writes.within(
        deadlineMs,
        () =>
          new Promise<void>((resolve, reject) => {
            port.write(Buffer.from(bytes), (error) =>
              error instanceof Error ? reject(error) : resolve(),
            )
          }),
      )
    },
    async close() {
      if (!open) return
      open = false
      port.close(end)
      await closed.promise
    },
  })
}

/**
 * Calls once when the path no longer leads to the device that was opened. Needed on Linux: reading
 * a tty that was hung up gives 0 bytes for ever, which the driver (bindings-cpp 13) answers by
 * reading again at once, so that most unplugs never reach its `close` event.
 */
function watchDevice(path: string, device: number, onGone: () => void): () => void {
  async function check() {
    if ((await deviceOf(path)) === device) return
    clearInterval(timer)
    onGone()
  }
  const timer = setInterval(() => void check(), serialLimits.UNPLUG_CHECK_MS)
  return () => clearInterval(timer)
}

/** The device number behind a path, through links; null if there is none. */
async function deviceOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).rdev
  } catch {
    return null
  }
}

async function loadDriver() {
  try {
    return await import('serialport')
  } catch {
    return null
  }
}

/** The driver gives texts, not codes; these are its own on Linux and Windows. */
function problemOf({ message }: Error): SerialProblem {
  if (/cannot lock port|resource busy|access denied/i.test(message)) return 'busy'
  if (/permission denied/i.test(message)) return 'not-allowed'
  if (/no such (?:file|device)|file not found|enoent|enxio/i.test(message)) return 'missing'
  return 'failed'
}
