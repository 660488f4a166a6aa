import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'

/** Folder of the real Electron; undefined where there is none. */
export const electronDist = process.env['ELECTRON_OVERRIDE_DIST_PATH']

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A kiosk in training, started from the built programs with data of its own. */
export interface KioskApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** Command line and environment of this kiosk, to start a second one on the same data. */
  readonly start: { readonly args: string[]; readonly env: Record<string, string> }
}

/** `kiosk`: started for one test and ended, with its processes and data, after it. */
export const test = base.extend<{ kiosk: KioskApp }>({
  // Playwright reads the names of the fixtures that are used from this first parameter.
  // oxlint-disable-next-line no-empty-pattern
  kiosk: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'kiosk-app-'))
    const env = { ...definedOnly(process.env), XDG_DATA_HOME: home }
    const start = { args: [root, '--training'], env }
    const app = await _electron.launch({ ...start, cwd: root })
    await use({ app, page: await app.firstWindow(), start })
    await app.close()
    await rm(home, { recursive: true, force: true })
  },
})

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
