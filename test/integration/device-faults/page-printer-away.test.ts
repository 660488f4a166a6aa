import { expect, onTestFinished, test } from 'vitest'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { inventedCard } from '../../fixtures/file-dossier.ts'
import { ippPeerNeeds, startIppPeer } from '../../fixtures/ipp-peer.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { networkCable } from '../../fixtures/network-cable.ts'
import { openPage } from '../../fixtures/page-client.ts'

/**
 * The page printer goes off the network and comes back, on each screen, and at last while its page
 * is due.
 */
const needs = ippPeerNeeds()

test.skipIf(needs !== '')(
  `the page printer away: the dossier is filed, and its receipt comes once the printer is back${needs}`,
  async () => {
    const peer = await startIppPeer('application/pdf')
    onTestFinished(() => peer.close())
    const network = await networkCable(Number(new URL(peer.uri).port))
    onTestFinished(() => network.pull())
    const at = await startInService({
      pagePrinter: { uri: `ipp://localhost:${network.port}/ipp/print` },
    })
    onTestFinished(() => at.close())
    const page = await openPage(await at.kiosk.url)
    onTestFinished(() => page.close())
    await page.see(
      ({ devices }) => devices.scanner.state === 'ready' && devices.pagePrinter.state === 'ready',
    )

    const told = await visitWith(
      { page, world: at.world, show: (text) => void at.world.scanText(text) },
      inventedCard(1),
      {
        breakIt: () => network.pull(),
        mend: () => network.plug(),
        isBroken: ({ pagePrinter }) => pagePrinter.state === 'unreachable',
        isMended: ({ pagePrinter }) => pagePrinter.state === 'ready',
      },
      {
        broken: ({ receipt }) => receipt.state === 'failed',
        mended: ({ receipt }) => receipt.state === 'printed',
      },
      SCREENS_OF_A_VISIT,
    )
    expect(told.on).toEqual(SCREENS_OF_A_VISIT)
    expect(told.lost).toEqual([])
    expect(told.dossiers).toBe(1)
    expect(told.filed.broken.receipt).toEqual({
      state: 'failed',
      printer: { state: 'unreachable' },
    })
    expect(peer.documents()).toEqual([expect.stringMatching(/\.pdf$/)])
  },
)
