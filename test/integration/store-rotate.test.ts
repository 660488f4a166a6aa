import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKioskStore } from '../../electron/open-store.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import { keyFileVault, openKeyRing } from '../../electron/store/index.ts'
import { fileInvented, inventedRef, must, openBodies } from '../../electron/store/testing.ts'
import { runCli } from '../fixtures/run-cli.ts'

/** A key that is replaced when staff leave: the built command on a kiosk's data. */

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kiosk-rotate-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const open = async () =>
  must(
    await openKioskStore({
      files: kioskFiles(dataDir),
      training: false,
      recoveryKeyPem: undefined,
      kioskId: 'KM7',
      nowMs: Date.now(),
      log: () => {},
      vaults: [keyFileVault],
    }),
  )

/** A kiosk with two filings, which does not run; the id of its key. */
async function kioskWithTwo(): Promise<string> {
  const { store, files, keys } = await open()
  for (const seq of [1, 2]) await fileInvented(store, files, keys, seq)
  store.close()
  return keys.kekId
}

const rotate = (...more: string[]) => runCli(['store', 'rotate', '--data-dir', dataDir, ...more])
const keyFiles = () => readdir(kioskFiles(dataDir).keys)
const refused = (code: number, line: string) => ({
  code,
  stdout: '',
  complaints: [expect.stringContaining(line)],
})

describe('store rotate', () => {
  test('puts everything under a new key, however young the old one is, and destroys that', async () => {
    const before = await kioskWithTwo()
    expect(await rotate()).toEqual({
      code: 0,
      // Each filing has its row and its envelope.
      stdout: 'new key in key-file; 4 data keys are under it\n',
      complaints: [],
    })
    expect(await keyFiles()).toEqual(['kiosk-2.key'])
    const { store, keys } = await open()
    expect(keys.kekIds).toHaveLength(1)
    expect(keys.kekId).not.toBe(before)
    expect(Object.values(openBodies(store, keys))).toEqual(['invented body 1', 'invented body 2'])
    store.close()
    expect(await rotate('--json')).toEqual({
      code: 0,
      stdout: '{"rewrapped":4,"unreadable":0,"keptBy":"key-file"}\n',
      complaints: [],
    })
    expect(await keyFiles()).toEqual(['kiosk-3.key'])
  })

  test('ends a rotation that was cut short, and replaces the key nevertheless', async () => {
    await kioskWithTwo()
    const { keys: dir, store: storeDir } = kioskFiles(dataDir)
    const options = { dir, storeDir, candidates: [keyFileVault], training: false }
    must(await must(await openKeyRing(options)).renew())
    expect((await keyFiles()).sort()).toEqual(['kiosk-2.key', 'kiosk.key'])
    expect(await rotate()).toMatchObject({ code: 0 })
    expect(await keyFiles()).toEqual(['kiosk-3.key'])
  })

  test('does nothing while a kiosk runs', async () => {
    await kioskWithTwo()
    const { store } = await open()
    expect(await rotate()).toEqual(refused(2, `another kiosk runs on`))
    expect(await keyFiles()).toEqual(['kiosk.key'])
    store.close()
  })

  test('keeps the key that an envelope may need which does not open', async () => {
    await kioskWithTwo()
    const folder = join(kioskFiles(dataDir).store, 'outbox', inventedRef(3))
    await mkdir(folder)
    await writeFile(join(folder, 'envelope.bin'), 'spoilt')
    expect(await rotate('--json')).toEqual({
      code: 1,
      stdout: '',
      complaints: [
        'alarm: envelope-unreadable',
        expect.stringMatching(
          /^the key was not replaced: 1 filings do not open.*then do it again$/,
        ),
      ],
    })
    expect(await keyFiles()).toEqual(['kiosk.key'])
    await rm(folder, { recursive: true })
    expect(await rotate()).toMatchObject({ code: 0 })
  })

  test('makes no kiosk where there is none', async () => {
    expect(await rotate()).toEqual(refused(2, 'no kiosk data'))
    expect(await readdir(dataDir)).toEqual([])
    await expect(stat(kioskFiles(dataDir).keys)).rejects.toThrow('ENOENT')
  })
})
