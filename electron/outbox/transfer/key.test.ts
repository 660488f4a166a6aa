import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keyFileVault, openKeyRing } from '../../store/index.ts'
import { must } from '../harness.ts'
import { ownTransferKey, readTransferKey } from './key.ts'

async function openRing(dir: string) {
  const at = { dir: join(dir, 'keys'), storeDir: join(dir, 'store'), candidates: [keyFileVault] }
  return must(await openKeyRing({ ...at, training: false }))
}

it('stays the same over restarts and key rotations, and is another on each kiosk', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-key-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const ring = await openRing(join(dir, 'one'))
  const before = ownTransferKey(ring)
  const dek = randomBytes(32)
  const sealed = must(readTransferKey(before.publicKey)).seal(dek)
  must(await ring.renew())
  for (const kekId of ring.older) must(await ring.destroy(kekId))
  const after = ownTransferKey(await openRing(join(dir, 'one')))
  expect(after.publicKey).toBe(before.publicKey)
  expect(Buffer.from(must(after.unseal(sealed)))).toEqual(dek)

  const other = ownTransferKey(await openRing(join(dir, 'other')))
  expect(other.fingerprint).not.toBe(before.fingerprint)
  expect(other.unseal(sealed)).toEqual({ ok: false, error: { code: 'other-kiosk' } })
  expect(after.unseal(sealed.subarray(1))).toMatchObject({ ok: false })
})

it('is read from a file with other lines around it, and from nothing else', async () => {
  const { publicKey, fingerprint } = ownTransferKey({ mac: () => Buffer.alloc(32, 7) })
  const file = `fingerprint: ${fingerprint}\n${publicKey}\nthank you\n`
  expect(must(readTransferKey(file)).fingerprint).toBe(fingerprint)
  expect(fingerprint).toMatch(/^[0-9a-f]{16}$/)
  for (const text of ['', publicKey.slice(0, 60), publicKey.replace('PUBLIC', 'PRIVATE')]) {
    expect(readTransferKey(text)).toEqual({ ok: false, error: { code: 'bad-key' } })
  }
})
