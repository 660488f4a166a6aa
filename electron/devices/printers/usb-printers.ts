import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { parseDeviceId } from './device-id.ts'
import type { OpenProblem } from './transport.ts'

/**
 * How the profile names a printer of the kernel's USB printer class: by its path, by vendor and
 * product (four hexadecimal digits each, in lower case) and its serial number where there are two,
 * or by the model of its IEEE 1284 id. Never by its number: `lp0` is whichever was plugged in first.
 */
export type UsbPrinterName =
  | { readonly path: string }
  | {
      readonly vendorId: string
      readonly productId: string
      readonly serial?: string | undefined
    }
  | { readonly model: string }

/** A printer that is plugged in. */
export type UsbPrinter = {
  readonly path: string
  readonly vendorId: string
  readonly productId: string
  readonly serial: string | null
  /** MFG, MDL and CMD of the IEEE 1284 id; null where the printer does not say. */
  readonly maker: string | null
  readonly model: string | null
  readonly commands: string | null
}

/** Where Linux shows devices. */
export const LINUX_ROOTS = { sys: '/sys/class/usbmisc', dev: '/dev' } as const
type Roots = { readonly sys: string; readonly dev: string }

/** All printers of the class, in the order of their names; none where the kernel has no such class. */
export async function listUsbPrinters(roots: Roots = LINUX_ROOTS): Promise<UsbPrinter[]> {
  const names = await readdir(roots.sys).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => /^lp\d+$/.test(name))
      .sort()
      .map((name) => readPrinter(join(roots.sys, name), roots.dev)),
  )
  return found.filter((printer) => printer !== null)
}

/** The one printer that the name fits; `refused` where there is none. */
export async function findUsbPrinter(
  name: UsbPrinterName,
  roots: Roots = LINUX_ROOTS,
): Promise<Result<string, OpenProblem>> {
  if ('path' in name) return ok(name.path)
  const [first, ...others] = (await listUsbPrinters(roots)).filter((printer) => fits(printer, name))
  if (first === undefined) return err('refused')
  return others.length > 0 ? err('ambiguous') : ok(first.path)
}

function fits(printer: UsbPrinter, name: Exclude<UsbPrinterName, { path: string }>): boolean {
  if ('model' in name) {
    return [printer.model, `${printer.maker ?? ''} ${printer.model ?? ''}`].includes(name.model)
  }
  return (
    printer.vendorId === name.vendorId &&
    printer.productId === name.productId &&
    (name.serial === undefined || printer.serial === name.serial)
  )
}

async function readPrinter(entry: string, dev: string): Promise<UsbPrinter | null> {
  const text = async (file: string) => (await readFile(file, 'utf8').catch(() => '')).trim()
  // Gone between the listing and now: the next look will not show it.
  const device = await realpath(join(entry, 'device')).catch(() => null)
  const name = /^DEVNAME=(\S+)$/m.exec(await text(join(entry, 'uevent')))?.[1]
  if (device === null || name === undefined) return null
  const usb = dirname(device)
  const id = parseDeviceId(await text(join(device, 'ieee1284_id')))
  return {
    path: join(dev, name),
    vendorId: await text(join(usb, 'idVendor')),
    productId: await text(join(usb, 'idProduct')),
    serial: (await text(join(usb, 'serial'))) || null,
    maker: id.get('MFG') ?? null,
    model: id.get('MDL') ?? null,
    commands: id.get('CMD') ?? null,
  }
}
