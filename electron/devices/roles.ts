import type { Candidate, DeviceRole } from '../../shared/contract/device-desk.ts'
import type { UsbId } from '../../shared/contract/devices.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { UsbPrinterName } from './printers/index.ts'
import type { Profile } from '../settings/index.ts'
import { isSameUsb, usbText } from './usb-id.ts'

/** What a role is bound to. `any`: the first one on that bus. */
export type Binding =
  | { readonly by: 'path'; readonly path: string }
  | { readonly by: 'usb'; readonly bus: Candidate['bus']; readonly usb: UsbId }
  | { readonly by: 'any'; readonly bus: Candidate['bus'] }
  | { readonly by: 'address'; readonly address: string }

/** A role of this kiosk; `bound` is null where the profile names no device for it. */
export interface Role {
  readonly role: DeviceRole
  readonly bound: { readonly kind: string; readonly binding: Binding } | null
}

/** The roles of a profile and what they are bound to. */
export function rolesOf(profile: Profile) {
  return {
    cardScanner: { role: 'card-scanner', bound: boundScanner(profile.scanner) },
    ticketPrinter: { role: 'ticket-printer', bound: boundPrinter(profile.printer) },
  } as const satisfies Record<string, Role>
}

function boundScanner(scanner: Profile['scanner']): Role['bound'] {
  if (scanner === null) return null
  switch (scanner.kind) {
    case undefined:
    case 'serial':
      return { kind: 'serial', binding: { by: 'path', path: scanner.path } }
    case 'usb-serial':
      return { kind: scanner.kind, binding: { by: 'usb', bus: 'serial', usb: scanner.usb } }
    case 'hid':
      return {
        kind: scanner.kind,
        binding:
          scanner.usb === 'any'
            ? { by: 'any', bus: 'hid' }
            : { by: 'usb', bus: 'hid', usb: scanner.usb },
      }
    default:
      return unreachable(scanner)
  }
}

function boundPrinter(printer: Profile['printer']): Role['bound'] {
  if (printer === null) return null
  const { link } = printer
  switch (link.kind) {
    case 'tcp':
      return { kind: link.kind, binding: { by: 'address', address: `${link.host}:${link.port}` } }
    case 'serial':
      return { kind: link.kind, binding: { by: 'path', path: link.path } }
    case 'usb':
      return { kind: link.kind, binding: usbPrinterBinding(link.by) }
    default:
      return unreachable(link)
  }
}

function usbPrinterBinding(by: UsbPrinterName): Binding {
  if ('path' in by) return { by: 'path', path: by.path }
  return { by: 'address', address: 'model' in by ? by.model : usbText(by) }
}

/** A binding in words, for a technician. */
export function bindingText(binding: Binding): string {
  switch (binding.by) {
    case 'path':
      return binding.path
    case 'usb':
      return usbText(binding.usb)
    case 'any':
      return `any ${binding.bus}`
    case 'address':
      return binding.address
    default:
      return unreachable(binding)
  }
}

/** Whether a role is bound to what was found. Paths are compared as they are: resolve links first. */
export function isBoundTo(binding: Binding, candidate: Candidate): boolean {
  switch (binding.by) {
    case 'path':
      return binding.path === candidate.path
    case 'usb':
      return binding.bus === candidate.bus && isSameUsb(binding.usb, candidate.usb)
    case 'any':
      return binding.bus === candidate.bus
    case 'address':
      return false
    default:
      return unreachable(binding)
  }
}
