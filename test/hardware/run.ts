import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureKernel, must, packFirstFiles, type Kernel } from './kernel.ts'
import { runMachine } from './machine.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules', '.cache', 'kiosk-hardware')

/** The last lines of a TAP report of Node's test runner. */
const TOTAL = /^# (pass|fail|cancelled|skipped) (\d+)$/

/** What one run of the machine reported. */
interface Outcome {
  /** Whether Node's test runner came as far as its first line. */
  readonly began: boolean
  readonly totals: ReadonlyMap<string, number>
  /** For when there is no report. */
  readonly console: string
}

async function runTests(kernel: Kernel): Promise<Outcome> {
  const guest = join(root, 'test', 'hardware', 'guest.sh')
  const next = ['/bin/sh', guest, root, process.execPath, kernel.tree, process.argv[2] ?? '']
  const totals = new Map<string, number>()
  let began = false
  const console = await runMachine(kernel, packFirstFiles(kernel, cache, next), (line) => {
    began ||= line.startsWith('TAP version')
    const total = TOTAL.exec(line)
    if (total === null) process.stdout.write(`${line}\n`)
    else totals.set(total[1] ?? '', Number(total[2]))
  })
  return { began, totals, console }
}

/** All of it; true if all is well. */
async function main(): Promise<boolean> {
  const started = Date.now()
  must('qemu-system-x86_64', ['--version'])
  const kernel = ensureKernel(cache)
  let outcome = await runTests(kernel)
  if (!outcome.began) {
    process.stdout.write('Node did not start on the simulated processor: once more\n')
    outcome = await runTests(kernel)
  }
  const { totals, console } = outcome
  const of = (name: string) => totals.get(name) ?? 0
  // A test is cancelled when it takes too long, or what must come before it fails.
  const bad = of('fail') + of('cancelled')
  const isWhole = totals.size === 4 && of('pass') + bad > 0
  if (!isWhole) process.stdout.write(`the machine made no whole report; its console:\n${console}\n`)
  const failed = bad + (isWhole ? 0 : 1)
  process.stdout.write(`Linux ${kernel.version}, ${((Date.now() - started) / 1000).toFixed(0)} s\n`)
  process.stdout.write(`${of('pass')} passed, ${failed} failed, ${of('skipped')} skipped\n`)
  return failed === 0
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
