import { describe, expect, it } from 'vitest'
import { isSameUsb, usbIdOf, usbText } from './usb-id.ts'

const scanner = { vendorId: '0c2e', productId: '0b61', serial: 'S1' }

describe('the id of a USB device', () => {
  it('is made of what either driver says', () => {
    expect(usbIdOf(0x0c2e, 0x0b61, 'S1')).toEqual(scanner)
    expect(usbIdOf('0C2E', '0b61', undefined)).toEqual({ vendorId: '0c2e', productId: '0b61' })
  })

  it('is none for a port without USB', () => {
    expect(usbIdOf(undefined, undefined, undefined)).toBeNull()
  })

  it.each([
    ['the same one', scanner, true],
    ['another one of its model', { ...scanner, serial: 'S2' }, false],
    ['one of its model that tells no serial number', { ...scanner, serial: undefined }, false],
    ['another model', { ...scanner, productId: '0b62' }, false],
    ['nothing on USB', null, false],
  ])('bound with a serial number, taken for %s', (_, found, same) => {
    const id = found === null ? null : usbIdOf(found.vendorId, found.productId, found.serial)
    expect(isSameUsb(scanner, id)).toBe(same)
  })

  it('bound without a serial number is any one of its model', () => {
    expect(isSameUsb({ vendorId: '0c2e', productId: '0b61' }, scanner)).toBe(true)
  })

  it('reads as lsusb prints it', () => {
    expect(usbText(scanner)).toBe('0c2e:0b61:S1')
  })
})
