import { describe, expect, it } from 'vitest'
import type { DeviceTest } from '../shared/contract/index.ts'
import { err, ok } from '../shared/domain/result.ts'
import { realProfile } from '../test/fixtures/real-profile.ts'
import { registerDevices } from './device-registry.ts'
import { noPagePrinter, noPrinter, type PagePrinter } from './devices/printers/index.ts'
import { createScanner } from './devices/scanners/index.ts'
import type { Printing } from './printing/index.ts'
import type { Profile } from './settings/index.ts'
import { createManualTimers } from '../test/fakes/manual-timers.ts'

type TestPages = Pick<Printing, 'printTestPage' | 'testPage'>

const draws: TestPages = {
  printTestPage: async () => ok({ confirmed: true }),
  testPage: async (_input, { format }) => ok(Buffer.from(format)),
}

/** The registry of a kiosk of this profile, on whose page printer `print` prints. */
function register(
  profile: Partial<Profile>,
  printing: Partial<TestPages> = {},
  print: PagePrinter['print'] = async () => ok(null),
) {
  return registerDevices({
    profile: realProfile(profile),
    devices: {
      printer: noPrinter(),
      pagePrinter: { ...noPagePrinter(), print },
      scanner: createScanner({
        open: null,
        timers: createManualTimers(),
        onScan: () => {},
        onRefused: () => {},
        log: () => {},
      }),
      readerBridge: null,
      documentScanner: null,
    },
    cardReader: null,
    printing: { ...draws, ...printing },
    now: () => 0,
  })
}
const NOBODY_LEAVES = new AbortController().signal

describe('the registry of a kiosk', () => {
  it('has each role, also those that the profile leaves out', async () => {
    const { devices } = await register({}).list()
    expect(devices.map(({ role, kind }) => [role, kind])).toEqual([
      ['card-scanner', null],
      ['ticket-printer', null],
      ['page-printer', null],
      ['chip-reader', null],
      ['reader-bridge', null],
      ['document-scanner', null],
    ])
  })

  it('says where each device of the profile is reached', async () => {
    const { devices } = await register({
      scanner: { kind: 'hid', usb: 'any' },
      printer: { link: { kind: 'usb', by: { model: 'TP-80' } }, dots: 576 },
      pagePrinter: { uri: 'ipp://127.0.0.1:9/ipp/print' },
      cardReader: { kind: 'pcsc' },
      documentScanner: { kind: 'camera' },
    }).list()
    expect(devices.map(({ role, kind, boundTo }) => [role, kind, boundTo])).toEqual([
      ['card-scanner', 'hid', 'any hid'],
      ['ticket-printer', 'usb', 'TP-80'],
      ['page-printer', 'ipp', 'ipp://127.0.0.1:9/ipp/print'],
      ['chip-reader', 'pcsc', 'the first reader'],
      ['reader-bridge', null, null],
      ['document-scanner', 'camera', 'the camera of the page'],
    ])
    expect(devices.at(-1)?.state).toEqual({ state: 'camera' })
  })
})

describe('the test of the slip printer', () => {
  const link = { kind: 'tcp', host: '192.0.2.10', port: 9100 } as const
  it.each<[string, Awaited<ReturnType<Printing['printTestPage']>>, DeviceTest]>([
    ['confirms', ok({ confirmed: true }), { outcome: 'printed', confirmed: true }],
    ['says nothing', ok({ confirmed: false }), { outcome: 'printed', confirmed: false }],
    [
      'is stopped',
      err({ kind: 'printer', printer: { state: 'cover-open' } }),
      { outcome: 'state', state: { state: 'cover-open' }, remedy: 'close its cover' },
    ],
    [
      'gets nothing drawn',
      err({ kind: 'drawing', missing: 'fonts' }),
      { outcome: 'not-printed', why: 'drawing' },
    ],
  ])('tells of one that %s', async (_name, printed, expected) => {
    const registry = register(
      { printer: { link, dots: 576 } },
      { printTestPage: async () => printed },
    )
    expect(await registry.test('ticket-printer', NOBODY_LEAVES)).toEqual(expected)
  })
})

describe('the test of the page printer', () => {
  it.each<[string, Awaited<ReturnType<PagePrinter['print']>>, DeviceTest]>([
    ['prints', ok(null), { outcome: 'printed', confirmed: true }],
    ['goes silent', err({ kind: 'unknown' }), { outcome: 'printed', confirmed: false }],
    [
      'refuses',
      err({ kind: 'refused', status: 0x040a }),
      { outcome: 'not-printed', why: 'refused' },
    ],
    [
      'is jammed',
      err({ kind: 'printer', printer: { state: 'jam' } }),
      {
        outcome: 'state',
        state: { state: 'jam' },
        remedy: 'open it and take the jammed sheet out',
      },
    ],
  ])('tells of one that %s', async (_name, printed, expected) => {
    const registry = register(
      { pagePrinter: { uri: 'ipp://192.0.2.10/ipp/print' } },
      {},
      async (job) => {
        await job.make({ format: 'application/pdf' })
        return printed
      },
    )
    expect(await registry.test('page-printer', NOBODY_LEAVES)).toEqual(expected)
  })

  it('blames the machine where the page cannot be drawn', async () => {
    const registry = register(
      { pagePrinter: { uri: 'ipp://192.0.2.10/ipp/print' } },
      { testPage: async () => err('letters') },
      async (job) =>
        (await job.make({ format: 'application/pdf' })) ? ok(null) : err({ kind: 'format' }),
    )
    expect(await registry.test('page-printer', NOBODY_LEAVES)).toEqual({
      outcome: 'not-printed',
      why: 'drawing',
    })
  })
})
