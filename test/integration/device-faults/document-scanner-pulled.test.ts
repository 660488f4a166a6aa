import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { View } from '../../../shared/contract/index.ts'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { inventedCard, walkThroughAnswers } from '../../fixtures/file-dossier.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { openPage } from '../../fixtures/page-client.ts'

/**
 * The document scanner is pulled and put back on every screen of a visit. SANE tells nobody of it:
 * the kiosk hears it when it is to scan, and looks for the scanner from then on.
 */

const missing =
  spawnSync('scanimage', ['--version']).status === 0 || process.env['CI']
    ? ''
    : ' (needs scanimage: apt-get install sane-utils)'

test.skipIf(missing !== '')(
  `the document scanner pulled: each screen stays, and a page is scanned once it is back${missing}`,
  async () => {
    /** A configuration in which SANE has one or two test scanners; the kiosk's is the second. */
    const config = await mkdtemp(join(tmpdir(), 'kiosk-sane-'))
    onTestFinished(() => rm(config, { recursive: true, force: true }))
    const plug = (count: 1 | 2) =>
      writeFile(join(config, 'test.conf'), `number_of_devices ${count}\n`)
    await writeFile(join(config, 'dll.conf'), 'test\n')
    await plug(2)
    const at = await startInService(
      { documentScanner: { kind: 'sane', device: 'test:1' } },
      { SANE_CONFIG_DIR: config },
    )
    onTestFinished(() => at.close())
    const page = await openPage(await at.kiosk.url)
    onTestFinished(() => page.close())
    const is = (state: string) => (devices: View['devices']) =>
      devices.documentScanner.state === state
    await page.see(({ devices }) => is('ready')(devices))

    let wanted = false
    const told = await visitWith(
      { page, world: at.world, show: (text) => void at.world.scanText(text) },
      inventedCard(1),
      {
        async breakIt() {
          await plug(1)
          const { session } = await page.see(() => true)
          wanted = session.screen === 'papers'
          if (wanted) await page.act({ type: 'scan-paper' })
        },
        mend: () => plug(2),
        isBroken: (devices) => !wanted || is('missing')(devices),
        isMended: is('ready'),
      },
      { broken: () => true, mended: () => true },
    )
    expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })

    await walkThroughAnswers(page, () => void at.world.scanText(inventedCard(2)), '1.001193')
    await page.screen('papers')
    await plug(1)
    await page.act({ type: 'scan-paper' })
    await page.see(({ devices }) => is('missing')(devices))
    await plug(2)
    await page.see(({ devices }) => is('ready')(devices))
    await page.act({ type: 'scan-paper' })
    await page.screen('papers', ({ pages }) => pages.length === 1)
    await page.act({ type: 'accept-paper' })
    await page.screen('review')
    await page.act({ type: 'accept-review' })
    await page.screen('declare')
    await page.act({ type: 'declare' })
    await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
    expect(await readdir(at.uploads)).toHaveLength(1)
  },
)
