import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CHECKED_PACK, checkPack } from '../../electron/catalogue/checked-pack.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const main = join(root, 'dist/electron/main.mjs')
const preload = join(root, 'dist/electron/preload.cjs')

beforeAll(() => {
  for (const file of [main, preload, join(root, 'dist/renderer/index.html')]) {
    if (!existsSync(file)) throw new Error(`${file} is not built: run \`npx vite build --app\``)
  }
})

test('the built-in procedures lie beside the programs as the sources have them', async () => {
  const built = await readFile(join(root, 'dist/electron', CHECKED_PACK), 'utf8')
  expect(built).toBe(await checkPack(join(root, 'resources/procedures')))
})

describe('the built main program in plain Node', () => {
  let home = ''
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'electron-bundles-'))
  })
  afterEach(() => rm(home, { recursive: true }))

  const reportSchema = z.object({
    exit: z.number(),
    dataDir: z.string(),
    page: z.string(),
    visible: z.boolean(),
    core: z.array(z.object({ message: z.unknown(), ports: z.number() })),
    steps: z.array(z.string()),
  })

  async function boot(switches: readonly string[], env: Record<string, string> = {}) {
    const driver = join(root, 'test/fixtures/boot-electron-main.ts')
    const { promise, resolve, reject } = Promise.withResolvers<string[]>()
    execFile(
      process.execPath,
      [driver, main, ...switches],
      { env: { ...process.env, XDG_DATA_HOME: home, ...env }, timeout: 30_000 },
      (error, stdout, stderr) => (error ? reject(error) : resolve([stdout, stderr])),
    )
    const [stdout = '', stderr = ''] = await promise
    return { ...reportSchema.parse(JSON.parse(stdout)), stderr }
  }

  test('boots: prepared before ready, then window, core, port, and an orderly end', async () => {
    const report = await boot([])
    expect(report.steps).toEqual([
      'enableSandbox',
      'switch disable-pinch',
      'switch overscroll-history-navigation=0',
      'setPath userData',
      'requestSingleInstanceLock',
      'scheme kiosk',
      'ready',
      'menu null',
      'power prevent-display-sleep',
      'BrowserWindow',
      'fork core',
    ])
    expect(report).toMatchObject({ exit: 0, page: 'kiosk://app/index.html', visible: true })
    const dataDir = join(home, 'mot-cua-kiosk')
    expect(report.core).toEqual([
      {
        message: {
          type: 'start',
          options: { dataDir, training: false, worldFile: null, serve: { kind: 'ports' } },
        },
        ports: 0,
      },
      { message: { type: 'port' }, ports: 1 },
      { message: { type: 'stop' }, ports: 0 },
    ])
    expect(report.stderr).toBe('shell: a port from a sender that is not the page was refused\n')
    expect(report.dataDir).toBe(join(dataDir, 'electron'))
    for (const dir of [dataDir, report.dataDir]) {
      expect((await stat(dir)).mode & 0o077).toBe(0)
    }
  })

  test('does not start with a switch that would open it up', async () => {
    const report = await boot(['--remote-debugging-port=9222'])
    expect(report).toMatchObject({ exit: 2, steps: [] })
    expect(report.stderr).toBe('kiosk: --remote-debugging-port is not a switch of this kiosk\n')
    expect(existsSync(join(home, 'mot-cua-kiosk'))).toBe(false)
  })

  test('leaves the place to the kiosk that runs already', async () => {
    const report = await boot([], { TEST_OTHER_INSTANCE: 'yes' })
    expect(report).toMatchObject({ exit: 0, stderr: '' })
    expect(report.steps.at(-1)).toBe('requestSingleInstanceLock')
  })

  test('needs nothing but Electron and Node', async () => {
    const source = await readFile(main, 'utf8')
    const imported = [...source.matchAll(/^import .* from "(.+)";$/gm)].map(([, name]) => name)
    expect(imported).toContain('electron')
    expect(imported.filter((name) => name !== 'electron' && !name?.startsWith('node:'))).toEqual([])
    expect(source).not.toMatch(/\brequire\(|\bimport\(|openExternal|openPath/)
  })
})

describe('the built preload', () => {
  /** Runs it in a world of its own, as the sandbox does. */
  async function load() {
    const required = new Array<string>()
    const used = new Array<string>()
    const posted = new Array<unknown[]>()
    const listeners = new Set<(message: unknown) => void>()
    const electron = {
      ipcRenderer: { postMessage: (...args: unknown[]) => posted.push(args) },
    }
    const page = {
      addEventListener: (_type: string, listener: (message: unknown) => void) =>
        listeners.add(listener),
      removeEventListener: (_type: string, listener: (message: unknown) => void) =>
        listeners.delete(listener),
    }
    const world: Record<string, unknown> = {
      window: page,
      module: { exports: {} },
      exports: {},
      require(name: string) {
        required.push(name)
        if (name !== 'electron') throw new Error(`a sandboxed preload has no ${name}`)
        return new Proxy(electron, {
          get(target, key) {
            used.push(String(key))
            return Reflect.get(target, key)
          },
        })
      },
    }
    const before = Object.keys(world)
    runInContext(await readFile(preload, 'utf8'), createContext(world))
    const exposed = [...Object.keys(page).slice(2), ...Object.keys(world.module ?? {}).slice(1)]
    const port = { name: 'port' }
    const message = {
      source: page,
      origin: 'kiosk://app',
      data: { type: 'kiosk-port' },
      ports: [port],
    }
    const receive = (change: object) => {
      for (const listener of listeners) listener({ ...message, ...change })
    }
    return { required, used, posted, listeners, receive, port, before, world, exposed }
  }

  test('is one file that requires only `electron` and uses only `ipcRenderer`', async () => {
    const { required, used, receive } = await load()
    receive({})
    expect(required).toEqual(['electron'])
    expect(new Set(used)).toEqual(new Set(['ipcRenderer']))
  })

  test('exposes nothing', async () => {
    const { world, exposed } = await load()
    expect(exposed).toEqual([])
    expect(world.exports).toEqual({})
  })

  test('passes one port on, once per document', async () => {
    const { receive, posted, port, listeners } = await load()
    receive({})
    receive({})
    expect(posted).toEqual([['kiosk-port', null, [port]]])
    expect(listeners.size).toBe(0)
  })

  test.each([
    ['another window', { source: {} }],
    ['no window', { source: null }],
    ['another origin', { origin: 'https://evil' }],
    ['no origin', { origin: 'null' }],
    ['no port', { ports: [] }],
    ['two ports', { ports: [{}, {}] }],
    ['another message', { data: { type: 'other' } }],
    ['more than the message', { data: { type: 'kiosk-port', channel: 'x' } }],
    ['text', { data: 'kiosk-port' }],
    ['nothing', { data: null }],
  ])('passes nothing on from %s, and goes on listening', async (_name, change) => {
    const { receive, posted } = await load()
    receive(change)
    expect(posted).toEqual([])
    receive({})
    expect(posted).toHaveLength(1)
  })
})

test('the real `electron` package was not loaded by any of this', () => {
  const require = createRequire(import.meta.url)
  const real = dirname(require.resolve('electron/package.json'))
  expect(Object.keys(require.cache).filter((file) => file.startsWith(real))).toEqual([])
})
