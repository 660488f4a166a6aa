import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Screen } from '../../../shared/contract/index.ts'
import type { TrainingWorld } from '../../../electron/kiosk.ts'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { connectWorld, readWorldFile } from '../../../electron/training/index.ts'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { inventedCard } from '../../fixtures/file-dossier.ts'
import { startKiosk, type KioskProcess } from '../../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../../fixtures/page-client.ts'

/** The scanner's cable is pulled and put back on every screen of a visit: each goes on where it was. */

const noSocat = spawnSync('socat', ['-V']).error !== undefined && process.env['CI'] === undefined

describe.skipIf(noSocat)('the scanner pulled (needs socat: apt-get install socat)', () => {
  let dir = ''
  let kiosk: KioskProcess
  let page: PageClient
  let world: TrainingWorld

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kiosk-pulled-'))
    kiosk = startKiosk(['--training', '--headless', '--data-dir', dir])
    page = await openPage(await kiosk.url)
    const file = await readWorldFile(join(kioskFiles(dir).training, 'world.json'))
    world = connectWorld(file.control)
    await scanner('ready')
  })
  afterAll(async () => {
    page.close()
    await kiosk.close()
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  })

  const scanner = (state: string) => page.see(({ devices }) => devices.scanner.state === state)

  /** Pulls it on this screen and puts it back; says what was shown without it and after it. */
  async function pullOn(name: Screen): Promise<Screen[]> {
    await page.screen(name)
    await world.setDevice('scanner', false)
    const without = await scanner('disconnected')
    await world.setDevice('scanner', true)
    const after = await scanner('ready')
    return [without.session.screen, after.session.screen]
  }
  const same = (name: Screen) => [name, name]

  test('on each screen of a visit, which stays; the card is read once it is back', async () => {
    const told = await visitWith(
      { page, world, show: (text) => void world.scanText(text) },
      inventedCard(1),
      {
        breakIt: () => world.setDevice('scanner', false),
        mend: () => world.setDevice('scanner', true),
        isBroken: ({ scanner: { state } }) => state === 'disconnected',
        isMended: ({ scanner: { state } }) => state === 'ready',
      },
      { broken: () => true, mended: () => true },
    )
    expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
  })

  test('while a slip is looked up, what it says stays on the screen', async () => {
    await world.scanText('MCK:S:01932b6e-0000-7000-8000-00000000000b')
    expect(await pullOn('look-up')).toEqual(same('look-up'))
    await page.act({ type: 'finish' })
    await page.screen('attract')
  })

  test('while help is on its way, help stays called', async () => {
    await page.act({ type: 'start' })
    await page.act({ type: 'call-help' })
    expect(await pullOn('help')).toEqual(same('help'))
  })
})
