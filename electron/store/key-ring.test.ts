import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  createSealedFiles,
  keyFileVault,
  openKeyFile,
  openKeyRing,
  openStore,
  rotateKeys,
  safeStorageVault,
  keptDraftSchemaSql,
  storeSchemaSql,
  systemdCredsVault,
  type KeyVault,
  type SafeStoragePort,
} from './index.ts'
import { fileInvented, must, openBodies, temporaryDir } from './testing.ts'

const schemas = [storeSchemaSql, keptDraftSchemaSql]

/** A keyring of the desktop that can be in any state. */
function keyring(state: Awaited<ReturnType<SafeStoragePort['available']>>): KeyVault {
  return safeStorageVault({
    available: async () => state,
    encrypt: async (text) => Buffer.from(text).map((byte) => byte ^ 0x5a),
    decrypt: async (sealed) => ({
      text: Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(),
      stale: false,
    }),
  })
}

/** Stands in for systemd's program: keeps what it is given, if it is called as the real one. */
async function fakeProgram(behaviour = 'ok'): Promise<{ vault: KeyVault; calls: string }> {
  const dir = await temporaryDir()
  const calls = join(dir, 'calls')
  const script = `#!/bin/sh
echo "$*" >> '${calls}'
case "$1 ${behaviour}" in
  'has-tpm2 no-chip') exit 3 ;;
  'has-tpm2 '*) exit 0 ;;
  'encrypt ok') base64 ;;
  'decrypt ok') base64 -d ;;
  'encrypt forgets') echo anything ;;
  'decrypt forgets') echo else ;;
  *) exit 1 ;;
esac
`
  await writeFile(join(dir, 'systemd-creds'), script)
  await chmod(join(dir, 'systemd-creds'), 0o755)
  return { vault: systemdCredsVault({ env: { PATH: `${dir}:/usr/bin:/bin` } }), calls }
}

async function folders() {
  const root = await temporaryDir()
  return { dir: join(root, 'keys'), storeDir: join(root, 'store'), training: false }
}

describe('the first start of a kiosk', () => {
  it('seals the key by the TPM where there is one, and never shows it in arguments', async () => {
    const at = await folders()
    const { vault, calls } = await fakeProgram()
    const candidates = [vault, keyring('ok'), keyFileVault]
    const first = must(await openKeyRing({ ...at, candidates }))
    const again = must(await openKeyRing({ ...at, candidates }))
    expect([first.name, again.kekId]).toEqual(['systemd-creds', first.kekId])
    expect(await readdir(at.dir)).toEqual(['kiosk.tpm'])
    expect((await readFile(calls, 'utf8')).split('\n').slice(0, 3)).toEqual([
      'has-tpm2 --quiet',
      'encrypt --with-key=tpm2 --tpm2-pcrs=7 --name=mot-cua-kiosk-key --quiet - -',
      'decrypt --name=mot-cua-kiosk-key --newline=no --quiet - -',
    ])
  })

  it.each(['no-chip', 'absent'])(
    'takes the keyring where the TPM is not there (%s)',
    async (why) => {
      const at = await folders()
      const absent = systemdCredsVault({ env: { PATH: await temporaryDir() } })
      const vault = why === 'absent' ? absent : (await fakeProgram(why)).vault
      const candidates = [vault, keyring('ok'), keyFileVault]
      const ring = must(await openKeyRing({ ...at, candidates }))
      expect(ring.name).toBe('safe-storage')
      const dek = Buffer.alloc(32, 1)
      const again = must(await openKeyRing({ ...at, candidates }))
      expect(must(again.unwrap(ring.kekId, ring.wrap(dek)))).toEqual(dek)
    },
  )

  it.each(['forgets', 'fails'])('makes no key by a program that %s', async (behaviour) => {
    const at = await folders()
    const { vault } = await fakeProgram(behaviour)
    const opened = await openKeyRing({ ...at, candidates: [vault, keyFileVault] })
    expect(opened).toMatchObject({ ok: false, error: { code: 'vault', undelivered: 0 } })
    expect(await readdir(at.dir)).toEqual([])
  })

  it.each(['basic_text', 'unknown'] as const)('refuses a keyring that is %s', async (state) => {
    const at = await folders()
    const candidates = [keyring(state)]
    expect(await openKeyRing({ ...at, candidates })).toEqual({
      ok: false,
      error: {
        code: 'no-vault',
        undelivered: 0,
        refused: [{ name: 'safe-storage', reason: state }],
      },
    })
    const ring = must(await openKeyRing({ ...at, candidates: [...candidates, keyFileVault] }))
    expect(ring.name).toBe('key-file')
    const rehearsal = { ...(await folders()), training: true }
    expect(must(await openKeyRing({ ...rehearsal, candidates })).name).toBe('safe-storage')
  })

  it('goes on with the key file of an earlier version', async () => {
    const at = await folders()
    const before = must(await openKeyFile(at.dir))
    const ring = must(await openKeyRing({ ...at, candidates: [keyring('ok'), keyFileVault] }))
    expect(ring.kekId).toBe(before.kekId)
    expect(ring.mac('citizen', 'x')).toEqual(before.mac('citizen', 'x'))
  })

  it('refuses a key file that others may read, and one that is no key', async () => {
    const at = await folders()
    const candidates = [keyFileVault]
    must(await openKeyRing({ ...at, candidates }))
    await chmod(join(at.dir, 'kiosk.key'), 0o644)
    expect(await openKeyRing({ ...at, candidates })).toMatchObject({ error: { code: 'exposed' } })
    await chmod(join(at.dir, 'kiosk.key'), 0o600)
    await writeFile(join(at.dir, 'kiosk.key'), 'short')
    expect(await openKeyRing({ ...at, candidates })).toMatchObject({ error: { code: 'damaged' } })
    expect(await readFile(join(at.dir, 'kiosk.key'), 'utf8')).toBe('short')
  })

  it('refuses a recovery key that agrees on nothing secret, or is private', async () => {
    const at = await folders()
    const zero = Buffer.from(`302a300506032b656e032100${'00'.repeat(32)}`, 'hex').toString('base64')
    for (const recoveryKeyPem of [
      'no key',
      `-----BEGIN PUBLIC KEY-----\n${zero}\n-----END PUBLIC KEY-----\n`,
      '-----BEGIN PRIVATE KEY-----',
    ]) {
      const opened = await openKeyRing({ ...at, candidates: [keyFileVault], recoveryKeyPem })
      expect(opened).toMatchObject({ ok: false, error: { code: 'bad-recovery-key' } })
    }
  })
})

describe('a key that is kept by another provider than before', () => {
  async function kioskWithOneFiling(candidates: readonly KeyVault[]) {
    const at = await folders()
    const ring = must(await openKeyRing({ ...at, candidates }))
    const store = must(await openStore({ dir: at.storeDir, keys: ring, schemas }))
    await fileInvented(store, createSealedFiles(at.storeDir, ring), ring, 1)
    store.close()
    return at
  }

  it.each(['absent', 'basic_text', 'unknown'] as const)(
    'locks the kiosk when its keyring has become %s',
    async (reason) => {
      const at = await kioskWithOneFiling([keyring('ok'), keyFileVault])
      const before = await readdir(at.dir)
      expect(await openKeyRing({ ...at, candidates: [keyring(reason), keyFileVault] })).toEqual({
        ok: false,
        error: {
          code: 'provider-changed',
          remembered: 'safe-storage',
          found: 'key-file',
          reason,
          undelivered: 1,
        },
      })
      expect(await readdir(at.dir)).toEqual(before)
    },
  )

  it('locks the kiosk when the key folder was exchanged', async () => {
    const at = await kioskWithOneFiling([keyring('ok')])
    const dir = join(await temporaryDir(), 'keys')
    must(await openKeyFile(dir))
    const opened = await openKeyRing({ ...at, dir, candidates: [keyFileVault] })
    expect(opened).toMatchObject({
      error: { code: 'provider-changed', remembered: 'safe-storage', found: 'key-file' },
    })
  })

  it('stays where it is when a better one appears, until it is moved', async () => {
    const at = await kioskWithOneFiling([keyFileVault])
    const { vault } = await fakeProgram()
    const candidates = [vault, keyFileVault]
    const ring = must(await openKeyRing({ ...at, candidates }))
    expect(ring.name).toBe('key-file')
    const store = must(await openStore({ dir: at.storeDir, keys: ring, schemas }))
    const files = createSealedFiles(at.storeDir, ring)
    const move = { store, dir: at.storeDir, ring, files, vault: 'systemd-creds' } as const
    must(await rotateKeys(move))
    store.close()
    expect(await readdir(at.dir)).toEqual(['kiosk-2.tpm'])
    const moved = must(await openKeyRing({ ...at, candidates }))
    expect(moved.name).toBe('systemd-creds')
    const reopened = must(await openStore({ dir: at.storeDir, keys: moved, schemas }))
    expect(Object.values(openBodies(reopened, moved))).toEqual(['invented body 1'])
    reopened.close()
  })

  it('locks the store under a key that never sealed its filings', async () => {
    const at = await kioskWithOneFiling([keyFileVault])
    const dir = join(await temporaryDir(), 'keys')
    await mkdir(dir)
    const other = must(await openKeyFile(dir))
    expect(await openStore({ dir: at.storeDir, keys: other, schemas })).toEqual({
      ok: false,
      error: { code: 'wrong-key', undelivered: 1 },
    })
    // Being refused is a clean stop: the right key finds nothing missing.
    const ring = must(await openKeyRing({ ...at, candidates: [keyFileVault] }))
    must(await openStore({ dir: at.storeDir, keys: ring, schemas })).close()
  })
})
