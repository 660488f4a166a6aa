import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { Procedure } from '../../shared/forms/index.ts'
import { ending, successor } from '../../test/fixtures/versions.ts'
import { readCommandLine } from './command.ts'
import { checkForms } from './form.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'forms-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** What `form check` finds in the last of these files, which lie in one folder. */
async function check(files: Readonly<Record<string, Procedure>>) {
  for (const [name, procedure] of Object.entries(files)) {
    await writeFile(join(dir, name), JSON.stringify(procedure))
  }
  const { exit, lines } = await formCheck(join(dir, Object.keys(files).at(-1) ?? ''))
  return { exit, problems: lines.flatMap(({ problems }) => problems) }
}

const lineSchema = z.object({ form: z.string(), problems: z.array(z.string()) })

async function formCheck(word: string) {
  const line = readCommandLine(['form', 'check', word, '--json'])
  if (typeof line === 'string') throw new Error(line)
  const printed: string[] = []
  const exit = await checkForms({
    ...line,
    words: [word],
    print: (text) => printed.push(text),
    complain: () => {},
    readStdin: async () => new Uint8Array(),
  })
  return { exit, lines: printed.map((text) => lineSchema.parse(JSON.parse(text))) }
}

it('checks every built-in procedure by one word', async () => {
  const { exit, lines } = await formCheck('all')
  expect(exit).toBe(0)
  expect(lines.filter(({ problems }) => problems.length > 0)).toEqual([])
  expect(new Set(lines.map(({ form }) => form)).size).toBe(34)
})

/** The same without an end. */
const inForce = (one: Procedure, validFrom: string): Procedure => {
  const { validTo: _, ...form } = one.form
  return { ...one, form: { ...form, validFrom } }
}

it('takes a version that begins when the one before it ends', async () => {
  const files = { '9.000001.json': ending, '9.000001.from-2027-03-01.json': successor }
  expect(await check(files)).toEqual({ exit: 0, problems: [] })
})

it('names the days on which no version is in force', async () => {
  const late = inForce(successor, '2027-03-10')
  const files = { '9.000001.json': ending, '9.000001.from-2027-03-10.json': late }
  expect(await check(files)).toEqual({
    exit: 1,
    problems: ['no version of 9.000001 is in force from 2027-03-01 to 2027-03-09'],
  })
})

it('names two versions that share a day', async () => {
  const endless = inForce(ending, '2026-01-01')
  const files = { '9.000001.json': endless, '9.000001.from-2027-03-01.json': successor }
  expect(await check(files)).toEqual({
    exit: 1,
    problems: [
      'two versions of 9.000001 are in force on 2027-03-01: from 2026-01-01 and from 2027-03-01',
    ],
  })
})

it('lets a version end a built-in one that has no end', async () => {
  const own = inForce({ ...successor, code: '2.000815' }, '2031-05-01')
  expect(await check({ '2.000815.from-2031-05-01.json': own })).toEqual({ exit: 0, problems: [] })
})
