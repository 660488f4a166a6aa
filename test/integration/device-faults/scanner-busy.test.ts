import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createTrainingScanner } from '../../../electron/training/scanner.ts'
import { SCREENS_OF_A_VISIT, visitWith } from '../../fixtures/faulty-visit.ts'
import { inventedCard } from '../../fixtures/file-dossier.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { openPage } from '../../fixtures/page-client.ts'

/** Another program takes the scanner's port and gives it back, on every screen of a visit. */

const programs = { socat: 'socat', flock: 'util-linux' }
const missing = Object.entries(programs).filter(
  ([program]) => spawnSync(program, ['-V']).error !== undefined,
)
const needs =
  missing.length === 0 || process.env['CI']
    ? ''
    : ` (needs ${missing.map(([program]) => program).join(', ')}: apt-get install ${missing.map(([, name]) => name).join(' ')})`

test.skipIf(needs !== '')(
  `the scanner's port held: each screen stays, and the card is read once it is free${needs}`,
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kiosk-busy-'))
    onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))
    const made = await createTrainingScanner({ dir })
    if (!made.ok) throw new Error(made.error)
    const scanner = made.value
    onTestFinished(() => scanner.close())
    /** What the profile names. It leads nowhere while the cable is out. */
    const port = join(dir, 'port')
    await symlink(await realpath(scanner.path), port)
    let holder: ChildProcess | null = null
    onTestFinished(() => void holder?.kill())

    const at = await startInService({ scanner: { path: port, baud: 9600 } })
    onTestFinished(() => at.close())
    const page = await openPage(await at.kiosk.url)
    onTestFinished(() => page.close())
    await page.see(({ devices }) => devices.scanner.state === 'ready')

    const told = await visitWith(
      { page, world: at.world, show: scanner.scan },
      inventedCard(1),
      {
        async breakIt() {
          // The other program is quicker than the kiosk when the cable is put back.
          await rm(port)
          await scanner.unplug()
          await scanner.plug()
          const tty = await realpath(scanner.path)
          holder = spawn('flock', [tty, 'sh', '-c', 'echo held; exec cat'], {
            stdio: ['pipe', 'pipe', 'inherit'],
          })
          if (holder.stdout !== null) await once(holder.stdout, 'data')
          await symlink(tty, port)
        },
        async mend() {
          const held = holder
          if (held === null) return
          // `cat` ends with its input, and `flock` with `cat`.
          held.stdin?.end()
          await once(held, 'exit')
        },
        isBroken: (devices) => devices.scanner.state === 'busy',
        isMended: (devices) => devices.scanner.state === 'ready',
      },
      { broken: () => true, mended: () => true },
    )
    expect(told).toMatchObject({ on: SCREENS_OF_A_VISIT, lost: [], dossiers: 1 })
  },
)
