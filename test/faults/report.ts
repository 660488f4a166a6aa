import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { isRowId, rows, type Row } from './rows.ts'

/**
 * `node report.ts`: every row of the failure matrix and its state. `node report.ts RESULTS.json`:
 * the totals of a run by rows; exit 1 where a test failed or a row had none.
 */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
})

/** How a row did in a run. */
type Standing = { readonly passed: number; readonly failed: number; readonly skipped: number }

function line(row: Row, standing?: Standing): string {
  const note = row.status === 'part' ? ` (still without: ${row.lacks})` : ''
  const tests =
    standing === undefined
      ? ''
      : ` ${standing.passed} passed, ${standing.failed} failed, ${standing.skipped} skipped:`
  return `${row.id.padEnd(4)}${row.status.padEnd(8)}${tests} ${row.fault}: ${row.correct}${note}`
}

const { positionals } = parseArgs({ allowPositionals: true })
const [file] = positionals
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const ofStatus = (status: Row['status']): readonly Row[] =>
  rows.filter((row) => row.status === status)
const ids = (of: readonly Row[]): string => of.map(({ id }) => id).join(' ')

if (file === undefined) {
  for (const row of rows) say(line(row))
  say(
    `${rows.length} rows: ${ofStatus('proven').length} proven, ${ofStatus('part').length} in part`,
  )
} else {
  const report = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const count = (of: typeof tests, status: string): number =>
    of.filter((test) => test.status === status).length
  let bad = count(tests, 'failed')
  // A file that does not load has no tests to count.
  bad += report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  ).length
  for (const row of rows) {
    const own = tests.filter(({ title }) => rowIn(title) === row.id)
    const standing = {
      passed: count(own, 'passed'),
      failed: count(own, 'failed'),
      skipped: own.length - count(own, 'passed') - count(own, 'failed'),
    }
    say(line(row, standing))
    if (own.length === 0) {
      say(`FAIL ${row.id} has no test`)
      bad += 1
    }
  }
  const skipped = tests.length - count(tests, 'passed') - count(tests, 'failed')
  say(`proven: ${ids(ofStatus('proven'))}`)
  say(`in part: ${ids(ofStatus('part'))}`)
  say(
    `faults: ${count(tests, 'passed')} passed, ${bad} failed, ${skipped} skipped; ${ofStatus('proven').length} of ${rows.length} rows proven, ${ofStatus('part').length} in part`,
  )
  process.exitCode = bad === 0 ? 0 : 1
}

function rowIn(title: string): string | undefined {
  const word = title.split(' ')[0] ?? ''
  return isRowId(word) ? word : undefined
}
