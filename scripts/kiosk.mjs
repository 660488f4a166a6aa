/** `npm run -s kiosk -- …`: the technician's command, the same file that a packaged kiosk installs. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, prepare, root } from './setup.mjs'

const node = prepare({ built: true })
const done = spawnSync(
  node,
  [join(root, 'dist', 'electron', 'cli.mjs'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: environment(node),
  },
)
process.exit(done.status ?? 2)
