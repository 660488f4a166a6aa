import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { openPage } from '../../fixtures/page-client.ts'

/** The only reader stands behind its vendor's service, which ends and starts on every screen. */

async function serve(port: number) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    tell(message: object) {
      for (const client of server.clients) client.send(JSON.stringify(message))
    },
    async close() {
      for (const client of server.clients) client.terminate()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

test('the vendor’s service away: each screen stays, and the card is read once it is back', async () => {
  let service = await serve(0)
  const { port } = service
  onTestFinished(() => service.close())
  const at = await startInService({
    scanner: null,
    wedge: false,
    readerBridge: {
      kind: 'websocket',
      url: `ws://127.0.0.1:${port}/`,
      dates: 'dd/MM/yyyy',
      fields: {
        number: 'idCode',
        name: 'personName',
        birth: 'dateOfBirth',
        sex: 'gender',
        address: 'residencePlace',
        issued: 'issueDate',
      },
    },
  })
  onTestFinished(() => at.close())
  const page = await openPage(await at.kiosk.url)
  onTestFinished(() => page.close())
  await page.see(({ devices }) => devices.readerBridge?.state === 'ready')

  const place = { page, world: at.world, show: (card: string) => service.tell(JSON.parse(card)) }
  const told = await visitWith(
    place,
    JSON.stringify({
      idCode: '083090000000',
      personName: 'Nguyễn Văn Ví Dụ',
      dateOfBirth: '05/03/1990',
      gender: 'Nam',
      residencePlace: 'Ấp Mẫu, Xã Thử, Bến Tre',
      issueDate: '01/01/2022',
    }),
    {
      breakIt: () => service.close(),
      async mend() {
        service = await serve(port)
      },
      isBroken: ({ readerBridge }) => readerBridge?.state === 'disconnected',
      isMended: ({ readerBridge }) => readerBridge?.state === 'ready',
    },
    { broken: () => true, mended: () => true },
  )
  expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
})
