import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createManualTimers } from '../test/fakes/manual-timers.ts'
import { createDrafts, DRAFT_LIMITS } from './drafts.ts'
import { openDatabase, openKeyFile, openStore, storeSchemaSql } from './store/index.ts'
import { must, temporaryDir } from './store/testing.ts'

/** A store that another program can hold, and the drafts in it. */
async function storeWithDraft() {
  const dir = await temporaryDir()
  const keys = must(await openKeyFile(join(dir, 'keys')))
  const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql] }))
  onTestFinished(() => store.close())
  store.db.pragma('busy_timeout = 0')
  const other = must(await openDatabase(join(dir, 'kiosk.sqlite'), { busyTimeoutMs: 0 }))
  onTestFinished(() => void other.close())
  const timers = createManualTimers()
  const logged: string[] = []
  const drafts = createDrafts({
    store,
    keys,
    admission: { giveRoom: () => false },
    timers,
    log: (event) => void logged.push(event),
  })
  drafts.save(Buffer.from('first'), 1)
  return {
    drafts,
    timers,
    logged,
    store,
    kept: () => Buffer.from(drafts.load() ?? []).toString(),
    hold: () => void other.exec('BEGIN IMMEDIATE'),
    read: () => void other.exec('BEGIN; SELECT count(*) FROM draft'),
    logSize: async () => (await stat(join(dir, 'kiosk.sqlite-wal'))).size,
    letGo: () => void other.exec('COMMIT'),
  }
}

test('a visit goes on although its draft cannot be kept', async () => {
  const { drafts, logged, kept, hold, letGo } = await storeWithDraft()
  hold()
  drafts.save(Buffer.from('second'), 2)
  letGo()
  expect(kept()).toBe('first')
  expect(logged).toEqual(['draft-not-kept'])
  drafts.save(Buffer.from('third'), 3)
  expect(kept()).toBe('third')
})

test('a draft that could not be erased is erased as soon as it can be', async () => {
  const { drafts, timers, kept, hold, letGo } = await storeWithDraft()
  hold()
  drafts.erase()
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  letGo()
  expect(kept()).toBe('first')
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  expect(drafts.load()).toBeNull()
})

test('the draft of the next visit is not erased by a debt of the last', async () => {
  const { drafts, timers, kept, hold, letGo } = await storeWithDraft()
  hold()
  drafts.erase()
  letGo()
  drafts.save(Buffer.from('next'), 2)
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  expect(kept()).toBe('next')
})

test('what the last visit left goes although the next one cannot be kept', async () => {
  const { drafts, timers, kept, hold, letGo } = await storeWithDraft()
  hold()
  drafts.erase()
  drafts.save(Buffer.from('next'), 2)
  letGo()
  expect(kept()).toBe('first')
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  expect(drafts.load()).toBeNull()
  drafts.save(Buffer.from('next'), 3)
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  expect(kept()).toBe('next')
})

test('a draft leaves the log as soon as nobody reads in it any more', async () => {
  const { drafts, timers, logSize, read, letGo } = await storeWithDraft()
  read()
  drafts.erase()
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  letGo()
  expect(await logSize()).toBeGreaterThan(0)
  timers.advance(DRAFT_LIMITS.ERASE_AGAIN_MS)
  expect(await logSize()).toBe(0)
  expect(timers.pending()).toBe(0)
})

test('a disk that fails is no matter of a draft', async () => {
  const { drafts, store } = await storeWithDraft()
  store.db.pragma('query_only = ON')
  expect(() => drafts.save(Buffer.from('second'), 2)).toThrow('readonly')
})
