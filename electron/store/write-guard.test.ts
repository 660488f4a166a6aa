import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DISK_LIMITS, diskRoom, freeBytes } from './disk.ts'
import { createWriteGuard, openBallast, openDatabase, storeFault } from './index.ts'
import { must, temporaryDir } from './testing.ts'

const MIB = 1024 * 1024
const failure = (code: string) => Object.assign(new Error('the disk failed'), { code })

describe('the room on the disk', () => {
  it('is low below half a gibibyte, or below three of the biggest session', () => {
    expect(diskRoom(512 * MIB, MIB)).toBe('ok')
    expect(diskRoom(512 * MIB - 1, MIB)).toBe('low')
    expect(diskRoom(600 * MIB, 200 * MIB)).toBe('ok')
    expect(diskRoom(600 * MIB - 1, 200 * MIB)).toBe('low')
  })

  it('never gets better with less of it', () => {
    const bytes = fc.nat({ max: 2 ** 40 })
    fc.assert(
      fc.property(bytes, bytes, bytes, (free, less, session) => {
        const [before, after] = [diskRoom(free, session), diskRoom(free - less, session)]
        expect([before, after]).not.toEqual(['low', 'ok'])
      }),
    )
  })

  it('is asked of the file system', async () => {
    expect(await freeBytes(await temporaryDir())).toBeGreaterThan(0)
  })
})

describe('the ballast', () => {
  it('takes real room at start, gives it back once, and takes it again', async () => {
    const dir = await temporaryDir()
    const path = join(dir, 'kiosk.ballast')
    const ballast = await openBallast(dir, 3 * MIB + 5)
    expect((await stat(path)).blocks * 512).toBeGreaterThanOrEqual(3 * MIB + 5)
    expect([ballast.release(), ballast.release(), ballast.held()]).toEqual([true, false, false])
    expect(await readdir(dir)).toEqual([])
    expect(await ballast.restore()).toBe(true)
    expect((await stat(path)).size).toBe(3 * MIB + 5)
    expect((await openBallast(dir, 3 * MIB + 5)).held()).toBe(true)
    expect(DISK_LIMITS.BALLAST_BYTES).toBe(64 * MIB)
  })

  it('replaces a file that only claims its length', async () => {
    const dir = await temporaryDir()
    const path = join(dir, 'kiosk.ballast')
    await writeFile(path, '')
    await truncate(path, 2 * MIB)
    await openBallast(dir, 2 * MIB)
    expect((await readFile(path)).includes(0)).toBe(false)
  })
})

describe('a write that fails', () => {
  async function fullDatabase() {
    const dir = await temporaryDir()
    const db = must(await openDatabase(join(dir, 'a.sqlite'), { busyTimeoutMs: 0 }))
    db.exec('CREATE TABLE t (a BLOB)')
    db.pragma('max_page_count = 4')
    const ballast = await openBallast(dir, MIB)
    return { db, ballast, guard: createWriteGuard(ballast) }
  }

  it('gets the room of the ballast on a full disk, and runs once more', async () => {
    const { db, ballast, guard } = await fullDatabase()
    let tries = 0
    const written = guard.run(() => {
      tries += 1
      if (!ballast.held()) db.pragma('max_page_count = 1000')
      return db.prepare('INSERT INTO t VALUES (zeroblob(20000))').run().changes
    })
    expect([written, tries, ballast.held()]).toEqual([{ ok: true, value: 1 }, 2, false])
    db.close()
  })

  it('is reported as full when that did not help, and whole rows remain', async () => {
    const { db, ballast, guard } = await fullDatabase()
    const insert = db.prepare('INSERT INTO t VALUES (zeroblob(20000))')
    expect(guard.run(() => insert.run())).toEqual({ ok: false, error: { code: 'full' } })
    expect([ballast.held(), db.inTransaction, guard.dead()]).toEqual([false, false, null])
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0)
    db.close()
  })

  it('ends the connection when the disk fails: no later write is even tried', async () => {
    const { db, guard } = await fullDatabase()
    const dead = { ok: false, error: { code: 'dead', reason: 'SQLITE_IOERR_FSYNC' } }
    const failing = () => {
      throw failure('SQLITE_IOERR_FSYNC')
    }
    expect(guard.run(failing)).toEqual(dead)
    let ran = false
    expect(guard.run(() => (ran = true))).toEqual(dead)
    expect(ran).toBe(false)
    db.close()
  })

  it.each([
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_IOERR_WRITE', 'dead'],
    ['SQLITE_READONLY_DBMOVED', 'dead'],
    ['SQLITE_CORRUPT_VTAB', 'dead'],
    ['EROFS', 'dead'],
    ['EIO', 'dead'],
  ])('%s is %s', (code, fault) => {
    expect(storeFault(failure(code))?.code).toBe(fault)
  })

  it('throws on when it is a bug', async () => {
    const { db, guard } = await fullDatabase()
    expect(() =>
      guard.run(() => {
        throw failure('SQLITE_CONSTRAINT_UNIQUE')
      }),
    ).toThrow('the disk failed')
    expect(storeFault(new TypeError('x'))).toBeUndefined()
    db.close()
  })
})
