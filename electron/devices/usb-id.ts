import { usbIdSchema, type UsbId } from '../../shared/contract/devices.ts'

/** The id of a device from what a driver says: numbers or hexadecimal; null if it is on no USB. */
export function usbIdOf(
  vendorId: number | string | undefined,
  productId: number | string | undefined,
  serial: string | null | undefined,
): UsbId | null {
  const named = serial && printable(serial)
  const id = {
    vendorId: fourDigits(vendorId),
    productId: fourDigits(productId),
    ...(named ? { serial: named } : {}),
  }
  return usbIdSchema.safeParse(id).data ?? null
}

/**
 * What a device says of itself, without control characters: it goes to a technician's terminal, and
 * no device may speak to that.
 */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '')
}

function fourDigits(value: number | string | undefined): string {
  const text = typeof value === 'number' ? value.toString(16) : (value ?? '')
  return text === '' ? '' : text.toLowerCase().padStart(4, '0')
}

/**
 * Whether a device is the one that is wanted. One that tells another serial number is not, and one
 * that tells none is not either where a serial number is wanted.
 */
export function isSameUsb(wanted: UsbId, found: UsbId | null): boolean {
  return (
    found !== null &&
    wanted.vendorId === found.vendorId &&
    wanted.productId === found.productId &&
    (wanted.serial === undefined || wanted.serial === found.serial)
  )
}

/** `0c2e:0b61`, and the serial number behind it where there is one. */
export function usbText({ vendorId, productId, serial }: UsbId): string {
  return [vendorId, productId, ...(serial === undefined ? [] : [serial])].join(':')
}
