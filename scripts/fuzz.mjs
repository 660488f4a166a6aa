/**
 * `npm run test:fuzz [-- RUNS [PATH …]]`: the long form of the fuzz targets, RUNS inputs a property
 * (1,000,000 if not given). `npm test` runs the same targets with few inputs.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, fail, prepare, root } from './setup.mjs'

const [runs = '1000000', ...paths] = process.argv.slice(2)
if (!/^[1-9]\d{0,8}$/.test(runs)) fail('usage: npm run test:fuzz -- RUNS [PATH …]')

const node = prepare({})
const vitest = join(root, 'node_modules', '.bin', 'vitest')
const targets = paths.length > 0 ? paths : ['.fuzz.test.ts']
const done = spawnSync(
  vitest,
  ['run', '--project', 'unit', '--testTimeout', '3600000', ...targets],
  { cwd: root, stdio: 'inherit', env: { ...environment(node), FUZZ_RUNS: runs } },
)
process.exit(done.status ?? 2)
