import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { startKiosk } from '../fixtures/kiosk-process.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'

/** A built kiosk whose only reader stands behind its vendor's own service. */

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-bridge-'))
})
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

async function vendorService(port: number) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connected: () => once(server, 'connection'),
    tell(message: object) {
      for (const client of server.clients) client.send(JSON.stringify(message))
    },
    async close() {
      for (const client of server.clients) client.terminate()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

it('identifies a citizen by what the service tells, and says so while it is away', async () => {
  const first = await vendorService(0)
  const url = `ws://127.0.0.1:${first.port}/`
  await putProfile(
    dir,
    realProfile({
      readerBridge: {
        kind: 'websocket',
        url,
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
    }),
  )
  const connected = first.connected()
  const kiosk = startKiosk(['--headless', '--data-dir', dir])
  const page = await openPage(await kiosk.url)
  await connected
  await page.see(({ devices }) => devices.readerBridge?.state === 'ready')
  await first.close()
  await page.see(({ devices }) => devices.readerBridge?.state === 'disconnected')

  const second = await vendorService(first.port)
  await page.see(({ devices }) => devices.readerBridge?.state === 'ready')
  second.tell({
    idCode: '083090000000',
    personName: 'Nguyễn Văn Ví Dụ',
    dateOfBirth: '05/03/1990',
    gender: 'Nam',
    residencePlace: 'Ấp Mẫu, Xã Thử',
    issueDate: '01/01/2022',
  })
  const { card } = await page.screen('confirm')
  expect(card).toMatchObject({ name: 'Nguyễn Văn Ví Dụ', byHand: [] })
  expect(kiosk.said.join()).not.toMatch(/083090000000|Ví Dụ/)
  page.close()
  await kiosk.close()
  await second.close()
})
