import { parseArgs } from 'node:util'
import { cardBench } from './card.ts'
import { coreStartBench } from './core-start.ts'
import { devicesBench } from './devices/index.ts'
import { drainBench } from './drain.ts'
import { effortBench } from './effort/index.ts'
import { enqueueBench } from './enqueue.ts'
import { eraseBench } from './erase.ts'
import type { Figure } from './figure.ts'
import { flatBench } from './flat.ts'
import { outageBench } from './outage.ts'
import { formsBench } from './forms.ts'
import { machineLine } from './machine.ts'
import { pageBench } from './page.ts'
import { pageLifeBench } from './page-life.ts'
import { sealBench } from './seal.ts'
import { searchBench } from './search.ts'
import { speechBench } from './speech.ts'
import { stormBench } from './storm.ts'
import { uploadBench } from './upload.ts'

/** `npm run bench [-- NAME …] [--json]`; exit 1 when a figure misses its target. */
const benches: Record<string, () => Promise<readonly Figure[]>> = {
  card: cardBench,
  search: searchBench,
  enqueue: enqueueBench,
  seal: sealBench,
  page: pageBench,
  'page-life': pageLifeBench,
  'core-start': coreStartBench,
  upload: uploadBench,
  drain: drainBench,
  erase: eraseBench,
  outage: outageBench,
  flat: flatBench,
  storm: stormBench,
  devices: devicesBench,
  forms: formsBench,
  effort: effortBench,
  speech: speechBench,
}
/** The bars of delivery, B1 to B11. */
const groups: Record<string, readonly string[]> = {
  outbox: ['enqueue', 'seal', 'upload', 'storm', 'core-start', 'erase', 'outage', 'drain', 'flat'],
}

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const wanted = positionals.flatMap((name) => groups[name] ?? [name])
const names = wanted.length > 0 ? wanted : Object.keys(benches)
const unknown = names.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(
    `no bench ${unknown.join(', ')}; there are ${[...Object.keys(benches), ...Object.keys(groups)].join(', ')}\n`,
  )
  process.exit(2)
}

// On stderr: standard output is one figure a line, for scripts.
process.stderr.write(`${await machineLine()}\n`)
let missed = 0
for (const name of names) {
  const figures = (await benches[name]?.()) ?? []
  for (const figure of figures) {
    if (!figure.ok) missed += 1
    if (values.json) process.stdout.write(`${JSON.stringify(figure)}\n`)
    else {
      const { bench, metric, value, unit, op, target, ok, baseline } = figure
      const against = baseline ? `  (baseline: ${baseline})` : ''
      process.stdout.write(
        `${ok ? 'ok  ' : 'MISS'} ${bench.padEnd(11)} ${metric.padEnd(34)} ${String(value).padStart(9)} ${unit.padEnd(6)} ${op} ${target}${against}\n`,
      )
    }
  }
}
process.exit(missed === 0 ? 0 : 1)
