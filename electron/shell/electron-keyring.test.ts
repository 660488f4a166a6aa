import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSafeStorage } from '../../test/fakes/electron-keyring.ts'
import { createChild } from '../../test/fakes/electron-processes.ts'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { kioskVaults, openKioskStore } from '../open-store.ts'
import { kioskFiles } from '../settings/index.ts'
import { createSealedFiles, type SafeStoragePort } from '../store/index.ts'
import { fileInvented, must } from '../store/testing.ts'
import { LINK_TIMES } from './core-link.ts'
import { connectToShell } from './core-side.ts'
import { createKeyring } from './electron-keyring.ts'
import { superviseCore } from './supervise.ts'

/**
 * The kiosk's key in the login's keyring: Electron's `safeStorage` in main, the link, the core's
 * vault and ring, in one line. Only the keyring itself and the process between are played.
 */

let dir = ''
let electron: ReturnType<typeof createSafeStorage>
let path: string | undefined
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-keyring-'))
  electron = createSafeStorage(() => true)
  // A machine without a TPM.
  path = process.env['PATH']
  process.env['PATH'] = dir
})
afterEach(async () => {
  process.env['PATH'] = path
  await rm(dir, { recursive: true })
})

/** The core's end of a link to a shell that answers for this keyring. */
function link(platform: NodeJS.Platform = 'linux') {
  const timers = createManualTimers()
  const child = createChild('core.mjs', [], { serviceName: 'core', stdio: [] })
  const said: string[] = []
  superviseCore({
    launch: () => ({
      send: (message, ports) => child.postMessage(message, ports),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.on('exit', listener),
      kill: () => child.kill(),
    }),
    options: () => ({
      dataDir: dir,
      training: false,
      worldFile: null,
      serve: { kind: 'ports' },
    }),
    timers,
    keyring: createKeyring(electron.safeStorage, platform),
    onReady() {},
    onGone() {},
    onGiveUp() {},
    log: (line) => said.push(line),
  })
  const side = connectToShell({ parentPort: child.parentPort, on: () => {} }, timers)
  side.onMessage(() => {})
  return { keyring: side.keyring, timers, child, said }
}

type Start = { readonly keyring?: SafeStoragePort | null; readonly training?: boolean }

/** A start of the core, as far as its store. */
async function start({ keyring = link().keyring, training = false }: Start = {}) {
  const log: string[] = []
  const opened = await openKioskStore({
    files: kioskFiles(dir),
    training,
    recoveryKeyPem: undefined,
    kioskId: 'KM4',
    nowMs: Date.now(),
    log: (event) => void log.push(event),
    vaults: kioskVaults(training, keyring),
  })
  return { opened, log }
}

/** A kiosk in Electron that has kept a filing and was stopped. */
async function kioskWithFiling(): Promise<string> {
  const { store, keys } = must((await start()).opened)
  await fileInvented(store, createSealedFiles(kioskFiles(dir).store, keys), keys, 1)
  store.close()
  return keys.kekId
}

const keyFiles = () => readdir(kioskFiles(dir).keys)

describe('a kiosk in Electron without a TPM', () => {
  test('keeps its key in the keyring, and nowhere in the clear', async () => {
    const kekId = await kioskWithFiling()
    expect(await keyFiles()).toEqual(['kiosk.keyring'])
    const kept = await readFile(join(kioskFiles(dir).keys, 'kiosk.keyring'))
    const { result } = await electron.safeStorage.decryptStringAsync(kept)
    expect(kept.includes(Buffer.from(result, 'base64'))).toBe(false)
    const again = must((await start()).opened)
    expect([again.keys.name, again.keys.kekId]).toEqual(['safe-storage', kekId])
    again.store.close()
  })

  test.each(['basic_text', 'unknown', 'absent'])(
    'keeps it in a file where the keyring is %s',
    async (state) => {
      if (state === 'absent') electron.keyring.unlocked = false
      else electron.keyring.backend = state
      const { store, keys } = must((await start()).opened)
      expect(keys.name).toBe('key-file')
      store.close()
    },
  )

  test('asks no keyring in a rehearsal', async () => {
    electron.keyring.prompts = true
    const { store, keys } = must((await start({ training: true })).opened)
    expect(keys.name).toBe('key-file')
    store.close()
  })
})

describe('a kiosk whose keyring has changed', () => {
  test.each<[string, () => void, string]>([
    ['basic_text', () => (electron.keyring.backend = 'basic_text'), '(basic_text)'],
    ['unknown', () => (electron.keyring.backend = 'unknown'), '(unknown)'],
    ['locked', () => (electron.keyring.unlocked = false), '(absent)'],
    ['another one', () => electron.keyring.reset(), 'key not opened (safe-storage)'],
  ])('is locked, makes no other key, and says what waits: %s', async (_how, change, words) => {
    await kioskWithFiling()
    change()
    const { opened } = await start()
    expect(opened).toMatchObject({ ok: false, error: { reason: 'keys' } })
    const message = opened.ok ? '' : opened.error.message
    expect(message).toContain(words)
    expect(message).toContain('1 undelivered filings wait for it')
    expect(await keyFiles()).toEqual(['kiosk.keyring'])
  })

  test('is locked in the browser host, which has no keyring', async () => {
    await kioskWithFiling()
    const { opened } = await start({ keyring: null })
    expect(opened).toMatchObject({ ok: false, error: { reason: 'keys' } })
  })

  test('opens again when its keyring is back', async () => {
    await kioskWithFiling()
    electron.keyring.unlocked = false
    expect((await start()).opened.ok).toBe(false)
    electron.keyring.unlocked = true
    must((await start()).opened).store.close()
  })

  test('gets a new key where the keyring has a newer one of its own', async () => {
    const before = await kioskWithFiling()
    electron.keyring.renew()
    const { opened, log } = await start()
    const { store, keys } = must(opened)
    expect(log).toContain('keys-rotated')
    expect(keys.kekIds).not.toContain(before)
    expect(await keyFiles()).toEqual(['kiosk-2.keyring'])
    store.close()
    const next = await start()
    must(next.opened).store.close()
    expect(next.log).not.toContain('keys-rotated')
  })
})

describe('the core’s question', () => {
  test('is given up where the keyring waits for somebody’s password', async () => {
    electron.keyring.prompts = true
    const { keyring, timers } = link()
    const state = keyring?.available()
    timers.advance(LINK_TIMES.KEYRING_MS)
    expect(await state).toBe('absent')
  })

  test('about the backend is put on Linux alone', async () => {
    electron.keyring.backend = 'basic_text'
    expect(await link('win32').keyring?.available()).toBe('ok')
    expect(await link('linux').keyring?.available()).toBe('basic_text')
  })

  test('that fails tells nothing of why', async () => {
    const { keyring, said } = link()
    await expect(keyring?.decrypt(Buffer.alloc(40))).rejects.toThrow('the keyring did not open')
    electron.keyring.unlocked = false
    await expect(keyring?.encrypt('secret')).rejects.toThrow('the keyring did not seal')
    expect(said).toEqual([])
  })

  test('is refused where it is none', async () => {
    const { child, said } = link()
    child.say({ type: 'keyring', id: 1, question: { kind: 'encrypt', text: 'x'.repeat(2000) } })
    child.say({ type: 'keyring', id: 2, question: { kind: 'export' } })
    expect(said).toEqual(Array(2).fill('core: a message that the shell does not know'))
    expect(child.inbox.map(({ message }) => Object(message).type)).toEqual(['start'])
  })
})
