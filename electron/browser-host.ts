import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBrowser } from './shell/browser.ts'
import { launchNodeChild } from './shell/node-launcher.ts'
import { superviseCore } from './shell/supervise.ts'
import { systemTimers } from './timers.ts'
import { readWorldFile } from './shell/world.ts'
import { defaultDataDir, ensureDataDir, kioskFiles, wantsMicrophone } from './settings/index.ts'

/**
 * The shell for sites without Electron: starts the core, which serves page and calls on one
 * loopback port, opens Chromium on it, and restarts either. Port and token stay the same over a
 * core's death, so the page finds its way back by itself.
 */
const USAGE =
  'usage: browser-host [--training] [--headless] [--data-dir DIR] [--port N]  (all optional)'

function readOptions() {
  const { values } = parseArgs({
    options: {
      training: { type: 'boolean', default: false },
      headless: { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  })
  const port = values.port === '' ? Number.NaN : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('--port takes a number from 0 to 65535')
  }
  if (values['data-dir'] === '') throw new Error('--data-dir takes a folder')
  return {
    training: values.training,
    headless: values.headless,
    dataDir: resolve(values['data-dir'] ?? defaultDataDir(values.training)),
    port,
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function main(): Promise<void> {
  let options: ReturnType<typeof readOptions>
  try {
    options = readOptions()
  } catch (error) {
    // Node goes on about how to type a dash; its first sentence says what is wrong.
    const message = error instanceof Error ? error.message.split(/\. |\.?\n/)[0] : 'bad arguments'
    say(`${message}; ${USAGE}`)
    process.exitCode = 2
    return
  }
  // Everything that this process and its children create is the owner's alone.
  process.umask(0o077)
  try {
    ensureDataDir(options.dataDir)
  } catch (error) {
    say(`${error instanceof Error ? error.message : 'no data folder'}; choose another --data-dir`)
    process.exitCode = 2
    return
  }
  const here = fileURLToPath(new URL('.', import.meta.url))
  const token = randomBytes(32).toString('hex')

  let worldFile: string | null = null
  let world: ReturnType<typeof fork> | null = null
  if (options.training) {
    world = fork(join(here, 'world.mjs'), ['--data-dir', options.dataDir], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const found = world.stdout === null ? null : await readWorldFile(world.stdout)
    if (!found?.ok) {
      say('training: the invented world did not start')
      process.exitCode = 1
      return
    }
    worldFile = found.value
  }

  // In training there is no profile, and nobody dictates.
  const microphone =
    !options.training && (await wantsMicrophone(kioskFiles(options.dataDir).profile))
  let port = options.port
  let browser: { close(): void } | null = null
  let shown = false

  const core = superviseCore({
    launch: () => launchNodeChild(join(here, 'core.mjs')),
    options: () => ({
      dataDir: options.dataDir,
      training: options.training,
      worldFile,
      serve: { kind: 'loopback', port, pageDir: join(here, '../renderer'), token },
    }),
    timers: systemTimers,
    onReady(address) {
      if (address === null || shown) return
      shown = true
      port = Number(new URL(address).port)
      const url = `${address}/#${token}`
      if (!options.headless) {
        browser = openBrowser({
          url,
          dataDir: options.dataDir,
          training: options.training,
          microphone,
          say,
        })
      }
      if (browser === null) process.stdout.write(`Một Cửa Kiosk: ${url}\n`)
    },
    onGone() {},
    // The page itself says "out of service" when its core stays away.
    onGiveUp: () => say('core: restarts do not help; see the lines above'),
    log: say,
  })

  let leaving = false
  const leave = () => {
    if (leaving) return
    leaving = true
    browser?.close()
    void core.stop().then(() => {
      world?.kill()
      process.exit(0)
    })
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
}

await main()
