import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the built programs (`dist/electron`): this code lies in it, or in its `chunks`. */
export function programsDir(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const places = [here, join(here, '..')]
  return places.find((place) => existsSync(join(place, 'browser-host.mjs'))) ?? here
}
