/** `npm run bench [-- NAME] [--json]`: the product's figures against their targets. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, prepare, root } from './setup.mjs'

const node = prepare({ system: 'test', built: true })
const done = spawnSync(node, [join(root, 'test', 'bench', 'run.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment(node),
})
process.exit(done.status ?? 2)
