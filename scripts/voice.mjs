/** `npm run voice`: renders the clips that are missing from `resources/voice/vi`. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, prepare, root } from './setup.mjs'

const node = prepare({ system: 'voice' })
const done = spawnSync(node, [join(root, 'scripts', 'voice', 'run.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment(node),
})
process.exit(done.status ?? 2)
