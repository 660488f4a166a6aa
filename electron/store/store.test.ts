import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createJournal } from '../audit/index.ts'
import { createKeyProvider } from './keys.ts'
import {
  loadDraft,
  openDatabase,
  openStore,
  openStoreForReading,
  storeSchemaSql,
  unseal,
  type Store,
} from './index.ts'
import { firstWrongPragma } from './pragmas.ts'
import { must, temporaryDir } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))
const otherKeys = createKeyProvider(new Uint8Array(32).fill(8))
const schemas = [storeSchemaSql]

async function open(dir: string, more: readonly string[] = []): Promise<Store> {
  const store = must(await openStore({ dir, keys, schemas: [...schemas, ...more] }))
  onTestFinished(() => store.close())
  return store
}

describe('an open store', () => {
  it('is durable: WAL with synchronous FULL, read back at the first and at every later start', async () => {
    const dir = await temporaryDir()
    for (let start = 0; start < 2; start += 1) {
      const store = must(await openStore({ dir, keys, schemas }))
      const pragma = (name: string) => store.db.pragma(name, { simple: true })
      expect(pragma('journal_mode')).toBe('wal')
      expect(pragma('synchronous')).toBe(2)
      expect(pragma('foreign_keys')).toBe(1)
      expect(pragma('secure_delete')).toBe(1)
      expect(pragma('busy_timeout')).toBe(5000)
      expect(pragma('temp_store')).toBe(2)
      expect(pragma('trusted_schema')).toBe(0)
      expect(pragma('cell_size_check')).toBe(1)
      expect(pragma('journal_size_limit')).toBe(4 * 1024 * 1024)
      expect(firstWrongPragma(store.db)).toBeUndefined()
      store.close()
    }
  })

  it('notices a setting that did not take', async () => {
    const { db } = await open(await temporaryDir())
    db.pragma('synchronous = NORMAL')
    expect(firstWrongPragma(db)).toBe('synchronous')
  })

  it('has strict tables only', async () => {
    const { db } = await open(await temporaryDir())
    const loose = db
      .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0`)
      .pluck()
      .all()
    expect(loose).toEqual(['sqlite_schema'])
  })

  it('keeps a second core out until the first is gone', async () => {
    const dir = await temporaryDir()
    const first = must(await openStore({ dir, keys, schemas }))
    expect(await openStore({ dir, keys, schemas })).toEqual({
      ok: false,
      error: { code: 'locked' },
    })
    first.close()
    await open(dir)
  })

  it('can be read, but not written, beside the core', async () => {
    const dir = await temporaryDir()
    const store = await open(dir)
    const reader = must(await openStoreForReading(dir))
    expect(reader.db.prepare('SELECT count(*) FROM submission').pluck().get()).toBe(0)
    expect(() => reader.db.exec('DELETE FROM meta')).toThrow('readonly')
    reader.close()
    expect(store.checkpointTruncate()).toBe(true)
  })
})

describe('a store that was left in doubt', () => {
  /** An index with another value than its row: the quick check does not look there. */
  async function withSpoiltIndex(dir: string): Promise<void> {
    const db = must(await openDatabase(join(dir, 'kiosk.sqlite'), { busyTimeoutMs: 0 }))
    db.unsafeMode(true)
    db.exec(`CREATE TABLE spoils (n INTEGER) STRICT; CREATE INDEX spoilt ON spoils (n);
      INSERT INTO spoils VALUES (1);
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, '(n)', '(-n)') WHERE name = 'spoilt'`)
    db.close()
  }

  it.each([
    ['giveUp', { ok: false, error: { code: 'damaged', reason: 'integrity_check' } }],
    ['close', { ok: true, value: { check: 'quick_check' } }],
  ] as const)('is checked index by index after %s, or not', async (end, expected) => {
    const dir = await temporaryDir()
    must(await openStore({ dir, keys, schemas })).close()
    await withSpoiltIndex(dir)
    must(await openStore({ dir, keys, schemas }))[end]()
    const opened = await openStore({ dir, keys, schemas })
    if (opened.ok) opened.value.close()
    expect(opened).toMatchObject(expected)
  })

  it('stays in doubt over an opening that failed, and over the log that went with it', async () => {
    const dir = await temporaryDir()
    must(await openStore({ dir, keys, schemas })).giveUp()
    const later = 'CREATE TABLE nonsense'
    expect(await openStore({ dir, keys, schemas: [...schemas, later] })).toMatchObject({
      ok: false,
    })
    expect((await open(dir)).check).toBe('integrity_check')
  })

  it('is checked quickly after it was checked and closed', async () => {
    const dir = await temporaryDir()
    must(await openStore({ dir, keys, schemas })).giveUp()
    must(await openStore({ dir, keys, schemas })).close()
    expect((await open(dir)).check).toBe('quick_check')
  })

  it('is not opened where its log cannot be written anew: another program reads it', async () => {
    const dir = await temporaryDir()
    const store = must(await openStore({ dir, keys, schemas }))
    store.db.exec(`INSERT INTO meta VALUES ('a', 'b')`)
    const reader = must(await openStoreForReading(dir))
    reader.db.exec('BEGIN; SELECT * FROM meta')
    store.giveUp()
    expect(await openStore({ dir, keys, schemas })).toEqual({
      ok: false,
      error: { code: 'io', reason: 'SQLITE_BUSY' },
    })
    reader.close()
    await open(dir)
  }, 20_000)
})

describe('a store that cannot be opened', () => {
  it('is reported where its note cannot be written', async () => {
    const dir = await temporaryDir()
    await mkdir(join(dir, 'kiosk.unverified'))
    expect(await openStore({ dir, keys, schemas })).toEqual({
      ok: false,
      error: { code: 'io', reason: 'ERR_FS_EISDIR' },
    })
  })

  it('is reported as damaged and left untouched when it is no database', async () => {
    const dir = await temporaryDir()
    const file = join(dir, 'kiosk.sqlite')
    const garbage = 'this is not a database '.repeat(500)
    await writeFile(file, garbage)
    expect(await openStore({ dir, keys, schemas })).toMatchObject({
      ok: false,
      error: { code: 'damaged' },
    })
    expect(await readFile(file, 'utf8')).toBe(garbage)
  })

  it('is reported as damaged when pages inside are spoilt', async () => {
    const dir = await temporaryDir()
    const store = must(await openStore({ dir, keys, schemas }))
    const insert = store.db.prepare('INSERT INTO meta VALUES (?, ?)')
    for (let n = 0; n < 200; n += 1) insert.run(`key-${n}`, 'x'.repeat(200))
    store.close()
    const file = join(dir, 'kiosk.sqlite')
    const bytes = await readFile(file)
    bytes.fill(0xff, 4096, bytes.length)
    await writeFile(file, bytes)
    expect(await openStore({ dir, keys, schemas })).toMatchObject({
      ok: false,
      error: { code: 'damaged' },
    })
  })

  it('is reported when the folder cannot be made', async () => {
    const dir = await temporaryDir()
    await writeFile(join(dir, 'file'), '')
    expect(await openStore({ dir: join(dir, 'file', 'x'), keys, schemas })).toMatchObject({
      ok: false,
      error: { code: 'io' },
    })
  })

  it('is left alone when a later version wrote it', async () => {
    const dir = await temporaryDir()
    must(
      await openStore({ dir, keys, schemas: [...schemas, 'CREATE TABLE a (b INTEGER) STRICT'] }),
    ).close()
    expect(await openStore({ dir, keys, schemas })).toEqual({
      ok: false,
      error: { code: 'newer-schema', found: 2, known: 1 },
    })
  })

  it('is locked while filings lie in it under another key, and only then', async () => {
    const dir = await temporaryDir()
    must(await openStore({ dir, keys, schemas })).close()
    must(await openStore({ dir, keys: otherKeys, schemas })).close()

    const filled = await databaseOfVersion1()
    expect(await openStore({ dir: filled, keys: otherKeys, schemas })).toEqual({
      ok: false,
      error: { code: 'wrong-key', undelivered: 3 },
    })
    await open(filled)
  })
})

describe('migration', () => {
  it('opens a database of version 1 with rows, which keep their meaning', async () => {
    const dir = await databaseOfVersion1()
    const later = 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT'
    const store = await open(dir, [later])
    expect(store.db.pragma('user_version', { simple: true })).toBe(2)
    expect(store.db.prepare('SELECT state FROM submission ORDER BY seq').pluck().all()).toEqual([
      'ERASED',
      'QUEUED',
      'SENDING',
      'NEEDS_STAFF',
    ])
    const sealed = Object(
      store.db
        .prepare('SELECT * FROM submission JOIN sealed ON sealed.id = sealed_id WHERE seq = 2')
        .get(),
    )
    const body = unseal(
      keys,
      { owner: sealed.client_ref, purpose: 'body' },
      { bytes: sealed.body_ct, dekWrapped: sealed.dek_wrapped, kekId: sealed.kek_id },
    )
    expect(Buffer.from(must(body)).toString()).toBe('{"invented":true}')
    expect(Buffer.from(must(loadDraft(store, keys))?.payload ?? []).toString()).toBe('draft')
    expect(createJournal(store.db).verify()).toEqual({ ok: true, value: 2 })
  })

  it('makes today the very tables that version 1 had', async () => {
    const tables = (store: Store) =>
      store.db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
    expect(tables(await open(await temporaryDir()))).toEqual(
      tables(await open(await databaseOfVersion1())),
    )
  })

  it('is all or nothing', async () => {
    const dir = await databaseOfVersion1()
    const steps = ['CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT', 'CREATE TABLE nonsense']
    expect(await openStore({ dir, keys, schemas: [...schemas, ...steps] })).toMatchObject({
      ok: false,
    })
    const store = await open(dir)
    expect(store.db.pragma('user_version', { simple: true })).toBe(1)
    expect(
      store.db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).get(),
    ).toBeUndefined()
  })
})

/** A data folder as a kiosk with schema version 1 left it. */
async function databaseOfVersion1(): Promise<string> {
  const dir = await temporaryDir()
  const sql = await readFile(new URL('fixtures/schema-1.sql', import.meta.url), 'utf8')
  const db = must(await openDatabase(join(dir, 'kiosk.sqlite'), { busyTimeoutMs: 0 }))
  db.exec(sql)
  db.close()
  return dir
}
