/**
 * `npm run test:faults [-- --list | --long | --seed N]`: the fault suite.
 *
 * - `--list` names every row of the failure matrix and its state.
 * - `--long` draws lots for up to an hour instead of minutes.
 * - `--seed N` replays one run of the simulation and tells its story where it fails.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { environment, fail, prepare, root } from './setup.mjs'

const { values } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
})
if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed)) fail('--seed takes a number')

// Some rows are about the installed programs.
const node = prepare({ system: 'test', built: !values.list })
const faults = join(root, 'test', 'faults')

function run(args, extra = {}) {
  const env = { ...environment(node), ...extra }
  return spawnSync(node, args, { cwd: root, stdio: 'inherit', env }).status ?? 2
}

if (values.list) process.exit(run([join(faults, 'report.ts')]))

const results = join(root, 'test-results')
const report = join(results, 'faults.json')
mkdirSync(results, { recursive: true })
rmSync(report, { force: true })
const began = Date.now()
const only = values.seed === undefined ? [] : ['simulation', '-t', 'keeps the invariants']
const status = run(
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    join(faults, 'vitest.config.ts'),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...only,
  ],
  {
    ...(values.long && { FAULTS_LONG: '1' }),
    ...(values.seed !== undefined && { FAULTS_SEED: values.seed }),
  },
)
if (values.seed !== undefined) process.exit(status)
if (!existsSync(report)) fail('the fault suite did not run: see the lines above')
const totals = run([join(faults, 'report.ts'), report])
process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0)} s\n`)
process.exit(Math.max(status, totals))
