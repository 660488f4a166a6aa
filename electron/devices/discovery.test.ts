import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Candidate } from '../../shared/contract/device-desk.ts'
import { changesBetween, match, toCandidate } from './discovery.ts'
import type { Binding, Role } from './roles.ts'

const usb = { vendorId: '0c2e', productId: '0b61', serial: 'S1' }
const scanner: Candidate = { bus: 'hid', path: '/dev/hidraw0', usb, name: 'Invented' }
const printer: Candidate = {
  bus: 'usb-printer',
  path: '/dev/usb/lp0',
  usb: null,
  name: 'TESTCO TP-80',
  model: 'TP-80',
}
const port: Candidate = { bus: 'serial', path: '/dev/ttyUSB0', usb: null, name: null }

const bind = (binding: Binding): Role => ({
  role: 'card-scanner',
  bound: { kind: 'any kind', binding },
})

const ALL = [scanner, port, printer]

describe('what changed between two looks', () => {
  it('is what came and what went', () => {
    expect(changesBetween([port], [scanner])).toEqual({ plugged: [scanner], unplugged: [port] })
    expect(changesBetween([port, scanner], [scanner, port])).toEqual({ plugged: [], unplugged: [] })
  })

  it('is seen where another device came under the same name', () => {
    const other = { ...scanner, usb: { ...usb, serial: 'S2' } }
    expect(changesBetween([scanner], [other])).toEqual({ plugged: [other], unplugged: [scanner] })
  })
})

it('what a device calls itself is shown without the control characters in it', () => {
  const found = toCandidate({
    path: '/dev/usb/lp0',
    vendorId: '04b8',
    productId: '0e15',
    serial: 'S\u001b[2J1',
    maker: 'TEST\u001b[2JCO',
    model: 'TP\u009b31m-\u007f80\n',
    commands: null,
  })
  expect(found.name).toBe('TEST[2JCO TP31m-80')
  expect(JSON.stringify(found)).not.toMatch(/\\u|\\n|\p{Cc}/u)
})

describe('a role', () => {
  let dir = ''
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kiosk-devices-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it.each<[string, Binding, boolean | null, readonly Candidate[]]>([
    ['a USB id takes that device', { by: 'usb', bus: 'hid', usb }, true, [port, printer]],
    ['the USB id of another bus takes none', { by: 'usb', bus: 'serial', usb }, false, ALL],
    ['any of a bus takes all of it', { by: 'any', bus: 'hid' }, true, [port, printer]],
    [
      'a model takes the printer that calls itself so',
      { by: 'model', model: 'TP-80' },
      true,
      [scanner, port],
    ],
    [
      'a model takes it with its maker before it too',
      { by: 'model', model: 'TESTCO TP-80' },
      true,
      [scanner, port],
    ],
    ['another model takes none', { by: 'model', model: 'TP' }, false, ALL],
    ['an address cannot be seen', { by: 'address', address: '192.0.2.10:9100' }, null, ALL],
    ['a path where nothing is', { by: 'path', path: '/dev/kiosk-none' }, false, ALL],
  ])('bound to %s', async (_, binding, present, unbound) => {
    const matched = await match([bind(binding)], ALL)
    expect(matched.present.get('card-scanner')).toBe(present)
    expect(matched.unbound).toEqual(unbound)
  })

  it('bound to a link has the port that the link leads to', async () => {
    const tty = join(dir, 'ttyUSB0')
    await writeFile(tty, '')
    await symlink(tty, join(dir, 'barcode'))
    const found = { ...port, path: tty }
    const matched = await match([bind({ by: 'path', path: join(dir, 'barcode') })], [found])
    expect(matched.present.get('card-scanner')).toBe(true)
    expect(matched.unbound).toEqual([])
  })

  it('that the profile leaves out takes nothing', async () => {
    const { unbound } = await match([{ role: 'card-scanner', bound: null }], [scanner])
    expect(unbound).toEqual([scanner])
  })
})

describe('a printer of the USB class', () => {
  const listed = {
    path: '/dev/usb/lp0',
    vendorId: '0525',
    productId: 'a4a8',
    serial: 'S1',
    maker: 'TESTCO',
    model: 'TP-80',
    commands: 'ESC/POS',
  }

  it('is found by its USB id and by what it calls itself', () => {
    expect(toCandidate(listed)).toEqual({
      bus: 'usb-printer',
      path: '/dev/usb/lp0',
      usb: { vendorId: '0525', productId: 'a4a8', serial: 'S1' },
      name: 'TESTCO TP-80',
      model: 'TP-80',
    })
  })

  it('that says nothing of itself has its path alone', () => {
    const mute = { ...listed, vendorId: '', productId: '', serial: null, maker: null, model: null }
    expect(toCandidate(mute)).toEqual({
      bus: 'usb-printer',
      path: '/dev/usb/lp0',
      usb: null,
      name: null,
    })
  })
})
