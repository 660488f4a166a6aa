import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { kioskSchemas, openKioskStore } from '../../../electron/open-store.ts'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { createShellKeyring } from '../../../electron/shell/core-keyring.ts'
import { createKeyring } from '../../../electron/shell/electron-keyring.ts'
import { createSealedFiles, keyFileVault, safeStorageVault } from '../../../electron/store/index.ts'
import { fileInvented } from '../../../electron/store/testing.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { createSafeStorage } from '../../fakes/electron-keyring.ts'
import { runCli } from '../../fixtures/run-cli.ts'
import { createWholeKiosk, isOn, isOut, type WholeKiosk } from '../disk/whole-kiosk.ts'
import { must } from '../kiosk.ts'

/** K10 and X1 on the installed programs. */

const ROTATE = fileURLToPath(new URL('../../../electron/store/rotate.child.ts', import.meta.url))
const DROP = { kind: 'drop', when: 'before-read' } as const
const FILINGS = 2

const province = generateKeyPairSync('x25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

let kiosk: WholeKiosk
beforeEach(async () => {
  kiosk = await createWholeKiosk({ recoveryKey: province.publicKey })
})
afterEach(() => kiosk.close())

/** A kiosk that was stopped with filings that nobody has delivered; their references. */
async function stopWithFilings(env?: Readonly<Record<string, string>>): Promise<readonly string[]> {
  kiosk.front.rule(() => DROP)
  await kiosk.start(env)
  const page = await kiosk.page(isOn('attract'))
  for (let number = 1; number <= FILINGS; number += 1) await kiosk.file(page)
  page.close()
  await kiosk.stop()
  return (await kiosk.filings()).map(({ clientRef }) => clientRef)
}

/** Delivers everything that waits, once each. */
async function deliver(clientRefs: readonly string[]): Promise<void> {
  kiosk.front.rule(undefined)
  const accepted = () => expect(kiosk.sandbox.accepted()).toBe(clientRefs.length)
  await vi.waitFor(accepted, { timeout: 30_000 })
  expect(new Set(kiosk.sandbox.filings().map(({ clientRef }) => clientRef))).toEqual(
    new Set(clientRefs),
  )
  expect(await kiosk.check(clientRefs)).toEqual([])
}

it('K10 killed at every commit of a key rotation: the next start ends it, and all is delivered', async () => {
  const clientRefs = await stopWithFilings()
  const { keys, store } = kioskFiles(kiosk.dataDir)
  const ends: unknown[] = []
  while (ends.every((end) => end === 'SIGKILL')) {
    const args = [ROTATE, store, keys, String(ends.length + 1), ...kioskSchemas.slice(1)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    const [code, signal] = await once(child, 'exit')
    ends.push(signal ?? code)
    await kiosk.start()
    ;(await kiosk.page(isOn('attract'))).close()
    expect(await readdir(keys)).toHaveLength(1)
    await kiosk.stop()
  }
  // The key, the rows, an envelope each, the old key; then a rotation that nobody disturbs.
  const killed = Array.from({ length: 1 + 1 + FILINGS + 1 }, () => 'SIGKILL')
  expect(ends).toEqual([...killed, 0])
  await kiosk.start()
  await deliver(clientRefs)
})

/** The screen says so, the log says how many filings wait, and nothing has been made or renewed. */
async function isLocked(before: Buffer, keyFiles: readonly string[]): Promise<void> {
  ;(await kiosk.page(isOut('keys'))).close()
  const said = kiosk.events().find(({ event }) => event === 'out-of-service')
  expect(said?.['message']).toContain(`${FILINGS} undelivered filings wait for it`)
  expect(said?.['message']).toContain('kiosk store recover --key FILE')
  expect(await readdir(kioskFiles(kiosk.dataDir).keys)).toEqual(keyFiles)
  expect((await readFile(join(kiosk.storeDir, 'kiosk.sqlite'))).equals(before)).toBe(true)
}

it('X1 the key is gone: locked, until the recovery key opens everything again', async () => {
  const clientRefs = await stopWithFilings()
  const { keys } = kioskFiles(kiosk.dataDir)
  await rm(join(keys, 'kiosk.key'))
  const before = await readFile(join(kiosk.storeDir, 'kiosk.sqlite'))
  await kiosk.start()
  await isLocked(before, [])

  // The technician comes with the key on a stick; the kiosk stands there and says what is wrong.
  const stick = join(kiosk.dataDir, '..', 'province.pem')
  await writeFile(stick, province.privateKey)
  const args = ['store', 'recover', '--key', stick, '--data-dir', kiosk.dataDir]
  expect(await runCli(args)).toMatchObject({ code: 0, complaints: [] })
  ;(await kiosk.page(isOn('attract'))).close()
  await deliver(clientRefs)
})

it('X1 the TPM that keeps the key is not there: locked, and open again when it is back', async () => {
  const tpm = await fakeTpm()
  const clientRefs = await stopWithFilings(tpm.env)
  const { keys } = kioskFiles(kiosk.dataDir)
  expect(await readdir(keys)).toEqual(['kiosk.tpm'])
  const before = await readFile(join(kiosk.storeDir, 'kiosk.sqlite'))
  await tpm.remove()
  await kiosk.start(tpm.env)
  await isLocked(before, ['kiosk.tpm'])

  await tpm.putBack()
  ;(await kiosk.page(isOn('attract'))).close()
  await deliver(clientRefs)
})

/** Stands in for systemd's program over a TPM that can be taken away. */
async function fakeTpm() {
  const dir = join(kiosk.dataDir, '..', 'tpm')
  const chip = join(dir, 'chip')
  await mkdir(dir)
  await writeFile(chip, '')
  const program = `#!/bin/sh
[ -e '${chip}' ] || exit 3
case "$1" in
  encrypt) exec base64 ;;
  decrypt) exec base64 -d ;;
esac
`
  await writeFile(join(dir, 'systemd-creds'), program, { mode: 0o755 })
  return {
    env: { PATH: `${dir}:${process.env['PATH'] ?? ''}` },
    remove: () => rm(chip),
    putBack: () => writeFile(chip, ''),
  }
}

it.each(['basic_text', 'unknown'])(
  'X1 the keyring that keeps the key has become %s: locked, and no other key is made',
  async (backend) => {
    const electron = createSafeStorage(() => true)
    const ask = createKeyring(electron.safeStorage, 'linux')
    const { keyring, hear } = createShellKeyring((message) => {
      if (message.type !== 'keyring') return
      void ask(message.question).then((answer) => hear(message.id, answer))
    }, systemTimers)
    const vaults = [safeStorageVault(keyring), keyFileVault]
    const files = kioskFiles(kiosk.dataDir)
    const options = { training: false, kioskId: 'KM7', nowMs: 0, log: () => {}, vaults }
    const open = () => openKioskStore({ ...options, files, recoveryKeyPem: undefined })

    const { store, keys } = must(await open())
    await fileInvented(store, createSealedFiles(files.store, keys), keys, 1)
    store.close()
    electron.keyring.backend = backend
    expect(await open()).toMatchObject({
      ok: false,
      error: {
        reason: 'keys',
        message: expect.stringContaining(`(${backend}): bring it back, or bring the recovery key`),
      },
    })
    expect(await readdir(files.keys)).toEqual(['kiosk.keyring'])

    electron.keyring.backend = 'gnome_libsecret'
    must(await open()).store.close()
  },
)
