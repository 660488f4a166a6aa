import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createKeyProvider } from './keys.ts'
import { compactSealed, keepSealed, wipeSealed } from './sealed-rows.ts'
import { openStore } from './store.ts'
import { storeSchemaSql } from './schema.ts'
import { must, inventedRef, temporaryDir } from './testing.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))

it('leaves no copy of a wiped row in the file, whatever is filed, wiped and compacted between', async () => {
  const dir = await temporaryDir()
  const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql] }))
  const { db } = store
  const keep = keepSealed(db)
  const wipe = wipeSealed(db)
  const insert = db.prepare(
    `INSERT INTO submission (seq, client_ref, request_id, group_key, procedure_code, schema_version,
       portal_id, state, body_sha256, sealed_id, next_at_ms, captured_at_ms)
     VALUES (?, ?, ?, zeroblob(32), '1.0', 1, 'portal', 'QUEUED', zeroblob(32), ?, 0, 0)`,
  )
  const erase = db.prepare(
    `UPDATE submission SET state = 'ERASED', sealed_id = NULL, group_key = NULL WHERE seq = ?`,
  )
  let last = 0
  const live = new Map<number, readonly Buffer[]>()
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 29, max: 9000 }).map((bytes) => ({ bytes })) },
    { weight: 4, arbitrary: fc.nat().map((lot) => ({ lot })) },
    { weight: 1, arbitrary: fc.constant({ compact: true }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const gone: Buffer[] = []
      for (const one of steps) {
        if ('bytes' in one) {
          last += 1
          const sealedBody = randomBytes(one.bytes)
          const dekWrapped = randomBytes(60)
          const id = keep({ kekId: keys.kekId, dekWrapped, dekRecovery: null, sealedBody })
          insert.run(last, inventedRef(last), `request-${last}`, id)
          live.set(last, [dekWrapped, sealedBody.subarray(0, 29), sealedBody.subarray(-29)])
        } else if ('lot' in one) {
          const seq = [...live.keys()][one.lot % Math.max(1, live.size)]
          if (seq === undefined) continue
          wipe(seq)
          erase.run(seq)
          gone.push(...(live.get(seq) ?? []))
          live.delete(seq)
        } else compactSealed(db)
      }
      expect(store.checkpointTruncate()).toBe(true)
      const bytes = await readFile(join(dir, 'kiosk.sqlite'))
      for (const trace of gone) expect(bytes.includes(trace)).toBe(false)
      for (const trace of [...live.values()].map(([dek]) => dek)) {
        expect(trace !== undefined && bytes.includes(trace)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
  expect(store.intact()).toBe(true)
  compactSealed(db, true)
  expect(db.prepare('SELECT count(*) FROM sealed').pluck().get()).toBe(live.size)
  store.close()
}, 60_000)
