import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { connectWorld, readWorldFile } from '../../../electron/training/index.ts'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { inventedCard } from '../../fixtures/file-dossier.ts'
import { startKiosk } from '../../fixtures/kiosk-process.ts'
import { openPage } from '../../fixtures/page-client.ts'

/** A scanner in HID-POS mode is pulled and put back on every screen of a visit. */

test('the HID scanner pulled: each screen stays, and the card is read once it is back', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-hid-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
  // Without a path there is no socat, and so no terminal: training mode then has a HID scanner.
  const kiosk = startKiosk(['--training', '--headless', '--data-dir', dir], { PATH: '' })
  onTestFinished(() => kiosk.close())
  const page = await openPage(await kiosk.url)
  onTestFinished(() => page.close())
  const file = await readWorldFile(join(kioskFiles(dir).training, 'world.json'))
  expect(file.scanner.kind).toBe('hid')
  const world = connectWorld(file.control)
  await page.see(({ devices }) => devices.scanner.state === 'ready')

  const place = { page, world, show: (text: string) => void world.scanText(text) }
  const told = await visitWith(
    place,
    inventedCard(1),
    {
      breakIt: () => world.setDevice('scanner', false),
      mend: () => world.setDevice('scanner', true),
      isBroken: ({ scanner }) => scanner.state === 'disconnected',
      isMended: ({ scanner }) => scanner.state === 'ready',
    },
    { broken: () => true, mended: () => true },
  )
  expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
})
