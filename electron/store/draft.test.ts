import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eraseDraft, loadDraft, openStore, saveDraft, storeSchemaSql } from './index.ts'
import { createKeyProvider } from './keys.ts'
import { must, temporaryDir } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))

describe('the draft of a visit', () => {
  it('is there after a restart, as last saved', async () => {
    const dir = await temporaryDir()
    const open = async () => must(await openStore({ dir, keys, schemas: [storeSchemaSql] }))
    const store = await open()
    expect(loadDraft(store, keys)).toEqual({ ok: true, value: null })
    saveDraft(store, keys, Buffer.from('first'), 1)
    saveDraft(store, keys, Buffer.from('second'), 2)
    store.close()
    const again = await open()
    expect(loadDraft(again, keys)).toEqual({
      ok: true,
      value: { payload: Buffer.from('second'), savedAtMs: 2 },
    })
    again.close()
  })

  it('is sealed on disk, and leaves nothing when it is erased', async () => {
    const dir = await temporaryDir()
    const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql] }))
    const onDisk = async () =>
      Buffer.concat([
        await readFile(join(dir, 'kiosk.sqlite')),
        await readFile(join(dir, 'kiosk.sqlite-wal')),
      ])
    saveDraft(store, keys, Buffer.from('MARKER-51c2'), 1)
    const row = Object(store.db.prepare('SELECT sealed, dek_wrapped FROM draft').get())
    const before = await onDisk()
    expect(before.includes('MARKER-51c2')).toBe(false)
    expect([before.includes(row.sealed), before.includes(row.dek_wrapped)]).toEqual([true, true])

    eraseDraft(store)
    const after = await onDisk()
    expect([after.includes(row.sealed), after.includes(row.dek_wrapped)]).toEqual([false, false])
    expect(loadDraft(store, keys)).toEqual({ ok: true, value: null })
    store.close()
  })

  it('that cannot be opened says so', async () => {
    const store = must(
      await openStore({ dir: await temporaryDir(), keys, schemas: [storeSchemaSql] }),
    )
    saveDraft(store, keys, Buffer.from('x'), 1)
    store.db.exec('UPDATE draft SET sealed = zeroblob(40)')
    expect(loadDraft(store, keys)).toEqual({ ok: false, error: { code: 'corrupt' } })
    store.close()
  })
})
