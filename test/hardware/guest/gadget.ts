import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A USB device of which we write the far side, on a port of the kernel's dummy host. */
export interface Gadget {
  plug(): void
  /** A pulled cable. */
  unplug(): void
}

/** What the device says of itself; ids are four hexadecimal digits. */
export interface UsbIdentity {
  readonly vendorId: string
  readonly productId: string
  readonly serial: string
  readonly product: string
}

/** The dummy host has two ports. */
export type Port = 0 | 1

/**
 * Makes a USB device with one function, such as `hid.0`, set up by the files of `settings`. It is
 * not plugged in yet.
 */
export function makeGadget(
  port: Port,
  identity: UsbIdentity,
  kind: string,
  settings: Readonly<Record<string, string | Uint8Array>>,
): Gadget {
  const folder = `/sys/kernel/config/usb_gadget/${identity.serial}`
  const put = (file: string, value: string | Uint8Array) => writeFileSync(join(folder, file), value)
  mkdirSync(folder)
  put('idVendor', `0x${identity.vendorId}`)
  put('idProduct', `0x${identity.productId}`)
  mkdirSync(join(folder, 'strings/0x409'))
  put('strings/0x409/serialnumber', identity.serial)
  put('strings/0x409/product', identity.product)
  mkdirSync(join(folder, 'configs/c.1'))
  mkdirSync(join(folder, 'functions', kind))
  for (const [name, value] of Object.entries(settings)) put(`functions/${kind}/${name}`, value)
  symlinkSync(join(folder, 'functions', kind), join(folder, 'configs/c.1', kind))
  return {
    plug: () => put('UDC', `dummy_udc.${port}`),
    unplug: () => put('UDC', '\n'),
  }
}
