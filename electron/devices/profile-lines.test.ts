import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../shared/contract/device-desk.ts'
import { profileSchema } from '../settings/index.ts'
import { profileLines } from './profile-lines.ts'
import { isBoundTo, rolesOf } from './roles.ts'
import { realProfile } from '../../test/fixtures/real-profile.ts'

const usb = { vendorId: '0c2e', productId: '0b61', serial: 'S1' }
const candidates: readonly Candidate[] = [
  { bus: 'hid', path: '/dev/hidraw0', usb, name: 'Invented' },
  { bus: 'serial', path: '/dev/ttyUSB0', usb, name: null },
  { bus: 'serial', path: '/dev/ttyS0', usb: null, name: null },
  { bus: 'usb-printer', path: '/dev/usb/lp0', usb, name: 'TESTCO TP-80', model: 'TP-80' },
  { bus: 'usb-printer', path: '/dev/usb/lp1', usb: null, name: 'TESTCO TP-58', model: 'TP-58' },
  { bus: 'usb-printer', path: '/dev/usb/lp2', usb: null, name: null },
]

describe('the lines for the profile', () => {
  it.each(candidates)('of $bus at $path bind just that device', (candidate) => {
    const lines = profileLines(candidate)
    expect(lines.length).toBeGreaterThan(0)
    for (const { role, line } of lines) {
      const member: unknown = JSON.parse(`{${line}}`)
      const profile = profileSchema.parse(Object.assign(realProfile(), member))
      const found = Object.values(rolesOf(profile)).find((one) => one.role === role)
      const binding = found?.bound?.binding
      expect(candidates.filter((one) => binding && isBoundTo(binding, one))).toEqual([candidate])
    }
  })
})
