import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, storeSchemaSql } from '../store/index.ts'
import { createJournal } from './index.ts'

const entry = {
  clientRef: '01a94a5b-6a00-7000-8000-000000000001',
  actor: 'outbox',
  from: 'QUEUED',
  to: 'SENDING',
  reason: 'attempt',
  atMs: 1,
}

/** A journal of three rows. */
async function journalOfThree() {
  const opened = await openDatabase(':memory:', { busyTimeoutMs: 0 })
  if (!opened.ok) throw new Error(opened.error.code)
  const db = opened.value
  onTestFinished(() => void db.close())
  db.exec(storeSchemaSql)
  const journal = createJournal(db)
  for (let atMs = 1; atMs <= 3; atMs += 1) journal.append({ ...entry, atMs })
  return { db, journal }
}

describe('the journal', () => {
  it('verifies as it was written', async () => {
    const { journal } = await journalOfThree()
    expect(journal.verify()).toEqual({ ok: true, value: 3 })
  })

  it('takes entries of the kiosk itself', async () => {
    const { journal } = await journalOfThree()
    journal.append({
      clientRef: null,
      actor: 'kiosk',
      from: null,
      to: null,
      reason: 'start',
      atMs: 4,
    })
    expect(journal.verify()).toEqual({ ok: true, value: 4 })
  })

  it('cannot be changed by ordinary means', async () => {
    const { db } = await journalOfThree()
    expect(() => db.exec('UPDATE event SET at_ms = 9')).toThrow('append-only')
    expect(() => db.exec('DELETE FROM event')).toThrow('append-only')
  })

  it.each([
    ['a changed value', `UPDATE event SET reason = 'other' WHERE id = 2`, 2],
    ['a changed reference', 'UPDATE event SET client_ref = NULL WHERE id = 2', 2],
    ['a changed hash', 'UPDATE event SET hash = zeroblob(32) WHERE id = 1', 1],
    ['a missing row', 'DELETE FROM event WHERE id = 2', 3],
    ['a missing beginning', 'DELETE FROM event WHERE id = 1', 2],
    ['a moved row', 'UPDATE event SET id = 7 WHERE id = 3', 7],
  ])('shows %s', async (_, tampering, id) => {
    const { db, journal } = await journalOfThree()
    db.exec(`DROP TRIGGER event_keeps_rows; DROP TRIGGER event_keeps_values; ${tampering}`)
    expect(journal.verify()).toEqual({ ok: false, error: { code: 'broken', id } })
  })
})
