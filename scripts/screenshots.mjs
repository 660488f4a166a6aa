/** `npm run screenshots`: every screen of a real kiosk as a picture in `docs/screens/`. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, prepare, root } from './setup.mjs'

const node = prepare({ system: 'run', built: true })
const done = spawnSync(node, [join(root, 'test', 'screens', 'take.ts')], {
  stdio: 'inherit',
  env: environment(node),
})
process.exit(done.status ?? 2)
