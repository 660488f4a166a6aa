import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyProvider } from './keys.ts'
import {
  createSealedFiles,
  openKeyFile,
  openOrRescue,
  openStore,
  storeSchemaSql,
  type Store,
} from './index.ts'
import { fileInvented, inventedRef, must, temporaryDir } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))
const schemas = [storeSchemaSql]
const nowMs = Date.UTC(2026, 10, 21, 3, 4, 5)

/** A store with three filings; closed, or as a killed core leaves it. */
async function filledStore(stop: 'clean' | 'killed'): Promise<string> {
  const dir = await temporaryDir()
  const store = must(await openStore({ dir, keys, schemas }))
  const files = createSealedFiles(dir, keys)
  for (const seq of [3, 1, 2]) await fileInvented(store, files, keys, seq)
  if (stop === 'clean') {
    store.close()
    return dir
  }
  const killed = await temporaryDir()
  await cp(dir, killed, { recursive: true })
  store.close()
  return killed
}

/** Rescues a store and checks that nothing is missing; gives the reason and what was put aside. */
async function rescued(dir: string) {
  const { store, rescue } = must(await openOrRescue({ dir, keys, schemas, nowMs }))
  expect(rescue?.unreadable).toEqual([])
  // In the order of the citizens, under the numbers that their slips show.
  expect(rescue?.rows.map(({ clientRef, description }) => [clientRef, description.seq])).toEqual(
    [1, 2, 3].map((seq) => [inventedRef(seq), seq]),
  )
  expect(store.db.prepare('SELECT count(*) FROM submission').pluck().get()).toBe(0)
  expect(store.intact()).toBe(true)
  store.close()
  const again = must(await openOrRescue({ dir, keys, schemas, nowMs }))
  expect(again.rescue).toBeNull()
  again.store.close()
  return {
    reason: rescue?.reason,
    aside: (rescue?.quarantined ?? []).map((file) => basename(file)),
  }
}

describe('a damaged store', () => {
  it('is put aside and rescued from its envelopes when it is no database', async () => {
    const dir = await filledStore('clean')
    const garbage = 'this is not a database '.repeat(500)
    await writeFile(join(dir, 'kiosk.sqlite'), garbage)
    const { reason, aside } = await rescued(dir)
    expect(reason).toBe('SQLITE_NOTADB')
    expect(aside).toEqual(['kiosk.sqlite.damaged-20261121030405'])
    expect(await readFile(join(dir, aside[0] ?? ''), 'utf8')).toBe(garbage)
  })

  it('is rescued when its pages are spoilt', async () => {
    const dir = await filledStore('clean')
    const file = join(dir, 'kiosk.sqlite')
    const bytes = await readFile(file)
    await writeFile(file, bytes.fill(0xff, 4096, bytes.length))
    expect((await rescued(dir)).reason).toMatch(/quick_check|SQLITE_CORRUPT/)
  })

  it('is rescued when its log is missing after a crash', async () => {
    const dir = await filledStore('killed')
    await rm(join(dir, 'kiosk.sqlite-wal'))
    expect(await rescued(dir)).toMatchObject({ reason: 'log-missing' })
  })

  it('is rescued when the database is gone, with or without its log', async () => {
    const clean = await filledStore('clean')
    await rm(join(clean, 'kiosk.sqlite'))
    expect(await rescued(clean)).toEqual({ reason: 'database-missing', aside: [] })
    const killed = await filledStore('killed')
    await rm(join(killed, 'kiosk.sqlite'))
    expect(await rescued(killed)).toMatchObject({
      reason: 'database-missing',
      aside: ['kiosk.sqlite.damaged-20261121030405-shm', 'kiosk.sqlite.damaged-20261121030405-wal'],
    })
  })

  it('keeps every earlier quarantine, also of the same second', async () => {
    const dir = await filledStore('clean')
    for (let time = 0; time < 2; time += 1) {
      await writeFile(join(dir, 'kiosk.sqlite'), 'spoilt '.repeat(1000))
      must(await openOrRescue({ dir, keys, schemas, nowMs })).store.close()
    }
    const aside = (await readdir(dir)).filter((file) => file.includes('damaged'))
    expect(aside.sort()).toEqual([
      'kiosk.sqlite.damaged-20261121030405',
      'kiosk.sqlite.damaged-20261121030405-2',
    ])
  })

  it('is left alone while its envelopes are under a key that is not here', async () => {
    const dir = await filledStore('clean')
    const file = join(dir, 'kiosk.sqlite')
    await writeFile(file, 'spoilt '.repeat(1000))
    const other = createKeyProvider(new Uint8Array(32).fill(8))
    expect(await openOrRescue({ dir, keys: other, schemas, nowMs })).toEqual({
      ok: false,
      error: { code: 'wrong-key', undelivered: 3 },
    })
    expect((await stat(file)).size).toBe(7000)
  })
})

describe('a store that is whole', () => {
  it('is opened as it is after a crash, with everything that was committed', async () => {
    const dir = await filledStore('killed')
    const { store, rescue } = must(await openOrRescue({ dir, keys, schemas, nowMs }))
    expect(rescue).toBeNull()
    expect(store.db.prepare('SELECT count(*) FROM submission').pluck().get()).toBe(3)
    store.close()
  })

  it('survives a kill while it checkpoints', async () => {
    const dir = await temporaryDir()
    const lines = await runUntilKilled(
      dir,
      `const store = await openStore({ dir, keys: keys.value, schemas: [storeSchemaSql] })
      const insert = store.value.db.prepare('INSERT INTO meta VALUES (?, ?)')
      for (let n = 0; ; n += 1) {
        insert.run('row-' + n, 'x'.repeat(500))
        if (n % 5 === 0) store.value.checkpointTruncate()
        writeSync(1, n + '\\n')
      }`,
    )
    const store = await reopen(dir)
    const count = store.db.prepare(`SELECT count(*) FROM meta WHERE key LIKE 'row-%'`).pluck().get()
    expect(count).toBeGreaterThan(Number(lines.at(-1)))
    expect(store.intact()).toBe(true)
    store.close()
  }, 30_000)

  it('has its old tables when it is killed between two steps of a migration', async () => {
    const dir = await temporaryDir()
    const lines = await runUntilKilled(
      dir,
      `const first = await openStore({ dir, keys: keys.value, schemas: [storeSchemaSql] })
      first.value.close()
      const schemas = [storeSchemaSql, 'a', 'b']
      schemas.slice = function* () {
        yield 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT'
        writeSync(1, 'half\\n')
        process.kill(process.pid, 'SIGKILL')
      }
      await openStore({ dir, keys: keys.value, schemas })`,
    )
    expect(lines).toEqual(['half'])
    const store = await reopen(dir)
    expect(store.db.pragma('user_version', { simple: true })).toBe(1)
    const tables = store.db.prepare('SELECT name FROM sqlite_schema').pluck().all()
    expect(tables).not.toContain('half')
    store.close()
  }, 30_000)
})

/** Runs a core that prints lines, and kills it at the 200th; gives the whole lines. */
async function runUntilKilled(dir: string, script: string): Promise<string[]> {
  const index = new URL('index.ts', import.meta.url).href
  const head = `
    import { writeSync } from 'node:fs'
    import { openKeyFile, openStore, storeSchemaSql } from '${index}'
    const dir = process.argv[1]
    const keys = await openKeyFile(dir + '/keys')
  `
  const args = ['--input-type=module', '-e', head + script, dir]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.split('\n').length > 200) child.kill('SIGKILL')
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  return output.split('\n').slice(0, -1)
}

async function reopen(dir: string): Promise<Store> {
  const keys = must(await openKeyFile(join(dir, 'keys')))
  const { store, rescue } = must(await openOrRescue({ dir, keys, schemas, nowMs }))
  expect(rescue).toBeNull()
  return store
}
