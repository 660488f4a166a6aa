import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { createSandboxPortal } from '../../electron/training/portal/index.ts'
import { agree, confirmToDeclare } from '../fixtures/file-dossier.ts'
import { startKiosk } from '../fixtures/kiosk-process.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { startVendorService, vendorBridge, vendorCard } from '../fixtures/vendor-service.ts'

/** A built kiosk whose only reader stands behind its vendor's own service. */

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-bridge-'))
})
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

it('identifies a citizen by what the service tells, files it so, and says so while it is away', async () => {
  const filings: unknown[] = []
  const portal = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: Date,
    validate(body) {
      filings.push(body)
      return []
    },
  })
  onTestFinished(() => portal.close())
  const first = await startVendorService(0)
  await putProfile(
    dir,
    realProfile({
      portal: { url: portal.url, receiptKeys: portal.publicKeys },
      readerBridge: vendorBridge(first.port),
    }),
  )
  const kiosk = startKiosk(['--headless', '--data-dir', dir])
  const page = await openPage(await kiosk.url)
  await page.see(({ devices }) => devices.readerBridge?.state === 'ready')
  await first.close()
  await page.see(({ devices }) => devices.readerBridge?.state === 'disconnected')

  const second = await startVendorService(first.port)
  await page.see(({ devices }) => devices.readerBridge?.state === 'ready')
  second.tell(vendorCard)
  await agree(page)
  const { card } = await page.screen('confirm')
  expect(card).toMatchObject({ name: 'Nguyễn Văn Ví Dụ', byHand: [] })
  await confirmToDeclare(page, '1.004873')
  await page.act({ type: 'declare' })
  await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
  expect(filings).toMatchObject([{ applicant: { identifiedBy: { by: 'bridge' } } }])
  expect(kiosk.said.join()).not.toMatch(/083090000000|Ví Dụ/)
  page.close()
  await kiosk.close()
  await second.close()
})
