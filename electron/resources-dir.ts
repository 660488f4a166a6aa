import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder with procedures and fonts: beside the app's archive in a packaged kiosk
 * (`process.resourcesPath`, which only Electron sets), else at the top of the checkout.
 */
export function resourcesDir(): string {
  const packaged: unknown = Reflect.get(process, 'resourcesPath')
  const here = fileURLToPath(new URL('.', import.meta.url))
  const candidates = [
    ...(typeof packaged === 'string' ? [packaged] : []),
    // A checkout: from `dist/electron/chunks`, `dist/electron` and `electron`.
    join(here, '../../../resources'),
    join(here, '../../resources'),
    join(here, '../resources'),
    // The technician's command of a packaged kiosk, in `app.asar.unpacked/dist/electron`.
    join(here, '../../..'),
    join(here, '../../../..'),
  ]
  return candidates.find((folder) => existsSync(join(folder, 'procedures'))) ?? here
}

/** The folder with the language packs that come with the kiosk. */
export const voiceDir = (): string => join(resourcesDir(), 'voice')
