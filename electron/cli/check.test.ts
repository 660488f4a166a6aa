import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { putProfile, realProfile } from '../../test/fixtures/real-profile.ts'
import { checkKiosk } from './check.ts'
import { readCommandLine } from './command.ts'

/** Long before the last day of any built-in form. */
const EARLY = new Date('2026-08-01T02:00:00Z')
const LATE = new Date('2027-01-04T02:00:00Z')

let dataDir: string
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: EARLY })
  dataDir = await mkdtemp(join(tmpdir(), 'kiosk-check-'))
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(dataDir, { recursive: true })
})

async function check(...options: string[]) {
  const line = readCommandLine(['check', '--data-dir', dataDir, ...options])
  if (typeof line === 'string') throw new Error(line)
  const printed: string[] = []
  const complaints: string[] = []
  const exit = await checkKiosk({
    ...line,
    words: [],
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
    readStdin: async () => new Uint8Array(),
  })
  return { exit, printed, complaints }
}

const everyCounter = {
  'civil-status': 'Quầy 2',
  certification: 'Quầy 1',
  residence: 'Quầy 4',
  'social-support': 'Quầy 3',
  business: 'Quầy 5',
}

it('says that every procedure is offered where each has a counter', async () => {
  await putProfile(dataDir, realProfile({ counters: everyCounter }))
  expect(await check()).toEqual({
    exit: 0,
    printed: ['every procedure of this kiosk is offered'],
    complaints: [],
  })
})

it('names code, cause and remedy of procedures without a counter', async () => {
  const { business: _, ...counters } = everyCounter
  await putProfile(dataDir, realProfile({ counters }))
  const { exit, printed } = await check('--json')
  expect(exit).toBe(1)
  expect(JSON.parse(printed.join(''))).toEqual({
    ok: false,
    findings: [
      {
        code: 'no-counter',
        cause: 'the profile has no counter for business, so these procedures are not offered',
        remedy: 'name the counter in profile.json: "counters": { "business": … }',
        procedures: ['1.001612', '2.000720'],
      },
    ],
  })
  expect((await check()).printed[1]).toMatch(/^ {2}to do: name the counter/)
})

it('names the forms that end soon without a successor, months before their last day', async () => {
  vi.setSystemTime(LATE)
  await putProfile(dataDir, realProfile({ counters: everyCounter }))
  const { exit, printed } = await check()
  expect(exit).toBe(1)
  expect(printed).toEqual([
    expect.stringMatching(
      /^no-successor: the forms of these procedures end on 2027-02-28, .* \(1\.000656, .*, 2\.001263\)$/,
    ),
    expect.stringContaining('to do: bring what follows'),
  ])
})

it('could not run without a profile', async () => {
  expect(await check()).toMatchObject({
    exit: 2,
    complaints: [expect.stringContaining('profile missing')],
  })
})
