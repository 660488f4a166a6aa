import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { kioskSchemas, openKioskStore } from '../../electron/open-store.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import {
  createSealedFiles,
  keyFileVault,
  openKeyFile,
  openStore,
} from '../../electron/store/index.ts'
import { fileInvented, must, openBodies } from '../../electron/store/testing.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { runCli } from '../fixtures/run-cli.ts'

/** The way out of the locked mode, as a technician takes it: the built command on a kiosk's data. */

const province = generateKeyPairSync('x25519')
const pem = (key: KeyObject) =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()

let root = ''
let dataDir = ''
let kiosks = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-recover-'))
  await writeFile(join(root, 'province.pem'), pem(province.privateKey))
})
afterAll(() => rm(root, { recursive: true, force: true }))
beforeEach(() => {
  kiosks += 1
  dataDir = join(root, `kiosk-${kiosks}`)
})

async function open(recoveryKeyPem?: string) {
  return must(
    await openKioskStore({
      files: kioskFiles(dataDir),
      training: false,
      recoveryKeyPem,
      kioskId: 'KM7',
      nowMs: Date.now(),
      log: () => {},
      vaults: [keyFileVault],
    }),
  )
}

/** A kiosk that has kept so many filings, `first` of them before its profile named the province. */
async function kioskWith(filings: number, first = 0): Promise<void> {
  await putProfile(dataDir, realProfile({ recoveryKey: pem(province.publicKey) }))
  for (let seq = 1; seq <= filings; seq += 1) {
    const { store, keys } = await open(seq > first ? pem(province.publicKey) : undefined)
    await fileInvented(store, createSealedFiles(kioskFiles(dataDir).store, keys), keys, seq)
    store.close()
  }
}

const loseKey = () => rm(kioskFiles(dataDir).keys, { recursive: true })
const recover = (...more: string[]) =>
  runCli(['store', 'recover', '--key', join(root, 'province.pem'), '--data-dir', dataDir, ...more])

/** Nothing on stdout, one line on stderr. */
const complaint = (line: string) => ({
  code: 2,
  stdout: '',
  complaints: [expect.stringContaining(line)],
})

describe('a kiosk that lost its key', () => {
  test('opens all of its filings again', async () => {
    await kioskWith(3)
    await loseKey()
    expect(await recover()).toEqual({
      code: 0,
      stdout: '3 filings open again, 0 do not; new key in key-file\n',
      complaints: [],
    })
    const { store, keys } = await open()
    expect(Object.values(openBodies(store, keys))).toEqual([
      'invented body 1',
      'invented body 2',
      'invented body 3',
    ])
    store.close()
  })

  test('says it in JSON', async () => {
    await kioskWith(1)
    await loseKey()
    expect(await recover('--json')).toEqual({
      code: 0,
      stdout: '{"recovered":1,"unreadable":0,"keptBy":"key-file"}\n',
      complaints: [],
    })
  })

  test('opens what it can, and tells of the rest', async () => {
    await kioskWith(3, 2)
    await loseKey()
    expect(await recover()).toEqual({
      code: 1,
      stdout: '1 filings open again, 2 do not; new key in key-file\n',
      complaints: [],
    })
  })

  test('keeps nothing of the private key', async () => {
    await kioskWith(1)
    await loseKey()
    expect((await recover()).code).toBe(0)
    const der = province.privateKey.export({ type: 'pkcs8', format: 'der' })
    const secret = der.subarray(-32)
    const base64 = der.toString('base64')
    const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    for (const { parentPath, name } of files) {
      const bytes = await readFile(join(parentPath, name))
      expect([name, bytes.includes(secret), bytes.includes(base64)]).toEqual([name, false, false])
    }
    expect(files.length).toBeGreaterThan(3)
  })
})

describe('nothing is touched', () => {
  test('by the key of another province', async () => {
    await kioskWith(2)
    await loseKey()
    const other = join(root, 'other.pem')
    await writeFile(other, pem(generateKeyPairSync('x25519').privateKey))
    expect(await runCli(['store', 'recover', '--key', other, '--data-dir', dataDir])).toEqual(
      complaint('this key opens none of the 2 filings'),
    )
    expect(await readdir(kioskFiles(dataDir).keys)).toEqual([])
  })

  test('while a kiosk runs', async () => {
    await kioskWith(1)
    const { store } = await open()
    await loseKey()
    expect(await recover()).toEqual(complaint('another kiosk runs'))
    store.close()
  })

  test('where the kiosk’s own key opens everything', async () => {
    await kioskWith(1)
    expect(await recover()).toMatchObject({
      code: 1,
      stdout: '',
      complaints: [expect.stringContaining('nothing to recover')],
    })
    expect(await readdir(kioskFiles(dataDir).keys)).toEqual(['kiosk.key'])
  })

  test('where the store is of a later version', async () => {
    await kioskWith(1)
    await loseKey()
    const keys = must(await openKeyFile(join(root, 'any-keys')))
    const later = [...kioskSchemas, 'CREATE TABLE later (n INTEGER) STRICT']
    const opened = await openStore({
      dir: kioskFiles(dataDir).store,
      keys,
      schemas: later,
      forRecovery: { release() {} },
    })
    must(opened).close()
    expect(await recover()).toEqual(complaint('store of a newer kiosk'))
  })

  test.runIf(process.getuid?.() === 0)('by somebody who is not the owner', async () => {
    await kioskWith(1)
    await loseKey()
    await chown(kioskFiles(dataDir).store, 12_345, 12_345)
    expect(await recover()).toEqual(complaint("run this as user 12345 (sudo -u '#12345')"))
  })

  test.each<[string, string, string | Buffer]>([
    ['is a public key', 'is no X25519 private key', pem(province.publicKey)],
    ['is another kind of key', 'is no X25519', pem(generateKeyPairSync('ed25519').privateKey)],
    ['is none', 'is no X25519 private key in PEM', 'hello'],
    ['is empty', 'is no X25519 private key in PEM', ''],
    ['is far too long', 'no key can be read', Buffer.alloc(100_000)],
  ])('where the file %s', async (_name, line, contents) => {
    await mkdir(kioskFiles(dataDir).store, { recursive: true })
    const file = join(root, `given-${kiosks}.pem`)
    await writeFile(file, contents)
    expect(await runCli(['store', 'recover', '--key', file, '--data-dir', dataDir])).toEqual(
      complaint(line),
    )
    expect(await readdir(dataDir)).toEqual(['store'])
  })

  test.each<[string, readonly string[], string]>([
    ['no key is named', [], 'usage: kiosk store recover --key FILE'],
    ['the file is not there', ['--key', 'nowhere.pem'], 'no key can be read from nowhere.pem'],
    ['a folder is given', ['--key', '.'], 'no key can be read'],
    ['the name is empty', ['--key='], '--key takes a file'],
    ['there is more', ['--key', 'a', 'b'], 'usage: kiosk store recover'],
  ])('where %s', async (_name, args, line) => {
    await mkdir(kioskFiles(dataDir).store, { recursive: true })
    expect(await runCli(['store', 'recover', ...args, '--data-dir', dataDir])).toEqual(
      complaint(line),
    )
  })

  test('where there is no kiosk', async () => {
    expect(await recover()).toEqual(complaint('no kiosk data'))
    expect(await readdir(root)).not.toContain(`kiosk-${kiosks}`)
  })

  test('by a key that is given to another command', async () => {
    expect(await runCli(['outbox', 'list', '--key', 'a', '--data-dir', dataDir])).toEqual(
      complaint('--key belongs to form sign, language sign, store recover'),
    )
  })
})
