import { realpath } from 'node:fs/promises'
import type { Candidate, DeviceReport } from '../../shared/contract/device-desk.ts'
import { listHid } from './hid.ts'
import { isBoundTo, type Binding, type Role } from './roles.ts'
import { listUsbPrinters, type UsbPrinter } from './printers/index.ts'
import { hidScanners, usbOfHid } from './scanners/index.ts'
import { listSerial } from './serial.ts'
import { printable, usbIdOf } from './usb-id.ts'

/** Finds everything that is plugged in and could be a device of a kiosk. */
export type Discover = () => Promise<readonly Candidate[]>

/** Asks every bus. One that cannot be asked, as for want of a driver, has nothing on it. */
export const discover: Discover = async () => {
  const [ports, hid, printers] = await Promise.all([listSerial(), listHid(), listUsbPrinters()])
  return [
    ...(ports.ok ? ports.value : []).map(({ path, usb, name }) => ({
      bus: 'serial' as const,
      path,
      usb,
      name: name === null ? null : printable(name),
    })),
    ...hidScanners(hid.ok ? hid.value : []).map((device) => ({
      bus: 'hid' as const,
      path: device.path,
      usb: usbOfHid(device),
      name: device.product === null ? null : printable(device.product),
    })),
    ...printers.map(toCandidate),
  ]
}

/** A printer of the USB class, as `kiosk devices` speaks of it. */
export function toCandidate(printer: UsbPrinter): Candidate {
  const { path, vendorId, productId, serial, maker, model } = printer
  return {
    bus: 'usb-printer',
    path,
    usb: usbIdOf(vendorId, productId, serial),
    name: printable([maker, model].filter((part) => part !== null).join(' ')) || null,
    ...(model === null ? {} : { model: printable(model) }),
  }
}

/** Two of one model under one name are two devices: what is told apart is all of it. */
const keyOf = (candidate: Candidate) => JSON.stringify(candidate)

/** What came and what went between two looks. */
export function changesBetween(before: readonly Candidate[], after: readonly Candidate[]) {
  const [had, has] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))]
  return {
    plugged: after.filter((one) => !had.has(keyOf(one))),
    unplugged: before.filter((one) => !has.has(keyOf(one))),
  }
}

/** How roles and what was found fit together. */
export interface Matched {
  /** By role: whether it is listed; null where that cannot be seen. */
  readonly present: ReadonlyMap<Role['role'], DeviceReport['present']>
  readonly unbound: readonly Candidate[]
}

/** A configured path may be a link that udev made, and may lead to what no bus lists. */
export async function match(
  roles: readonly Role[],
  candidates: readonly Candidate[],
): Promise<Matched> {
  const present = new Map<Role['role'], boolean | null>()
  const taken = new Set<Candidate>()
  for (const { role, bound } of roles) {
    if (bound === null) continue
    const { binding, exists } = await resolve(bound.binding)
    const mine = candidates.filter((candidate) => isBoundTo(binding, candidate))
    for (const candidate of mine) taken.add(candidate)
    present.set(role, exists ?? mine.length > 0)
    if (binding.by === 'address') present.set(role, null)
  }
  return { present, unbound: candidates.filter((candidate) => !taken.has(candidate)) }
}

async function resolve(binding: Binding): Promise<{ binding: Binding; exists: boolean | null }> {
  if (binding.by !== 'path') return { binding, exists: null }
  try {
    return { binding: { by: 'path', path: await realpath(binding.path) }, exists: true }
  } catch {
    return { binding, exists: false }
  }
}
