import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureKernel, packFirstFiles } from './kernel.ts'
import { runMachine } from './machine.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules', '.cache', 'kiosk-hardware')

/** The last lines of a TAP report of Node's test runner. */
const TOTAL = /^# (pass|fail|skipped) (\d+)$/
const totals = new Map<string, number>()

const began = Date.now()
const kernel = ensureKernel(cache)
const guest = join(root, 'test', 'hardware', 'guest.sh')
const next = ['/bin/sh', guest, root, process.execPath, kernel.tree, process.argv[2] ?? '']
const said = await runMachine(kernel, packFirstFiles(kernel, cache, next), (line) => {
  const total = TOTAL.exec(line)
  if (total === null) process.stdout.write(`${line}\n`)
  else totals.set(total[1] ?? '', Number(total[2]))
})
rmSync(join(cache, 'first-files'), { recursive: true, force: true })

const [passed = 0, failed = 0, skipped = 0] = ['pass', 'fail', 'skipped'].map((name) =>
  totals.get(name),
)
const isWhole = totals.size === 3 && passed + failed > 0
if (!isWhole) process.stdout.write(`the machine made no whole report; its console:\n${said}\n`)
process.stdout.write(`Linux ${kernel.version}, ${((Date.now() - began) / 1000).toFixed(0)} s\n`)
process.stdout.write(`${passed} passed, ${failed + (isWhole ? 0 : 1)} failed, ${skipped} skipped\n`)
process.exit(isWhole && failed === 0 ? 0 : 1)
