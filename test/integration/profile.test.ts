import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { kioskFiles } from '../../electron/settings/index.ts'
import { takeLock } from '../../electron/store/lock.ts'
import { startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'

/** What keeps a real kiosk from serving: it says so, on screen and in one line, and waits. */

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-profile-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Ends with its test. Tests that run side by side must each say which they are. */
function open(finished: OnTestFinished, ...args: string[]): KioskProcess {
  const kiosk = startKiosk(['--headless', ...args])
  finished(() => kiosk.close())
  return kiosk
}
type OnTestFinished = (end: () => Promise<void>) => void

interface Trouble {
  readonly name: string
  readonly reason: string
  /** In the line on stderr. */
  readonly says: RegExp
  /** Breaks a kiosk's data; gives the way to mend it. */
  breaks(dataDir: string): Promise<() => unknown>
}

const mendWithProfile = (dataDir: string) => () => putProfile(dataDir, realProfile())

const troubles: readonly Trouble[] = [
  {
    name: 'the profile is missing',
    reason: 'no-profile',
    says: /profile missing: put a profile at .*profile\.json/,
    breaks: (dataDir) => Promise.resolve(mendWithProfile(dataDir)),
  },
  {
    name: 'a field of the profile is wrong',
    reason: 'bad-profile',
    says: /profile invalid at kioskId: one to eight of A-Z and 0-9; mend .*profile\.json/,
    async breaks(dataDir) {
      await putProfile(dataDir, realProfile({ kioskId: 'kiosk in the hall' }))
      return mendWithProfile(dataDir)
    },
  },
  {
    name: 'others may read the key file',
    reason: 'keys',
    says: /key file exposed: others may read it; chmod 600 .*kiosk\*\.key/,
    async breaks(dataDir) {
      await putProfile(dataDir, realProfile())
      const { keys } = kioskFiles(dataDir)
      const key = join(keys, 'kiosk.key')
      await mkdir(keys)
      await writeFile(key, randomBytes(32))
      await chmod(key, 0o644)
      return () => chmod(key, 0o600)
    },
  },
  {
    name: 'another process holds the store',
    reason: 'store',
    says: /store locked: another kiosk runs on .*store; stop it/,
    async breaks(dataDir) {
      await putProfile(dataDir, realProfile())
      const { store } = kioskFiles(dataDir)
      await mkdir(store)
      const lock = await takeLock(store)
      if (!lock.ok) throw new Error(lock.error.code)
      return () => lock.value.release()
    },
  },
]

describe.concurrent('a real kiosk is out of service while', () => {
  test.for(troubles)('$name, and comes back by itself', async (trouble, { onTestFinished }) => {
    const dataDir = await mkdtemp(join(dir, 'data-')).then((folder) => join(folder, 'kiosk'))
    const mend = await trouble.breaks(dataDir)
    const kiosk = open(onTestFinished, '--data-dir', dataDir)
    const url = await kiosk.url
    const page = await openPage(url)
    expect(await page.screen('out-of-service')).toEqual({
      screen: 'out-of-service',
      reason: trouble.reason,
    })
    await expect(page.act({ type: 'start' })).rejects.toThrow('the core ignored start')

    // One line, and the same core: it does not die over it again and again.
    expect(kiosk.said).toEqual([expect.stringMatching(trouble.says)])

    const gone = page.screen('attract').catch(String)
    await mend()
    expect(await gone).toBe('Error: the core went away')
    expect(await kiosk.line(/^core:/)).toBe('core: exited with code 0; restart in 0 ms')
    const again = await vi.waitFor(() => openPage(url), { timeout: 30_000 })
    expect(await again.screen('attract')).toEqual({ screen: 'attract' })
    expect(kiosk.said.filter((line) => line.startsWith('core:'))).toHaveLength(1)
  })

  test('its port is taken: one line says which and what to do, and it goes on trying', async ({
    onTestFinished,
  }) => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const dataDir = await mkdtemp(join(dir, 'port-'))
    await putProfile(dataDir, realProfile())
    const kiosk = open(onTestFinished, '--data-dir', dataDir, '--port', String(port))
    expect(await kiosk.line(/port/)).toBe(
      `core: port-busy: port ${port} is taken: stop the other program, or choose another --port; restart in 0 ms`,
    )
    other.close()
    expect(new URL(await kiosk.url).port).toBe(String(port))
    const page = await openPage(await kiosk.url)
    await page.screen('attract')
    expect(kiosk.said.filter((line) => /^core: (?!port-busy)/.test(line))).toEqual([])
  })
})

test.each<[string, string, RegExp]>([
  ['is cut off in the middle', '{"version":1,"kio', /at the file: not JSON; mend .*profile\.json/],
  [
    'has a secret where none belongs',
    JSON.stringify(realProfile({ kioskId: 'secret no. 4' })),
    /at kioskId: one to eight of A-Z and 0-9; mend .*profile\.json/,
  ],
  [
    'has no key that could sign a receipt',
    JSON.stringify(realProfile({ portal: { url: 'http://127.0.0.1:9', receiptKeys: {} } })),
    /at portal\.receiptKeys: no key that could sign a receipt; mend .*profile\.json/,
  ],
])('a profile that %s is named by its field, never by its contents', async (_what, text, line) => {
  const dataDir = await mkdtemp(join(dir, 'invalid-'))
  await writeFile(kioskFiles(dataDir).profile, text)
  const kiosk = open(onTestFinished, '--data-dir', dataDir)
  const page = await openPage(await kiosk.url)
  expect(await page.screen('out-of-service')).toMatchObject({ reason: 'bad-profile' })
  expect(kiosk.said).toEqual([expect.stringMatching(line)])
  expect(kiosk.said[0]).not.toContain('secret')
})

test('a damaged store is put aside, kept, and the kiosk serves on', async () => {
  const dataDir = await mkdtemp(join(dir, 'damaged-'))
  await putProfile(dataDir, realProfile())
  const { store } = kioskFiles(dataDir)
  await mkdir(store)
  await writeFile(join(store, 'kiosk.sqlite'), 'this was a database once')
  const kiosk = open(onTestFinished, '--data-dir', dataDir)
  const page = await openPage(await kiosk.url)
  await page.screen('attract')
  const kept = (await readdir(store, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  )
  const texts = await Promise.all(
    kept.map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  )
  expect(texts).toContain('this was a database once')
})

test('a damaged catalogue costs the search its imported names, not the kiosk its life', async () => {
  const dataDir = await mkdtemp(join(dir, 'catalogue-'))
  await putProfile(dataDir, realProfile())
  await writeFile(kioskFiles(dataDir).catalogue, 'this was a database once')
  const kiosk = open(onTestFinished, '--data-dir', dataDir)
  const page = await openPage(await kiosk.url)
  const hits = await page.client.citizen.search({ words: 'khai sinh' })
  expect(hits[0]).toMatchObject({ code: '1.001193', fileable: true })
  expect(await kiosk.line(/catalogue/)).toContain('"reason":"SQLITE_NOTADB"')
  expect(kiosk.said.filter((line) => line.startsWith('core:'))).toEqual([])
})

test('a kiosk knows the places of its province, and its own commune first', async () => {
  const dataDir = await mkdtemp(join(dir, 'places-'))
  const commune = { name: 'Xã Đăk Ơ', province: 'TP. Đồng Nai' }
  await putProfile(dataDir, realProfile({ commune }))
  const kiosk = open(onTestFinished, '--data-dir', dataDir)
  const page = await openPage(await kiosk.url)
  const [own] = await page.client.citizen.places({ words: '', province: '75' })
  expect(own).toMatchObject({ code: '25225', name: 'Xã Đăk Ơ' })
  const [first] = await page.client.citizen.provinces()
  expect(first).toEqual({
    code: '75',
    name: 'Thành phố Đồng Nai',
    own: true,
    commune: { code: '25225', name: 'Xã Đăk Ơ' },
  })
  expect(kiosk.said.filter((line) => line.includes('places'))).toEqual([])
})

describe('bad arguments end the shell with 2 and one line', () => {
  test.each<[string[], string]>([
    [['--port', 'http'], '--port takes a number from 0 to 65535; usage: browser-host'],
    [['--port', '70000'], '--port takes a number from 0 to 65535; usage: browser-host'],
    [['--port='], '--port takes a number from 0 to 65535; usage: browser-host'],
    [['--data-dir='], '--data-dir takes a folder; usage: browser-host'],
    [['--kiosk'], "Unknown option '--kiosk'; usage: browser-host"],
    [['now'], "Unexpected argument 'now'"],
    [['--data-dir', '/dev/null/kiosk'], "mkdir '/dev/null/kiosk'; choose another --data-dir"],
  ])('%j', async (args, line) => {
    const kiosk = startKiosk(['--headless', ...args])
    expect(await kiosk.exited).toBe(2)
    expect(kiosk.said).toEqual([expect.stringContaining(line)])
  })
})
