import { setImmediate } from 'node:timers/promises'
import { type Result, err, ok } from '../../shared/domain/result.ts'
import { createWrites, type WriteProblem } from './writes.ts'

/**
 * Why a HID device did not open. `missing`: it is not plugged in. `not-allowed`: this user may not
 * open it. `no-driver`: the native module does not load on this machine.
 */
export type HidProblem = 'missing' | 'not-allowed' | 'no-driver' | 'failed'

/** One top-level collection of a HID device; ids as numbers, as the driver gives them. */
export interface HidDevice {
  readonly path: string
  readonly vendorId: number
  readonly productId: number
  readonly serial: string | null
  readonly product: string | null
  readonly usagePage: number
  readonly usage: number
}

/** An open HID device as reports. Nothing is heard before it was opened. */
export interface HidChannel {
  /** Input reports with the report id in front. */
  onReport(listener: (report: Uint8Array) => void): void
  /** Once, when the device is unplugged or `close` was called; at once if that was before. */
  onClose(listener: () => void): void
  /** An output report, its id in front. */
  write(report: Uint8Array, deadlineMs: number): Promise<Result<null, WriteProblem>>
  /** A feature report, its id in front. */
  sendFeatureReport(report: Uint8Array, deadlineMs: number): Promise<Result<null, WriteProblem>>
  close(): Promise<void>
}

/** Everything that is plugged in, also what this user may not open. */
export async function listHid(): Promise<Result<readonly HidDevice[], 'no-driver' | 'failed'>> {
  const driver = await loadDriver()
  if (driver === null) return err('no-driver')
  const found = await attempt(() => driver.devicesAsync())
  if (!found.ok) return err('failed')
  return ok(
    found.value.flatMap(
      ({ path, vendorId, productId, serialNumber, product, usagePage, usage }) => {
        if (path === undefined || usagePage === undefined || usage === undefined) return []
        const serial = serialNumber === '' ? null : (serialNumber ?? null)
        return [{ path, vendorId, productId, serial, product: product ?? null, usagePage, usage }]
      },
    ),
  )
}

/** Opens by the path of `listHid`. Any error of an open device is an unplug: list and open again. */
export async function openHid(path: string): Promise<Result<HidChannel, HidProblem>> {
  const driver = await loadDriver()
  if (driver === null) return err('no-driver')
  const opened = await attempt(() => driver.HIDAsync.open(path))
  if (!opened.ok) return opened
  const device = opened.value

  const listeners = new Set<(report: Uint8Array) => void>()
  const closed = Promise.withResolvers<void>()
  const writes = createWrites()
  let isOpen = true
  async function end() {
    if (isOpen) {
      isOpen = false
      listeners.clear()
      writes.end()
      // A device that is gone may refuse to be closed.
      await device.close().catch(() => {})
      closed.resolve()
    }
    await closed.promise
  }
  // An unplug comes as an error without a message (node-hid 3.4).
  device.on('error', () => void end())
  // Reading always, so that the driver notices when the device goes.
  device.on('data', (report: Buffer) => {
    for (const listener of listeners) listener(report)
  })
  // The driver begins to read in the next tick, and throws if the device was closed by then.
  await setImmediate()

  /** One report out. A device that was just unplugged may never answer. */
  async function send(run: () => Promise<unknown>, deadlineMs: number) {
    return isOpen ? writes.within(deadlineMs, run) : err<WriteProblem>('closed')
  }

  return ok({
    onReport: (listener) => void listeners.add(listener),
    onClose: (listener) => void closed.promise.then(listener),
    write: (report, deadlineMs) => send(() => device.write([...report]), deadlineMs),
    sendFeatureReport: (report, deadlineMs) =>
      send(() => device.sendFeatureReport([...report]), deadlineMs),
    close: end,
  })
}

async function attempt<T>(run: () => Promise<T>): Promise<Result<T, HidProblem>> {
  try {
    return ok(await run())
  } catch (error) {
    return err(problemOf(error instanceof Error ? error.message : ''))
  }
}

async function loadDriver() {
  try {
    const driver = await import('node-hid')
    // Its native part is loaded by the first call only.
    driver.getHidapiVersion()
    return driver
  } catch {
    return null
  }
}

/** The driver gives texts, not codes; these are hidapi's on Linux and Windows. */
function problemOf(message: string): HidProblem {
  if (/permission denied|access is denied/i.test(message)) return 'not-allowed'
  if (/no such (?:file|device)|cannot find the file|not connected/i.test(message)) return 'missing'
  return 'failed'
}
