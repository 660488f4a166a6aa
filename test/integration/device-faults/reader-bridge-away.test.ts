import { expect, onTestFinished, test } from 'vitest'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { openPage } from '../../fixtures/page-client.ts'
import { startVendorService, vendorBridge, vendorCard } from '../../fixtures/vendor-service.ts'

/** The only reader stands behind its vendor's service, which ends and starts on every screen. */

test('the vendor’s service away: each screen stays, and the card is read once it is back', async () => {
  let service = await startVendorService(0)
  const { port } = service
  onTestFinished(() => service.close())
  const at = await startInService({
    scanner: null,
    wedge: false,
    readerBridge: vendorBridge(port),
  })
  onTestFinished(() => at.close())
  const page = await openPage(await at.kiosk.url)
  onTestFinished(() => page.close())
  await page.see(({ devices }) => devices.readerBridge?.state === 'ready')

  const place = { page, world: at.world, show: (card: string) => service.tell(JSON.parse(card)) }
  const told = await visitWith(
    place,
    JSON.stringify(vendorCard),
    {
      breakIt: () => service.close(),
      async mend() {
        service = await startVendorService(port)
      },
      isBroken: ({ readerBridge }) => readerBridge?.state === 'disconnected',
      isMended: ({ readerBridge }) => readerBridge?.state === 'ready',
    },
    { broken: () => true, mended: () => true },
  )
  expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
})
