import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openCore, type OpenCore } from '../fixtures/core-in-process.ts'
import { ending, successor } from '../fixtures/versions.ts'

/** The core over the midnight on which one version of a form takes the place of another. */

/** 23:59 on 28 February 2027 in Vietnam. */
const BEFORE_MIDNIGHT_MS = Date.UTC(2027, 1, 28, 16, 59)
const MINUTE_MS = 60_000
/** A machine that does other things too must fail no test by its slowness. */
const LONG = { timeout: 30_000 }

let core: OpenCore
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: BEFORE_MIDNIGHT_MS })
  core = await openCore([ending, successor])
})
afterEach(async () => {
  vi.useRealTimers()
  await core.close()
})

const later = (minutes: number) => void vi.setSystemTime(Date.now() + minutes * MINUTE_MS)
const accepted = (number: number) =>
  vi.waitFor(() => expect(core.portal.accepted()).toBe(number), LONG)

async function declare(): Promise<void> {
  core.touch({ type: 'accept-review' })
  core.touch({ type: 'declare' })
  await vi.waitFor(async () => expect(await core.screen()).toMatchObject({ screen: 'done' }), LONG)
}

test('a visit ends under the version with which it began, and the next one gets the new', async () => {
  core.identify()
  core.touch({ type: 'choose', code: ending.code })
  core.touch({ type: 'begin' })
  core.touch({ type: 'answer', key: 'status', value: 'divorced' })
  later(2)
  expect(await core.screen()).toMatchObject({ screen: 'answer', question: { key: 'court' } })
  core.touch({ type: 'answer', key: 'court', value: 'Tòa án Mẫu' })
  core.touch({ type: 'answer', key: 'phone', value: null })
  await declare()
  await accepted(1)
  expect(core.sent.at(-1)).toMatchObject({
    formVersion: '2026-01-01',
    begunOn: '2027-02-28',
    form: { court: 'Tòa án Mẫu' },
  })

  core.touch({ type: 'another', code: ending.code })
  expect(await core.screen()).toMatchObject({
    screen: 'prepare',
    procedure: { name: { text: successor.shortName } },
  })
  core.touch({ type: 'begin' })
  core.touch({ type: 'answer', key: 'phone', value: null })
  core.touch({ type: 'answer', key: 'reason', value: 'Xin việc' })
  await declare()
  await accepted(2)
  expect(core.sent.at(-1)).toMatchObject({
    formVersion: '2027-03-01',
    begunOn: '2027-03-01',
    form: { reason: 'Xin việc' },
  })
})

test('what was kept of yesterday’s version goes on, and is delivered, by its own', async () => {
  core.portal.setMode('cut')
  core.identify()
  core.touch({ type: 'choose', code: ending.code })
  core.touch({ type: 'begin' })
  core.touch({ type: 'answer', key: 'status', value: 'single' })
  await core.restart(() => later(2))
  expect(await core.screen()).toMatchObject({ screen: 'answer', question: { key: 'phone' } })
  core.touch({ type: 'answer', key: 'phone', value: null })
  await declare()
  await core.restart(() => later(24 * 60))
  expect(await core.screen()).toEqual({ screen: 'attract' })
  core.portal.setMode('up')
  await accepted(1)
  expect(core.sent.at(-1)).toMatchObject({ formVersion: '2026-01-01', form: { status: 'single' } })
})

test('the search finds the code once, under the name of the day', () => {
  const found = () =>
    core.search(ending.code).map(({ shortName, fileable }) => ({ shortName, fileable }))
  expect(found()).toEqual([{ shortName: ending.shortName, fileable: true }])
  later(2)
  expect(found()).toEqual([{ shortName: successor.shortName, fileable: true }])
})
