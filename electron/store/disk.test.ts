import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DISK_LIMITS, diskRoom, freeBytes } from './disk.ts'
import { openBallast, storeFault } from './index.ts'
import { temporaryDir } from './testing.ts'

const MIB = 1024 * 1024

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
  it.each([
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_IOERR_FSYNC', 'dead'],
    ['SQLITE_READONLY_DBMOVED', 'dead'],
    ['SQLITE_CORRUPT_VTAB', 'dead'],
    ['EROFS', 'dead'],
    ['EIO', 'dead'],
  ])('%s is %s', (reason, code) => {
    const failure = Object.assign(new Error('the disk failed'), { code: reason })
    expect(storeFault(failure)).toEqual({ code, reason })
  })

  it('is a bug where the disk did nothing wrong', () => {
    const violated = Object.assign(new Error('no'), { code: 'SQLITE_CONSTRAINT_UNIQUE' })
    expect([storeFault(violated), storeFault(new TypeError('x'))]).toEqual([undefined, undefined])
  })
})
