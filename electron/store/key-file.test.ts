import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openKeyFile } from './index.ts'
import { must, temporaryDir } from './testing.ts'

describe('the key file', () => {
  it('is made once, for its owner alone, and gives the same key ever after', async () => {
    const dir = await temporaryDir()
    const [first, rival] = await Promise.all([openKeyFile(dir), openKeyFile(dir)])
    const again = must(await openKeyFile(dir))
    expect(must(first).kekId).toBe(again.kekId)
    expect(must(rival).kekId).toBe(again.kekId)
    expect((await stat(join(dir, 'kiosk.key'))).mode & 0o777).toBe(0o600)
    expect(await readdir(dir)).toEqual(['kiosk.key'])
    const dek = Buffer.alloc(32, 1)
    expect(must(again.unwrap(again.kekId, must(first).wrap(dek)))).toEqual(dek)
  })

  it.each([0o640, 0o604, 0o660])('is refused with mode %o', async (mode) => {
    const dir = await temporaryDir()
    must(await openKeyFile(dir))
    await chmod(join(dir, 'kiosk.key'), mode)
    expect(await openKeyFile(dir)).toEqual({ ok: false, error: { code: 'exposed' } })
  })

  it('is refused, and not replaced, when it is not 32 bytes', async () => {
    const dir = await temporaryDir()
    const file = join(dir, 'kiosk.key')
    await writeFile(file, 'short', { mode: 0o600 })
    expect(await openKeyFile(dir)).toEqual({ ok: false, error: { code: 'damaged' } })
    expect(await readFile(file, 'utf8')).toBe('short')
  })

  it('is reported when its folder cannot be used', async () => {
    const dir = await temporaryDir()
    await writeFile(join(dir, 'file'), '')
    expect(await openKeyFile(join(dir, 'file'))).toMatchObject({ error: { code: 'io' } })
  })
})
