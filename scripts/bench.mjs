/** `npm run bench [-- NAME] [--json]`: the product's figures against their targets. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import {
  ensureBuilt,
  ensureDependencies,
  ensureSystem,
  environment,
  pinnedNode,
  root,
} from './setup.mjs'

ensureDependencies()
const node = pinnedNode()
ensureSystem('test')
ensureBuilt(node)
const done = spawnSync(node, [join(root, 'test', 'bench', 'run.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: environment(node),
})
process.exit(done.status ?? 2)
