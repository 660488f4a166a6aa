import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createManualTimers } from '../test/fakes/manual-timers.ts'
import { createJournal } from './audit/index.ts'
import { createKeptDrafts, isOver, KEPT_DRAFT_LIMITS } from './kept-drafts.ts'
import { kioskSchemas } from './open-store.ts'
import type { KeptDraftsPort } from './session/index.ts'
import { openDatabase, openKeyFile, openStore } from './store/index.ts'
import { must, temporaryDir } from './store/testing.ts'

const { KEEP_MS, AHEAD_MS, ERASE_AGAIN_MS } = KEPT_DRAFT_LIMITS
const HOUR_MS = 3_600_000

const draft = (court: string): Parameters<KeptDraftsPort['keep']>[1] => ({
  version: 1,
  procedure: '1.004873',
  edition: '1',
  earlier: {},
  answers: { court },
  skipped: [],
})

/** A citizen's invented number. */
const numberOf = (citizen: number) => `0830${String(citizen).padStart(2, '0')}000000`

/** A kiosk whose clock a test sets, and which may be started again. */
async function kiosk() {
  const dir = await temporaryDir()
  const keys = must(await openKeyFile(join(dir, 'keys')))
  let nowMs = Date.UTC(2026, 10, 23, 2)
  let timers = createManualTimers()
  const logged: string[] = []
  async function start() {
    const store = must(await openStore({ dir, keys, schemas: kioskSchemas }))
    store.db.pragma('busy_timeout = 0')
    timers = createManualTimers()
    const kept = createKeptDrafts({
      store,
      keys,
      admission: { giveRoom: () => false },
      now: () => nowMs,
      timers,
      log: (event, details) => void logged.push(`${event} ${JSON.stringify(details)}`),
    })
    return { store, kept }
  }
  let running = await start()
  onTestFinished(() => running.store.close())
  return {
    logged,
    get kept() {
      return running.kept
    },
    get db() {
      return running.store.db
    },
    rows: () => running.store.db.prepare('SELECT count(*) FROM kept_draft').pluck().get(),
    wait(ms: number) {
      // Timers see the wall clock as it will be when they run.
      for (let left = ms; left > 0; left -= 1_000) {
        nowMs += Math.min(left, 1_000)
        timers.advance(Math.min(left, 1_000))
      }
    },
    setClock: (byMs: number) => (nowMs += byMs),
    async restart(afterMs: number) {
      running.kept.close()
      running.store.close()
      nowMs += afterMs
      running = await start()
    },
    /** Another program holds the store until the answer is called. */
    async hold() {
      const other = must(await openDatabase(join(dir, 'kiosk.sqlite'), { busyTimeoutMs: 0 }))
      onTestFinished(() => void other.close())
      other.exec('BEGIN IMMEDIATE')
      return () => void other.exec('COMMIT')
    },
    bytes: async () =>
      Buffer.concat(
        await Promise.all(
          (await readdir(dir))
            .filter((name) => name.startsWith('kiosk.sqlite'))
            .map((name) => readFile(join(dir, name))),
        ),
      ),
    story() {
      expect(createJournal(running.store.db).verify().ok).toBe(true)
      return running.store.db.prepare('SELECT reason FROM event ORDER BY id').pluck().all()
    },
  }
}

describe('a draft that a citizen has let the kiosk keep', () => {
  test('is found by its card alone, after a restart too', async () => {
    const one = await kiosk()
    expect(one.kept.keep(numberOf(1), draft('Tòa án Mẫu'))).toBe(true)
    await one.restart(HOUR_MS)
    expect(one.kept.find(numberOf(2))).toBeNull()
    expect(one.kept.find(numberOf(1))).toEqual({ ok: true, value: draft('Tòa án Mẫu') })
  })

  test('lies sealed, under no hash that a list of numbers would find', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('MARKER-9e1f'))
    const bytes = await one.bytes()
    expect(bytes.includes('MARKER-9e1f')).toBe(false)
    expect(bytes.includes(numberOf(1))).toBe(false)
    for (const algorithm of ['md5', 'sha1', 'sha256']) {
      expect(bytes.includes(createHash(algorithm).update(numberOf(1)).digest())).toBe(false)
    }
  })

  test('of another card does not open under this one, wherever the row is moved', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('one'))
    one.kept.keep(numberOf(2), draft('two'))
    one.db.exec(`UPDATE kept_draft SET (sealed, dek_wrapped) =
      (SELECT sealed, dek_wrapped FROM kept_draft AS other WHERE other.card_key <> kept_draft.card_key)`)
    expect(one.kept.find(numberOf(1))).toEqual({ ok: false, error: { code: 'unreadable' } })
  })

  test('gives way to a newer one of the same card', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('first'))
    one.kept.keep(numberOf(1), draft('second'))
    expect(one.kept.find(numberOf(1))).toEqual({ ok: true, value: draft('second') })
    expect(one.rows()).toBe(1)
  })

  test('is erased within 24 hours, to the minute that its own clock ends', async () => {
    expect(KEEP_MS + AHEAD_MS).toBeLessThanOrEqual(24 * HOUR_MS)
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('x'))
    one.wait(KEEP_MS - 1_000)
    expect(one.rows()).toBe(1)
    one.wait(1_000)
    expect(one.rows()).toBe(0)
  })

  test('is erased at start where its time came while nothing ran', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('x'))
    await one.restart(KEEP_MS)
    expect(one.rows()).toBe(0)
    expect(one.story()).toEqual(['kept-draft-agreed', 'kept-draft-expired'])
  })

  test.each([
    ['far', -5 * HOUR_MS],
    ['a little', -90_000],
  ])('becomes no younger when the clock is set back %s while it runs', async (_how, byMs) => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('x'))
    one.wait(10 * HOUR_MS)
    one.setClock(byMs)
    one.wait(KEEP_MS - 10 * HOUR_MS - 60_000)
    expect(one.rows()).toBe(1)
    one.wait(60_000)
    expect(one.rows()).toBe(0)
  })

  test('lives through a small step back between two starts, and goes after a big one', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('x'))
    await one.restart(-AHEAD_MS)
    expect(one.rows()).toBe(1)
    await one.restart(-1)
    expect(one.rows()).toBe(0)
  })

  test.each(['filed', 'begun-anew', 'left', 'form-changed'] as const)(
    'is erased when it is %s, and the journal says so without a person',
    async (why) => {
      const one = await kiosk()
      one.kept.keep(numberOf(1), draft('x'))
      one.kept.resumed()
      one.kept.erase(numberOf(1), why)
      expect(one.rows()).toBe(0)
      expect(one.story()).toEqual(['kept-draft-agreed', 'kept-draft-resumed', `kept-draft-${why}`])
      expect(JSON.stringify(one.db.prepare('SELECT * FROM event').all())).not.toContain('0830')
    },
  )

  test('that was cut off, or is of another program, is refused by name and erased', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('x'))
    one.db.exec('UPDATE kept_draft SET sealed = substr(sealed, 1, length(sealed) - 7)')
    expect(one.kept.find(numberOf(1))).toEqual({ ok: false, error: { code: 'unreadable' } })
    Reflect.apply(one.kept.keep, null, [numberOf(2), { ...draft('x'), version: 2 }])
    expect(one.kept.find(numberOf(2))).toEqual({ ok: false, error: { code: 'other-version' } })
    Reflect.apply(one.kept.keep, null, [numberOf(3), { ...draft('x'), answers: 'all' }])
    expect(one.kept.find(numberOf(3))).toEqual({ ok: false, error: { code: 'unreadable' } })
    expect(one.rows()).toBe(0)
    expect(one.logged).toEqual([
      'kept-draft-refused {"code":"unreadable"}',
      'kept-draft-refused {"code":"other-version"}',
      'kept-draft-refused {"code":"unreadable"}',
    ])
  })

  test('is not promised while another program holds the store', async () => {
    const one = await kiosk()
    const letGo = await one.hold()
    expect(one.kept.keep(numberOf(1), draft('x'))).toBe(false)
    letGo()
    expect(one.kept.find(numberOf(1))).toBeNull()
  })

  test('that could not be erased is not found, and goes as soon as it can', async () => {
    const one = await kiosk()
    one.kept.keep(numberOf(1), draft('x'))
    const letGo = await one.hold()
    one.kept.erase(numberOf(1), 'begun-anew')
    expect(one.kept.find(numberOf(1))).toBeNull()
    letGo()
    expect(one.rows()).toBe(1)
    one.wait(ERASE_AGAIN_MS)
    expect(one.rows()).toBe(0)
  })

  test('leaves no byte in the file, however many there are beside it', async () => {
    const one = await kiosk()
    for (let citizen = 0; citizen < 40; citizen += 1) {
      one.kept.keep(numberOf(citizen), draft('x'.repeat(100 + 37 * citizen)))
    }
    const rows = one.db.prepare('SELECT card_key, dek_wrapped, sealed FROM kept_draft').all()
    for (let citizen = 0; citizen < 40; citizen += 2) one.kept.erase(numberOf(citizen), 'left')
    const left = new Set(one.db.prepare('SELECT hex(card_key) FROM kept_draft').pluck().all())
    expect(left.size).toBe(20)
    const bytes = await one.bytes()
    for (const row of rows) {
      const { card_key, dek_wrapped, sealed } = Object(row)
      const isLeft = left.has(card_key.toString('hex').toUpperCase())
      expect(bytes.includes(card_key)).toBe(isLeft)
      expect(bytes.includes(dek_wrapped)).toBe(isLeft)
      expect(bytes.includes(sealed.subarray(0, 29))).toBe(isLeft)
    }
  })
})

test('is over after its time, and where it seems to be from further ahead than a clock may err', () => {
  const at = fc.integer({ min: 0, max: 2 ** 42 })
  fc.assert(
    fc.property(at, at, (keptAtMs, nowMs) => {
      const age = nowMs - keptAtMs
      expect(isOver(keptAtMs, nowMs)).toBe(!(age >= -AHEAD_MS && age < KEEP_MS))
    }),
  )
})
