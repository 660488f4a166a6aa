import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Screen } from '../../../shared/contract/index.ts'
import type { TrainingWorld } from '../../../electron/kiosk.ts'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { connectWorld, readWorldFile } from '../../../electron/training/index.ts'
import { startKiosk, type KioskProcess } from '../../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../../fixtures/page-client.ts'
import { plans } from '../../fixtures/plans.ts'

/** The scanner's cable is pulled and put back on every screen of a visit: each goes on where it was. */

const noSocat = spawnSync('socat', ['-V']).error !== undefined && process.env['CI'] === undefined
const CODE = '1.004873'

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

  test('before a visit, the kiosk waits for the next citizen', async () => {
    expect(await pullOn('attract')).toEqual(same('attract'))
  })

  test('while a card is awaited, the card is read as soon as it is back', async () => {
    await page.act({ type: 'start' })
    expect(await pullOn('identify')).toEqual(same('identify'))
    await world.scan('father')
    await page.screen('confirm')
  })

  test('after the card was read, the visit goes on to its end', async () => {
    expect(await pullOn('confirm')).toEqual(same('confirm'))
    await page.act({ type: 'confirm-card' })
    expect(await pullOn('choose')).toEqual(same('choose'))
    await page.act({ type: 'choose', code: CODE })
    expect(await pullOn('prepare')).toEqual(same('prepare'))
    await page.act({ type: 'begin' })
    expect(await pullOn('answer')).toEqual(same('answer'))
    for (const [key, planned] of Object.entries(plans[CODE]?.answers ?? {})) {
      const { question } = await page.screen('answer', (shown) => shown.question.key === key)
      const value = planned !== null && question.input.kind === 'number' ? Number(planned) : planned
      await page.act({ type: 'answer', key, value })
    }
    expect(await pullOn('review')).toEqual(same('review'))
    await page.act({ type: 'accept-review' })
    expect(await pullOn('declare')).toEqual(same('declare'))
    await page.act({ type: 'declare' })
    await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
    expect(await pullOn('done')).toEqual(same('done'))
    await page.act({ type: 'finish' })
    await page.screen('attract')
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
