import { ippPeerNeeds, startIppPeer } from '../../fixtures/ipp-peer.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { networkCable } from '../../fixtures/network-cable.ts'
import { openPage } from '../../fixtures/page-client.ts'
import { figure, type Figure } from '../figure.ts'

/** How often its cable is pulled, each time at another moment of the watch; the slowest counts. */
const PULLS = 8

/**
 * From the pulled cable of the page printer to the view that says so, and from the cable that is
 * back to a printer that can print: a built kiosk, and `ippeveprinter` behind a network of its own.
 */
export async function pagePrinterFigures(): Promise<readonly Figure[]> {
  const needs = ippPeerNeeds()
  if (needs !== '') {
    process.stderr.write(`no figures of the page printer${needs}\n`)
    return []
  }
  const peer = await startIppPeer('application/pdf')
  const network = await networkCable(Number(new URL(peer.uri).port))
  const at = await startInService({
    pagePrinter: { uri: `ipp://localhost:${network.port}/ipp/print` },
  })
  const page = await openPage(await at.kiosk.url)
  const becomes = async (state: string, act: () => Promise<void>) => {
    const began = performance.now()
    await act()
    await page.see(({ devices }) => devices.pagePrinter.state === state)
    return performance.now() - began
  }
  try {
    await page.see(({ devices }) => devices.pagePrinter.state === 'ready')
    const pulled: number[] = []
    const usable: number[] = []
    for (let turn = 0; turn < PULLS; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, turn * 70))
      pulled.push(await becomes('unreachable', () => network.pull()))
      usable.push(await becomes('ready', () => network.plug()))
    }
    const note = `the slowest of ${PULLS}, by ippeveprinter`
    const worst = (name: string, times: readonly number[], limitMs: number) =>
      figure('devices', name, Math.max(...times), 'ms', '<=', limitMs, note)
    return [
      worst('page printer pulled → in the view', pulled, 1000),
      worst('page printer back → ready', usable, 2000),
    ]
  } finally {
    page.close()
    await at.close()
    await network.pull()
    await peer.close()
  }
}
