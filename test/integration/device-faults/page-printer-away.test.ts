import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Screen } from '../../../shared/contract/index.ts'
import { visitWith } from '../../fixtures/faulty-visit.ts'
import { inventedCard } from '../../fixtures/file-dossier.ts'
import { ippPeerNeeds, startIppPeer } from '../../fixtures/ipp-peer.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { openPage } from '../../fixtures/page-client.ts'

/**
 * The page printer goes off the network and comes back. At rest it is asked every ten seconds alone,
 * and no screen but the last speaks of it: so it fails here while its page is due.
 */

/** The network between kiosk and printer, on a port of its own. */
async function cable(to: number) {
  const lines = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const end of [near, far]) {
      lines.add(end)
      end.on('error', () => {})
      end.on('close', () => lines.delete(end))
    }
    near.pipe(far)
    far.pipe(near)
  })
  const plug = async (at: number) => {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
  const port = await plug(0)
  return {
    port,
    plug: () => plug(port),
    async pull() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const line of lines) line.destroy()
      await closed
    },
  }
}

const needs = ippPeerNeeds()
const screens: readonly Screen[] = []

test.skipIf(needs !== '')(
  `the page printer away: the dossier is filed, and its receipt comes once the printer is back${needs}`,
  async () => {
    const peer = await startIppPeer('application/pdf')
    onTestFinished(() => peer.close())
    const network = await cable(Number(new URL(peer.uri).port))
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
        async mend() {
          await network.plug()
        },
        isBroken: () => true,
        isMended: ({ pagePrinter }) => pagePrinter.state === 'ready',
      },
      {
        broken: ({ receipt }) => receipt.state === 'failed',
        mended: ({ receipt }) => receipt.state === 'printed',
      },
      screens,
    )
    expect(told.lost).toEqual([])
    expect(told.dossiers).toBe(1)
    expect(told.filed.broken.receipt).toEqual({
      state: 'failed',
      printer: { state: 'unreachable' },
    })
    expect(peer.documents()).toEqual([expect.stringMatching(/\.pdf$/)])
  },
)
