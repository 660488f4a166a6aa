import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  createSealedFiles,
  keptDraftSchemaSql,
  keyFileVault,
  cardKey,
  loadDraft,
  loadKeptDraft,
  putKeptDraft,
  openKeyRing,
  openStore,
  openWithRecoveryKey,
  rebuildFromEnvelopes,
  recoverStore,
  rotateKeys,
  saveDraft,
  storeSchemaSql,
} from './index.ts'
import { fileInvented, inventedRef, must, openBodies, temporaryDir } from './testing.ts'

const CHILD = fileURLToPath(new URL('rotate.child.ts', import.meta.url))
const schemas = [storeSchemaSql, keptDraftSchemaSql]
const candidates = [keyFileVault]
const FILINGS = 5

const bodies = Object.fromEntries(
  Array.from({ length: FILINGS }, (_, at) => [inventedRef(at + 1), `invented body ${at + 1}`]),
)

async function openKiosk(root: string, recoveryKeyPem?: string) {
  const dir = join(root, 'store')
  const keysDir = join(root, 'keys')
  const ring = must(
    await openKeyRing({ dir: keysDir, storeDir: dir, candidates, training: false, recoveryKeyPem }),
  )
  const store = must(await openStore({ dir, keys: ring, schemas }))
  const files = createSealedFiles(dir, ring)
  return { dir, keysDir, ring, store, files }
}

/** A kiosk with a draft and filings that nobody has delivered. */
async function filledKiosk(recoveryKeyPem?: string): Promise<string> {
  const root = await temporaryDir()
  const { store, files, ring } = await openKiosk(root, recoveryKeyPem)
  for (let seq = 1; seq <= FILINGS; seq += 1) await fileInvented(store, files, ring, seq)
  saveDraft(store, ring, Buffer.from('draft'), 1)
  const key = cardKey(ring, '083090000000')
  putKeptDraft(store, ring, key, { payload: Buffer.from('kept'), keptAtMs: 1 })
  store.close()
  return root
}

async function expectEverythingOpens(root: string): Promise<void> {
  const { dir, ring, store } = await openKiosk(root)
  expect(openBodies(store, ring)).toEqual(bodies)
  expect(Buffer.from(must(loadDraft(store, ring))?.payload ?? []).toString()).toBe('draft')
  const kept = must(loadKeptDraft(store, ring, cardKey(ring, '083090000000')))
  expect(Buffer.from(kept?.payload ?? []).toString()).toBe('kept')
  const rebuilt = await rebuildFromEnvelopes(dir, ring)
  expect(rebuilt.unreadable).toEqual([])
  expect(rebuilt.rows.map(({ clientRef }) => clientRef)).toEqual(Object.keys(bodies))
  store.close()
}

describe('a rotation', () => {
  it('puts rows, draft and envelopes under a new key and destroys the old one', async () => {
    const root = await filledKiosk()
    const { dir, keysDir, ring, store, files } = await openKiosk(root)
    const before = ring.kekId
    const hash = ring.mac('citizen', '083090000000')
    expect(must(await rotateKeys({ store, dir, ring, files }))).toEqual({
      rewrapped: 2 * FILINGS,
      unreadable: 0,
      destroyed: [before],
    })
    expect(ring.kekIds).toEqual([ring.kekId])
    expect(ring.mac('citizen', '083090000000')).toEqual(hash)
    expect(await readdir(keysDir)).toEqual(['kiosk-2.key'])
    store.close()
    await expectEverythingOpens(root)
  })

  it('takes filings in meanwhile, and none of them keeps the old key', async () => {
    const root = await filledKiosk()
    const { dir, ring, store, files } = await openKiosk(root)
    const begun = must(await files.begin(inventedRef(90)))
    const late: Promise<unknown>[] = []
    must(
      await rotateKeys({
        store,
        dir,
        ring,
        files,
        batch: 2,
        reached: (point) => {
          if (point === 'rows') {
            late.push(fileInvented(store, files, ring, 100 + late.length))
          }
        },
      }),
    )
    await Promise.all(late)
    expect(begun.wrap().kekId).toBe(ring.kekId)
    expect(ring.older).toEqual([])
    expect(Object.values(openBodies(store, ring))).not.toContain(null)
    expect((await rebuildFromEnvelopes(dir, ring)).unreadable).toEqual([])
    expect(must(await files.begin(inventedRef(90))).wrap().kekId).toBe(ring.kekId)
    store.close()
  })

  it('keeps the old key while a data key does not open', async () => {
    const root = await filledKiosk()
    const { dir, ring, store, files } = await openKiosk(root)
    store.db.prepare('UPDATE sealed SET dek_wrapped = zeroblob(60) WHERE id = 2').run()
    const done = must(await rotateKeys({ store, dir, ring, files }))
    expect(done).toMatchObject({ unreadable: 1, destroyed: [] })
    expect(ring.older).toHaveLength(1)
    store.close()
  })

  it('survives a kill at every commit: all keys work, and the next start ends it', async () => {
    const filled = await filledKiosk()
    let points = 0
    for (let point = 1; ; point += 1) {
      const root = await temporaryDir()
      await cp(filled, root, { recursive: true })
      const args = [
        CHILD,
        join(root, 'store'),
        join(root, 'keys'),
        String(point),
        keptDraftSchemaSql,
      ]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
      const [code, signal] = await once(child, 'exit')
      await expectEverythingOpens(root)
      const { dir, keysDir, ring, store, files } = await openKiosk(root)
      if (ring.older.length > 0) must(await rotateKeys({ store, dir, ring, files }))
      expect(await readdir(keysDir)).toEqual(['kiosk-2.key'])
      expect(store.intact()).toBe(true)
      store.close()
      await expectEverythingOpens(root)
      if (code === 0) break
      expect(signal).toBe('SIGKILL')
      points += 1
    }
    // The key, two batches, the draft, five envelopes, the old key.
    expect(points).toBe(10)
  }, 60_000)
})

describe('a kiosk that lost its key', () => {
  const pair = generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

  it('is locked with the number of its filings, and makes no key over them', async () => {
    const root = await filledKiosk(pair.publicKey)
    const [dir, keysDir] = [join(root, 'store'), join(root, 'keys')]
    await rm(keysDir, { recursive: true })
    const options = { dir: keysDir, storeDir: dir, candidates, training: false }
    const locked = { ok: false, error: { code: 'key-missing', undelivered: FILINGS } }
    expect(await openKeyRing(options)).toEqual(locked)
    // The envelopes count where the database is gone as well.
    await rm(join(dir, 'kiosk.sqlite'))
    expect(await openKeyRing(options)).toEqual(locked)
    expect(await readdir(keysDir)).toEqual([])
  })

  it('opens a single filing with the recovery key alone', async () => {
    const root = await temporaryDir()
    const { dir, ring, store, files } = await openKiosk(root, pair.publicKey)
    const { clientRef, body } = await fileInvented(store, files, ring, 1)
    store.close()
    const [row] = (await rebuildFromEnvelopes(dir, ring)).rows
    const sealed = {
      bytes: row?.sealedBody ?? Buffer.alloc(0),
      dekRecovery: row?.wrapped.dekRecovery ?? Buffer.alloc(0),
    }
    const context = { owner: clientRef, purpose: 'body' } as const
    expect(must(openWithRecoveryKey(pair.privateKey, context, sealed))).toEqual(body)
  })

  it('gets all its filings back from the recovery key, under a new key', async () => {
    const root = await filledKiosk(pair.publicKey)
    const [dir, keysDir] = [join(root, 'store'), join(root, 'keys')]
    await rm(keysDir, { recursive: true })
    const recovery = { dir, keysDir, candidates, schemas }
    const other = generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    expect(await recoverStore({ ...recovery, privateKeyPem: String(other) })).toEqual({
      ok: false,
      error: { code: 'opens-nothing', lost: FILINGS },
    })
    // A key made in vain would stand in the way of the kept copy.
    expect(await readdir(keysDir)).toEqual([])
    const right = must(await recoverStore({ ...recovery, privateKeyPem: pair.privateKey }))
    expect(right).toEqual({ recovered: FILINGS, unreadable: 0, keptBy: 'key-file' })
    const again = await recoverStore({ ...recovery, privateKeyPem: pair.privateKey })
    expect(again).toEqual({ ok: false, error: { code: 'not-locked' } })
    const { ring, store } = await openKiosk(root)
    expect(openBodies(store, ring)).toEqual(bodies)
    store.close()
  })

  it('gets its envelopes back where the database is damaged too', async () => {
    const root = await filledKiosk(pair.publicKey)
    const [dir, keysDir] = [join(root, 'store'), join(root, 'keys')]
    await rm(keysDir, { recursive: true })
    await rm(join(dir, 'kiosk.sqlite'))
    const recovery = { dir, keysDir, candidates, schemas, privateKeyPem: pair.privateKey }
    const report = must(await recoverStore(recovery))
    expect(report).toEqual({ recovered: FILINGS, unreadable: 0, keptBy: 'key-file' })
    const ring = must(
      await openKeyRing({ dir: keysDir, storeDir: dir, candidates, training: false }),
    )
    expect((await rebuildFromEnvelopes(dir, ring)).rows).toHaveLength(FILINGS)
  })

  it('keeps what the recovery key does not open, and recovers the rest', async () => {
    const root = await filledKiosk()
    const { dir, keysDir, ring, store, files } = await openKiosk(root, pair.publicKey)
    await fileInvented(store, files, ring, FILINGS + 1)
    store.close()
    const keptKeys = await temporaryDir()
    await cp(keysDir, keptKeys, { recursive: true })
    await rm(keysDir, { recursive: true })
    const recovery = { dir, keysDir, candidates, schemas, privateKeyPem: pair.privateKey }
    const report = { recovered: 1, unreadable: FILINGS, keptBy: 'key-file' }
    expect(must(await recoverStore(recovery))).toEqual(report)
    // Repeated, it makes no other key.
    expect(await recoverStore(recovery)).toEqual({
      ok: false,
      error: { code: 'opens-nothing', lost: FILINGS },
    })
    expect(await readdir(keysDir)).toEqual(['kiosk-1000.key'])
    // The kept copy of the lost key is found after all, and has a place beside the new one.
    await cp(keptKeys, keysDir, { recursive: true })
    const again = await openKiosk(root)
    must(await rotateKeys(again))
    expect(Object.values(openBodies(again.store, again.ring))).not.toContain(null)
    again.store.close()
  })

  it('goes on with a recovery that was cut short after its key was made', async () => {
    const root = await filledKiosk(pair.publicKey)
    const [dir, keysDir] = [join(root, 'store'), join(root, 'keys')]
    await rm(keysDir, { recursive: true })
    const at = { dir: keysDir, storeDir: dir, candidates, training: false, replaceLost: true }
    must(await openKeyRing(at))
    const recovery = { dir, keysDir, candidates, schemas, privateKeyPem: pair.privateKey }
    expect(must(await recoverStore(recovery))).toMatchObject({ recovered: FILINGS })
    expect(await readdir(keysDir)).toEqual(['kiosk-1000.key'])
  })

  it('is not touched while a core has its store open', async () => {
    const root = await filledKiosk(pair.publicKey)
    const { dir, keysDir, store } = await openKiosk(root)
    const recovery = { dir, keysDir, candidates, schemas, privateKeyPem: pair.privateKey }
    expect(await recoverStore(recovery)).toEqual({
      ok: false,
      error: { code: 'store', problem: { code: 'locked' } },
    })
    store.close()
  })
})
