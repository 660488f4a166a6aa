import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadProfile, profileRemedy, type Profile } from './profile.ts'
import { SCAN_LIMITS, usualKeypad } from '../../shared/contract/index.ts'

const good: Profile = {
  version: 1,
  kioskId: 'KM4',
  commune: { name: 'Xã An Bình', province: 'TP. Đồng Nai' },
  screen: { pixelsPerMm: 4.04 },
  portal: { url: 'https://portal.example/v1', receiptKeys: {} },
  scanner: { path: '/dev/kiosk/scanner', baud: 9600 },
  printer: { link: { kind: 'tcp', host: '127.0.0.1', port: 9100 }, dots: 576 },
  counters: { 'civil-status': 'Quầy 2' },
}

describe('the profile', () => {
  let dir = ''
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'profile-'))
  })
  afterAll(() => rm(dir, { recursive: true }))

  const load = async (content: string) => {
    const path = join(dir, 'profile.json')
    await writeFile(path, content)
    return loadProfile(path)
  }

  it('is taken when every field is in order', async () => {
    expect(await load(JSON.stringify(good))).toEqual({ ok: true, value: good })
    const trust = { ca: '-----BEGIN CERTIFICATE-----\n', pins: [`${'A'.repeat(43)}=`] }
    const strict = { ...good, portal: { ...good.portal, ...trust } }
    expect(await load(JSON.stringify(strict))).toEqual({ ok: true, value: strict })
  })

  it.each<Profile['scanner']>([
    null,
    { kind: 'serial', path: '/dev/kiosk/barcode', baud: 9600 },
    { kind: 'usb-serial', usb: { vendorId: '0403', productId: '6001' }, baud: 9600 },
    { kind: 'hid', usb: 'any' },
    { kind: 'hid', usb: { vendorId: '0c2e', productId: '0b61', serial: 'S1' } },
  ])('takes a scanner of any kind: %j', async (scanner) => {
    const profile = { ...good, scanner }
    expect(await load(JSON.stringify(profile))).toEqual({ ok: true, value: profile })
  })

  it('takes the hours of the desks', async () => {
    const morning = { from: '07:30', to: '11:30' }
    const openingHours = {
      default: [morning, { from: '13:00', to: '17:00' }],
      residence: [morning],
    }
    const profile = { ...good, openingHours }
    expect(await load(JSON.stringify(profile))).toEqual({ ok: true, value: profile })
  })

  it('takes the codes of a keypad, and the usual ones for those that it leaves out', async () => {
    const result = await load(JSON.stringify({ ...good, keypad: { help: 'F17' } }))
    expect(result).toMatchObject({
      ok: true,
      value: { keypad: { ...usualKeypad, help: 'F17' } },
    })
  })

  it('takes switches beside the keypad, one of which goes on at the usual speed', async () => {
    const one = { switches: 1, select: 'F15' }
    const result = await load(JSON.stringify({ ...good, keypad: { scan: one } }))
    const scan = { ...one, everyMs: SCAN_LIMITS.EVERY_MS.usual }
    expect(result).toMatchObject({ ok: true, value: { keypad: { ...usualKeypad, scan } } })
    const two = { switches: 2, select: 'F15', on: 'F16' }
    expect(await load(JSON.stringify({ ...good, keypad: { scan: two } }))).toMatchObject({
      ok: true,
      value: { keypad: { ...usualKeypad, scan: two } },
    })
  })

  it('is missed by name', async () => {
    const result = await loadProfile(join(dir, 'none.json'))
    expect(result).toEqual({ ok: false, error: { code: 'missing' } })
  })

  it.each([
    ['{', 'the file'],
    [JSON.stringify({ ...good, kioskId: 'kiosk no. 4' }), 'kioskId'],
    [JSON.stringify({ ...good, portal: { ...good.portal, url: 'file:///etc' } }), 'portal.url'],
    [JSON.stringify({ ...good, portal: { ...good.portal, ca: 'ca.pem' } }), 'portal.ca'],
    [JSON.stringify({ ...good, portal: { ...good.portal, pins: ['a key'] } }), 'portal.pins.0'],
    [JSON.stringify({ ...good, screen: { pixelsPerMm: 0 } }), 'screen.pixelsPerMm'],
    [JSON.stringify({ ...good, openingHours: { default: [] } }), 'openingHours.default'],
    [
      JSON.stringify({ ...good, openingHours: { default: [{ from: '7:30', to: '17:00' }] } }),
      'openingHours.default.0.from',
    ],
    [
      JSON.stringify({ ...good, openingHours: { default: [{ from: '13:00', to: '11:30' }] } }),
      'openingHours.default',
    ],
    [JSON.stringify({ ...good, scanner: { path: '/dev/ttyACM0' } }), 'scanner.baud'],
    [JSON.stringify({ ...good, scanner: { kind: 'bluetooth' } }), 'scanner.kind'],
    [JSON.stringify({ ...good, scanner: { kind: 'hid', usb: '0c2e:0b61' } }), 'scanner.usb'],
    [JSON.stringify({ ...good, keypad: { up: 'KeyU' } }), 'keypad.up'],
    [JSON.stringify({ ...good, keypad: { up: 'Enter' } }), 'keypad'],
    // Of switches: too fast, one that is no key of its own, and none for the way on.
    [
      JSON.stringify({ ...good, keypad: { scan: { switches: 1, select: 'F15', everyMs: 100 } } }),
      'keypad.scan.everyMs',
    ],
    [JSON.stringify({ ...good, keypad: { scan: { switches: 1, select: 'Enter' } } }), 'keypad'],
    [
      JSON.stringify({ ...good, keypad: { scan: { switches: 2, select: 'F15' } } }),
      'keypad.scan.on',
    ],
    [JSON.stringify({ ...good, extra: 1 }), 'the file'],
  ])('names the field that is wrong: %#', async (content, where) => {
    const result = await load(content)
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid', where } })
    expect(result.ok ? '' : profileRemedy(result.error, 'P')).toContain(where)
  })
})
