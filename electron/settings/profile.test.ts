import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadProfile, profileRemedy, type Profile } from './profile.ts'

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
    [JSON.stringify({ ...good, scanner: { path: '/dev/ttyACM0' } }), 'scanner.baud'],
    [JSON.stringify({ ...good, scanner: { kind: 'bluetooth' } }), 'scanner.kind'],
    [JSON.stringify({ ...good, scanner: { kind: 'hid', usb: '0c2e:0b61' } }), 'scanner.usb'],
    [JSON.stringify({ ...good, extra: 1 }), 'the file'],
  ])('names the field that is wrong: %#', async (content, where) => {
    const result = await load(content)
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid', where } })
    expect(result.ok ? '' : profileRemedy(result.error, 'P')).toContain(where)
  })
})
