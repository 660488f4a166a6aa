import type { AnyDeviceState, DeviceTest } from '../shared/contract/index.ts'
import { unreachable } from '../shared/domain/result.ts'
import type { CardReader } from './devices/card-readers/index.ts'
import { discover } from './devices/discovery.ts'
import type { PageForm, PageProblem } from './devices/printers/index.ts'
import { createRegistry, type Device, type Registry } from './devices/registry.ts'
import {
  cardReaderRemedy,
  documentScannerRemedy,
  pagePrinterRemedy,
  printerRemedy,
  readerBridgeRemedy,
  scannerRemedy,
} from './devices/remedies.ts'
import { rolesOf } from './devices/roles.ts'
import { testScan } from './devices/scanners/index.ts'
import type { openDevices } from './kiosk-devices.ts'
import type { Printed, Printing, TestPageInput } from './printing/index.ts'
import type { Profile } from './settings/index.ts'
import { systemTimers } from './timers.ts'

/** Puts every device of the kiosk into its role, with what to do about it and how it is tried. */
export function registerDevices({
  profile,
  devices,
  cardReader,
  printing,
  now,
}: {
  readonly profile: Profile
  readonly devices: ReturnType<typeof openDevices>
  readonly cardReader: CardReader | null
  readonly printing: Pick<Printing, 'printTestPage' | 'testPage'>
  readonly now: () => number
}): Registry {
  const { scanner, printer, pagePrinter, readerBridge, documentScanner } = devices
  const registry = createRegistry({ discover, timers: systemTimers })
  const roles = rolesOf(profile)
  const testPage = (): TestPageInput => ({
    kioskId: profile.kioskId,
    commune: profile.commune.name,
    province: profile.commune.province,
    atMs: now(),
  })

  registry.add({
    ...roles.cardScanner,
    device: scanner,
    remedy: scannerRemedy,
    test: (signal) => testScan(scanner, systemTimers, signal),
  })
  registry.add({
    ...roles.ticketPrinter,
    device: printer,
    remedy: printerRemedy,
    test: async () => ticketTest(await printing.printTestPage(testPage())),
  })
  registry.add({
    ...roles.pagePrinter,
    device: pagePrinter,
    remedy: pagePrinterRemedy,
    async test() {
      let drawn = true
      const printed = await pagePrinter.print({
        name: 'Tờ in thử',
        media: 'A5',
        async make(form: PageForm) {
          const page = await printing.testPage(testPage(), form)
          drawn = page.ok
          return page.ok ? page.value : null
        },
      })
      if (printed.ok) return { outcome: 'printed', confirmed: true }
      return drawn ? pageTest(printed.error) : { outcome: 'not-printed', why: 'drawing' }
    },
  })
  addAsked(registry, {
    ...roles.chipReader,
    device: cardReader ?? always({ state: 'not-configured' }),
    remedy: cardReaderRemedy,
  })
  addAsked(registry, {
    ...roles.readerBridge,
    device: readerBridge ?? always({ state: 'not-configured' }),
    remedy: readerBridgeRemedy,
  })
  addAsked(registry, {
    ...roles.documentScanner,
    device:
      documentScanner ?? always({ state: profile.documentScanner ? 'camera' : 'not-configured' }),
    remedy: documentScannerRemedy,
  })
  return registry
}

/** One whose test is to say how it is: it looks after its state by itself. */
function addAsked<S extends AnyDeviceState>(
  registry: Registry,
  asked: Omit<Parameters<typeof registry.add<S>>[0], 'test'>,
): void {
  registry.add<S>({
    ...asked,
    async test() {
      const state = asked.device.state()
      return { outcome: 'state', state, remedy: asked.remedy(state) }
    },
  })
}

/** Stands for a device that is in one state for ever. */
function always<S extends AnyDeviceState>(state: S): Device<S> {
  return { state: () => state, subscribe: () => () => {} }
}

function ticketTest(printed: Printed): DeviceTest {
  if (printed.ok) return { outcome: 'printed', confirmed: printed.value.confirmed }
  const problem = printed.error
  switch (problem.kind) {
    case 'printer':
      return { outcome: 'state', state: problem.printer, remedy: printerRemedy(problem.printer) }
    case 'drawing':
      return { outcome: 'not-printed', why: 'drawing' }
    default:
      return unreachable(problem)
  }
}

function pageTest(problem: PageProblem): DeviceTest {
  switch (problem.kind) {
    case 'printer': {
      const { printer } = problem
      return { outcome: 'state', state: printer, remedy: pagePrinterRemedy(printer) }
    }
    case 'unknown':
      return { outcome: 'printed', confirmed: false }
    case 'format':
    case 'refused':
    case 'aborted':
    case 'cancelled':
      return { outcome: 'not-printed', why: problem.kind }
    default:
      return unreachable(problem)
  }
}
