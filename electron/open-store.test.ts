import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { kioskSchemas, openKioskStore, type OpenedStore } from './open-store.ts'
import { createOutbox, systemTimers, type OutboxDeps } from './outbox/index.ts'
import { invent, must } from './outbox/harness.ts'
import { createPortalClient } from './portal/index.ts'
import { kioskFiles } from './settings/index.ts'
import {
  keyFileVault,
  openDatabase,
  openKeyFile,
  openKeyRing,
  openOrRescue,
  openWithRecoveryKey,
} from './store/index.ts'

const { publicKey: receiptKey } = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

let dir = ''
let logged: string[] = []
let alarms: Readonly<Record<string, unknown>>[] = []
let nowMs = Date.now()
let training = false
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-open-'))
  logged = []
  alarms = []
  nowMs = Date.now()
  training = false
})
afterEach(async () => {
  await closeAll()
  await rm(dir, { recursive: true })
})

async function closeAll(): Promise<void> {
  for (const one of open.splice(0)) await one.close()
}

/** A start of the core, as far as the store: the portal is never asked. */
async function start(recoveryKeyPem?: string) {
  await closeAll()
  const opened = must(
    await openKioskStore({
      files: kioskFiles(dir),
      training,
      kioskId: 'KM4',
      recoveryKeyPem,
      nowMs,
      log(event, details = {}) {
        logged.push(event)
        if (event === 'alarm') alarms.push(details)
      },
      vaults: [keyFileVault],
    }),
  )
  const outbox = outboxOver(opened, opened.files)
  open.push({
    async close() {
      await outbox.stop()
      opened.store.close()
    },
  })
  return { ...opened, outbox }
}

function outboxOver(opened: OpenedStore, files: OutboxDeps['files']) {
  const url = 'http://127.0.0.1:9'
  const receiptKeys = { invented: receiptKey }
  return createOutbox({
    store: opened.store,
    keys: opened.keys,
    files,
    portal: must(createPortalClient({ url, kioskId: 'KM4', receiptKeys })),
    clock: Date,
    timers: systemTimers,
    random: Math.random,
    kioskId: 'KM4',
    log: () => {},
  })
}

const sealedSchema = z.object({
  body_ct: z.instanceof(Uint8Array),
  dek_recovery: z.instanceof(Uint8Array).nullable(),
})
const wrapSchema = z.object({ kek_id: z.string(), dek_wrapped: z.instanceof(Uint8Array) })
const SEALED = 'SELECT body_ct, dek_recovery FROM sealed'

describe('opening the store', () => {
  it('goes on with a data folder whose key the first version made', async () => {
    const before = must(await openKeyFile(kioskFiles(dir).keys))
    expect((await start()).keys.kekId).toBe(before.kekId)
  })

  it('wraps every filing to the recovery key that the profile names, and only then', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('x25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const plain = await start()
    must(plain.outbox.enqueue(invent()))
    expect(sealedSchema.parse(plain.store.db.prepare(SEALED).get()).dek_recovery).toBeNull()

    const { outbox, store } = await start(publicKey)
    const filing = invent('Trần Thị Ví Dụ')
    must(outbox.enqueue(filing))
    const row = sealedSchema.parse(store.db.prepare(`${SEALED} ORDER BY id DESC`).get())
    const { dek_recovery: dekRecovery, body_ct: bytes } = row
    if (dekRecovery === null) throw new Error('no recovery wrap')
    const context = { owner: filing.clientRef, purpose: 'body' } as const
    const body = must(openWithRecoveryKey(privateKey, context, { bytes, dekRecovery }))
    expect(Buffer.from(body)).toEqual(filing.body)
  })

  it('is refused with a remedy where the recovery key is none', async () => {
    const opened = await openKioskStore({
      files: kioskFiles(dir),
      training: false,
      kioskId: 'KM4',
      recoveryKeyPem: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      nowMs: 0,
      log: () => {},
      vaults: [keyFileVault],
    })
    expect(opened).toMatchObject({
      ok: false,
      error: { reason: 'keys', message: expect.stringContaining('recoveryKey') },
    })
  })

  it('ends a rotation that was begun', async () => {
    const first = await start()
    const filing = invent()
    must(first.outbox.enqueue(filing))
    await closeAll()
    const { keys: keysDir, store: storeDir } = kioskFiles(dir)
    const candidates = [keyFileVault]
    const ring = must(await openKeyRing({ dir: keysDir, storeDir, candidates, training: false }))
    must(await ring.renew())
    expect(await readdir(keysDir)).toHaveLength(2)

    const next = await start()
    expect(logged).toContain('keys-rotated')
    expect(await readdir(keysDir)).toEqual(['kiosk-2.key'])
    expect(next.keys.kekIds).toEqual([ring.kekId])
    expect(next.outbox.counts().waiting).toBe(1)
  })

  it('finds a filing whose row was never written, and asks before it sends', async () => {
    const { outbox, store, keys, files } = await start()
    must(outbox.enqueue(invent()))
    const lost = invent()
    // The power goes between the envelope and the commit.
    const cut = outboxOver(
      { store, keys, files },
      {
        ...files,
        confirmNow(...filing) {
          must(files.confirmNow(...filing))
          throw new Error('power cut')
        },
        takeBackNow: () => ({ ok: true, value: undefined }),
      },
    )
    expect(() => cut.enqueue(lost)).toThrow('power cut')
    expect(outbox.get(lost.clientRef)).toBeUndefined()

    const next = await start()
    expect(next.outbox.get(lost.clientRef)).toMatchObject({ state: 'IN_DOUBT', seq: 2 })
    // The citizen's page confirms again: the same filing, the same slip.
    expect(must(next.outbox.enqueue(lost)).seq).toBe(2)
    expect(logged).toContain('filings-found')
  })

  it('keeps both filings where one was found whose number is taken', async () => {
    const { outbox, store } = await start()
    const first = invent()
    must(outbox.enqueue(first))
    store.db.exec(`UPDATE submission SET seq = 7`)
    const second = invent()
    must(outbox.enqueue(second))
    store.db.exec(`DELETE FROM submission WHERE seq = 8`)
    const third = invent()
    expect(must(outbox.enqueue(third)).seq).toBe(8)
    const next = await start()
    expect(next.outbox.list().map(({ clientRef, seq }) => [clientRef, seq])).toEqual([
      [first.clientRef, 7],
      [third.clientRef, 8],
      [second.clientRef, 9],
    ])
  })

  it('ends an erasure that a crash cut short between the row and its files', async () => {
    const { outbox, store } = await start()
    const filing = invent()
    must(outbox.enqueue(filing))
    store.db.exec(`UPDATE submission SET state = 'ERASED', sealed_id = NULL, group_key = NULL`)
    await start()
    expect(await readdir(join(kioskFiles(dir).store, 'outbox'))).toEqual([])
  })

  it('lets an unreadable envelope without a row lie, and raises an alarm', async () => {
    const { files, store } = await start()
    const { clientRef } = invent()
    must(await files.begin(clientRef))
    const envelope = join(kioskFiles(dir).store, 'outbox', clientRef, 'envelope.bin')
    await writeFile(envelope, randomBytes(200))
    expect(store.intact()).toBe(true)
    await start()
    expect(logged).toContain('alarm')
    expect(await readdir(join(kioskFiles(dir).store, 'outbox'))).toEqual([clientRef])
  })
})

const DAY_MS = 86_400_000
const kekId = async () => (await start()).keys.kekId

describe('a key', () => {
  it('is replaced when it is a month old, and every filing opens under the new one', async () => {
    const first = await start()
    must(first.outbox.enqueue(invent()))
    const before = first.keys.kekId
    nowMs += 30 * DAY_MS - 1
    expect(await kekId()).toBe(before)
    nowMs += 1
    const { keys, store, outbox } = await start()
    expect(keys.kekId).not.toBe(before)
    expect(keys.kekIds).toEqual([keys.kekId])
    expect(store.db.prepare('SELECT DISTINCT kek_id FROM sealed').pluck().all()).toEqual([
      keys.kekId,
    ])
    expect(outbox.counts().waiting).toBe(1)
    nowMs += 30 * DAY_MS - 1
    expect(await kekId()).toBe(keys.kekId)
  })

  it('that is of the future by the clock is of now', async () => {
    const before = await kekId()
    nowMs -= 400 * DAY_MS
    expect(await kekId()).toBe(before)
    nowMs += 30 * DAY_MS - 1
    expect(await kekId()).toBe(before)
    nowMs += 1
    expect(await kekId()).not.toBe(before)
  })

  it('of a rehearsal stays', async () => {
    training = true
    const before = await kekId()
    nowMs += 400 * DAY_MS
    expect(await kekId()).toBe(before)
  })

  it('stays while an envelope does not open, for it may need it, and the alarm says so', async () => {
    const { keys } = await start()
    const lost = await unreadable()
    nowMs += 30 * DAY_MS
    expect(await kekId()).toBe(keys.kekId)
    expect(alarms).toContainEqual({ code: 'rotation-held-back', unreadable: 1 })
    await rm(lost, { recursive: true })
    expect(await kekId()).not.toBe(keys.kekId)
  })
})

describe('a key beside a database that was put aside', () => {
  /** A database that lacks its log is put aside as it is, with a filing in it; the key's id. */
  async function damage(): Promise<string> {
    const { outbox, keys } = await start()
    must(outbox.enqueue(invent()))
    await closeAll()
    await writeFile(join(kioskFiles(dir).store, 'kiosk.running'), '')
    return keys.kekId
  }

  it('is replaced, once', async () => {
    const before = await damage()
    const { keys, outbox } = await start()
    expect(alarms).toMatchObject([{ code: 'store-rescued', reason: 'log-missing' }])
    expect(outbox.counts().waiting).toBe(1)
    expect(keys.kekId).not.toBe(before)
    expect(keys.kekIds).toEqual([keys.kekId])
    expect(await readdir(kioskFiles(dir).keys)).toEqual(['kiosk-2.key'])
    expect(await kekId()).toBe(keys.kekId)
  })

  it('does not open any more what lies in that database', async () => {
    const before = await damage()
    const { keys } = await start()
    const { store } = kioskFiles(dir)
    const aside = (await readdir(store)).filter((name) => name.includes('.damaged-'))
    expect(aside).toHaveLength(1)
    const db = must(await openDatabase(join(store, aside[0] ?? ''), { busyTimeoutMs: 0 }))
    onTestFinished(() => void db.close())
    const row = wrapSchema.parse(db.prepare('SELECT kek_id, dek_wrapped FROM sealed').get())
    expect(row.kek_id).toBe(before)
    expect(keys.unwrap(row.kek_id, row.dek_wrapped)).toEqual({
      ok: false,
      error: { code: 'unknown-key' },
    })
    for (const id of keys.kekIds) expect(keys.unwrap(id, row.dek_wrapped).ok).toBe(false)
  })

  it('is replaced by the next start where the power went after the rescue', async () => {
    const before = await damage()
    const { store: storeDir, keys: keysDir } = kioskFiles(dir)
    const options = { dir: keysDir, storeDir, candidates: [keyFileVault], training: false }
    const ring = must(await openKeyRing(options))
    const rescue = { dir: storeDir, keys: ring, schemas: kioskSchemas, nowMs }
    must(await openOrRescue(rescue)).store.close()
    const { keys, outbox } = await start()
    expect(outbox.counts().waiting).toBe(1)
    expect(keys.kekId).not.toBe(before)
  })

  it('stays while an envelope does not open, and is replaced when it is accounted for', async () => {
    const before = await damage()
    const lost = await unreadable()
    for (let starts = 0; starts < 2; starts += 1) {
      alarms = []
      expect(await kekId()).toBe(before)
      expect(alarms).toContainEqual({ code: 'rotation-held-back', unreadable: 1 })
    }
    await rm(lost, { recursive: true })
    expect(await kekId()).not.toBe(before)
  })
})

/** An envelope of which nobody knows what it is; its folder. */
async function unreadable(): Promise<string> {
  const folder = join(kioskFiles(dir).store, 'outbox', invent().clientRef)
  await mkdir(folder)
  await writeFile(join(folder, 'envelope.bin'), randomBytes(200))
  return folder
}
