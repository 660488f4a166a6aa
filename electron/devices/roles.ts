import type { Candidate, DeviceRole } from '../../shared/contract/device-desk.ts'
import type { UsbId } from '../../shared/contract/devices.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { UsbPrinterName } from './printers/index.ts'
import type { Profile } from '../settings/index.ts'
import { isSameUsb, usbText } from './usb-id.ts'

/**
 * What a role is bound to. `any`: the first one on that bus. `model`: the printer that calls itself
 * so. `address`: something that stands on no bus which can be listed here.
 */
export type Binding =
  | { readonly by: 'path'; readonly path: string }
  | { readonly by: 'usb'; readonly bus: Candidate['bus']; readonly usb: UsbId }
  | { readonly by: 'any'; readonly bus: Candidate['bus'] }
  | { readonly by: 'model'; readonly model: string }
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
    pagePrinter: {
      role: 'page-printer',
      bound: profile.pagePrinter ? at('ipp', profile.pagePrinter.uri) : null,
    },
    chipReader: {
      role: 'chip-reader',
      bound: profile.cardReader
        ? at(profile.cardReader.kind, profile.cardReader.reader ?? 'the first reader')
        : null,
    },
    readerBridge: {
      role: 'reader-bridge',
      bound: profile.readerBridge ? at(profile.readerBridge.kind, profile.readerBridge.url) : null,
    },
    documentScanner: {
      role: 'document-scanner',
      bound: boundDocumentScanner(profile.documentScanner ?? null),
    },
  } as const satisfies Record<string, Role>
}

const at = (kind: string, address: string): Role['bound'] => ({
  kind,
  binding: { by: 'address', address },
})

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
      return at(link.kind, `${link.host}:${link.port}`)
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
  if ('model' in by) return { by: 'model', model: by.model }
  return { by: 'usb', bus: 'usb-printer', usb: by }
}

function boundDocumentScanner(
  scanner: NonNullable<Profile['documentScanner']> | null,
): Role['bound'] {
  switch (scanner?.kind) {
    case undefined:
      return null
    case 'camera':
      return at('camera', 'the camera of the page')
    case 'sane':
      return at('sane', scanner.device)
    default:
      return unreachable(scanner)
  }
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
    case 'model':
      return binding.model
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
    case 'model':
      return [candidate.model, candidate.name].includes(binding.model)
    case 'address':
      return false
    default:
      return unreachable(binding)
  }
}
