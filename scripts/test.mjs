/**
 * `npm test`: types, lint, import rules, build, unit, integration and end-to-end tests, from
 * nothing. The last line is `N passed, N failed, N skipped` over all of them; each skip is named
 * above it with its reason.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt, environment, prepare, root } from './setup.mjs'

/** Reasons for which a test may be skipped even where CI is set: nothing can install these. */
const NOT_INSTALLABLE = [/no Electron binary/, /\.\.\/shared\/data/]

const node = prepare({ system: 'test' })

const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

/** @type {{ passed: number, failed: number, skipped: string[] }} */
const total = { passed: 0, failed: 0, skipped: [] }
// What the tests leave in the folder of temporary files goes with it.
const temporary = mkdtempSync(join(tmpdir(), 'kiosk-test-'))
// The backends of CUPS run as `lp` and read a spool in it.
chmodSync(temporary, 0o711)
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
// Hundreds of kiosks and commands are started: each finds its code compiled by the first.
const cache = join(temporary, 'compiled')
const env = { ...environment(node), TMPDIR: temporary, NODE_COMPILE_CACHE: cache }
const bin = (name) => join(root, 'node_modules', '.bin', name)

function step(name, command, args, extra = {}) {
  const began = Date.now()
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...env, ...extra } })
  const good = done.status === 0
  process.stdout.write(
    `${good ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`,
  )
  return good
}

/** A check without tests of its own counts as one. */
function check(name, command, args) {
  if (step(name, command, args)) total.passed += 1
  else total.failed += 1
}

function readReport(name) {
  const file = join(results, name)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

for (const program of ['shared', 'electron', 'renderer', 'test']) {
  check(`types: ${program}`, bin('tsc'), ['-p', program])
}
check('lint', bin('oxlint'), ['--type-aware', '--deny-warnings'])
check('format', bin('oxfmt'), ['--check', '.'])
check('unused code', bin('knip'), [])
check('import rules', node, ['scripts/check-imports.mjs'])
ensureBuilt(node)
total.passed += 1

for (const [name, config] of [
  ['unit and integration', 'vite.config.ts'],
  ['faults, short form', 'test/faults/vitest.config.ts'],
]) {
  const report = `${config.replaceAll('/', '-')}.json`
  const good = step(name, bin('vitest'), [
    'run',
    `--config=${config}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, report)}`,
  ])
  const outcome = readReport(report)
  if (outcome === null) {
    total.failed += 1
    continue
  }
  total.passed += outcome.numPassedTests
  total.failed += outcome.numFailedTests + (good || outcome.numFailedTests > 0 ? 0 : 1)
  for (const file of outcome.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'skipped' || test.status === 'pending' || test.status === 'todo') {
        total.skipped.push(test.fullName)
      }
    }
  }
}

for (const [name, config] of [
  ['end to end', 'playwright.config.ts'],
  ['electron app', 'playwright.electron.config.ts'],
]) {
  const report = `${config}.json`
  const good = step(name, bin('playwright'), ['test', '-c', config], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, report),
  })
  const outcome = readReport(report)
  if (outcome === null) {
    total.failed += 1
    continue
  }
  total.passed += outcome.stats.expected + outcome.stats.flaky
  total.failed += outcome.stats.unexpected + (good || outcome.stats.unexpected > 0 ? 0 : 1)
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'flaky') process.stdout.write(`passed the second time: ${spec.title}\n`)
        if (test.status !== 'skipped') continue
        const reason = test.annotations.find((note) => note.type === 'skip')?.description
        total.skipped.push(`${spec.title} (${reason ?? 'no reason given'})`)
      }
    }
    for (const inner of suite.suites ?? []) visit(inner)
  }
  for (const suite of outcome.suites) visit(suite)
}

for (const name of total.skipped) {
  const allowed = NOT_INSTALLABLE.some((reason) => reason.test(name))
  if (process.env.CI && !allowed) {
    total.failed += 1
    process.stdout.write(`FAIL skipped in CI although it could run: ${name}\n`)
  } else process.stdout.write(`skipped: ${name}\n`)
}
process.stdout.write(
  `${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped\n`,
)
process.exit(total.failed === 0 ? 0 : 1)
