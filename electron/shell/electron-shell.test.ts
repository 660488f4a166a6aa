import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createElectron } from '../../test/fakes/electron.ts'
import { createChannel } from '../../test/fakes/electron-processes.ts'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { readArguments } from './argv.ts'
import { LINK_TIMES } from './core-link.ts'
import { prepareApp } from './electron-app.ts'
import { runShell } from './electron-shell.ts'
import { PAGE_URL } from './navigation.ts'
import { OUT_OF_SERVICE_URL } from './out-of-service.ts'
import { RECOVERY_LIMITS } from './recovery.ts'
import { RESTART_LIMITS } from './restart.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'electron-shell-'))
  await mkdir(join(dir, 'dist', 'renderer'), { recursive: true })
  await mkdir(join(dir, 'data'))
  await writeFile(join(dir, 'dist', 'renderer', 'index.html'), '<!doctype html>')
})
afterEach(() => rm(dir, { recursive: true }))

/** A shell that runs on the stand-in; the page has loaded. */
async function running(...switches: readonly string[]) {
  const { electron, control } = createElectron()
  const clock = createManualTimers()
  const log = new Array<string>()
  const args = readArguments(['/kiosk', ...switches], true)
  if (!args.ok) throw new Error(args.error)
  const dataDir = join(dir, 'data')
  prepareApp(electron, dataDir, args.value, () => false)
  await control.becomeReady()
  const started = runShell(electron, {
    args: args.value,
    dataDir,
    programs: join(dir, 'dist', 'electron'),
    microphone: false,
    timers: clock,
    log: (line) => log.push(line),
  })
  const page = () => {
    const window = control.windows.at(-1)
    if (window === undefined) throw new Error('no window')
    return window.webContents
  }
  const core = () => {
    const child = control.children.findLast(({ serviceName }) => serviceName === 'core')
    if (child === undefined) throw new Error('no core')
    return child
  }
  await page().next('did-finish-load')
  return { control, clock, log, started, page, core, dataDir }
}

const READY = { type: 'ready', address: null }

test('the boot sequence', async () => {
  const { control, dataDir, core } = await running()
  expect(control.steps.slice(control.steps.indexOf('ready'))).toEqual([
    'ready',
    'menu null',
    'power prevent-display-sleep',
    'BrowserWindow',
    'fork core',
  ])
  const [window] = control.windows
  expect(window?.visible).toBe(true)
  expect(window?.level).toBe('screen-saver')
  expect(window?.webContents.url).toBe(PAGE_URL)
  expect(core().file).toBe(join(dir, 'dist', 'electron', 'core.mjs'))
  expect(core().inbox.map(({ message }) => message)).toEqual([
    {
      type: 'start',
      options: { dataDir, training: false, worldFile: null, serve: { kind: 'ports' } },
    },
  ])
})

describe('training', () => {
  test('starts the invented world first and tells the core where it is', async () => {
    const { control, started, core, dataDir } = await running('--training')
    const [world] = control.children
    expect(world).toMatchObject({ serviceName: 'training world', args: ['--data-dir', dataDir] })
    expect(control.children).toHaveLength(1)
    world?.stdout?.write('{"type":"world","file":"/data/world.json"}\n')
    await started
    expect(core().inbox[0]?.message).toMatchObject({
      options: { training: true, worldFile: '/data/world.json' },
    })
  })

  test('ends with one line when the world does not start', async () => {
    const { control, log } = await running('--training')
    control.children[0]?.exit(1)
    expect(await control.exited).toBe(1)
    expect(log).toEqual(['training: the invented world did not start'])
  })
})

describe('the core', () => {
  test('gets the page’s port and, after a death, a fresh page with a fresh port', async () => {
    const { control, clock, page, core } = await running()
    const first = core()
    first.say(READY)
    const { port1, port2 } = createChannel()
    control.pagePosts(page().mainFrame, [port1])
    expect(first.inbox.at(-1)).toEqual({ message: { type: 'port' }, ports: [port1] })

    const oldFrame = page().mainFrame
    first.exit(139)
    clock.advance(0)
    expect(core()).not.toBe(first)
    const loaded = page().next('did-finish-load')
    core().say(READY)
    await loaded
    expect(page().mainFrame).not.toBe(oldFrame)
    control.pagePosts(page().mainFrame, [port2])
    expect(core().inbox.at(-1)).toEqual({ message: { type: 'port' }, ports: [port2] })
    expect(control.windows).toHaveLength(1)
  })

  test('that is silent is killed', async () => {
    const { clock, core } = await running()
    const silent = core()
    const ended = new Promise((resolve) => silent.on('exit', resolve))
    clock.advance(LINK_TIMES.SILENCE_MS)
    await ended
    clock.advance(0)
    expect(core()).not.toBe(silent)
  })

  test('that keeps dying puts the screen out of service until it is back', async () => {
    const { clock, page, core } = await running()
    for (let death = 1; death <= 5; death += 1) {
      core().exit(1)
      clock.advance(RESTART_LIMITS.OUT_OF_SERVICE_MS)
    }
    expect(page().url).toBe(PAGE_URL)
    const down = page().next('did-finish-load')
    core().exit(1)
    await down
    expect(page().url).toBe(OUT_OF_SERVICE_URL)
    clock.advance(RESTART_LIMITS.OUT_OF_SERVICE_MS)
    const up = page().next('did-finish-load')
    core().say(READY)
    await up
    expect(page().url).toBe(PAGE_URL)
  })
})

describe('the page', () => {
  test('that dies is reloaded, then gets a new window, then a new app', async () => {
    const { control, page } = await running('--training')
    const reloaded = page().next('did-finish-load')
    page().crash('crashed')
    await reloaded
    expect(control.windows).toHaveLength(1)

    page().crash('crashed')
    expect(control.windows).toHaveLength(2)
    expect(control.windows.map(({ destroyed }) => destroyed)).toEqual([true, false])
    await page().next('did-finish-load')

    page().crash('crashed')
    expect(await control.exited).toBe(0)
    expect(control.relaunches).toEqual([['--kiosk-relaunched', '--training']])
  })

  test('that keeps dying after a relaunch is out of service, and tried again a minute later', async () => {
    const { clock, control, page } = await running('--kiosk-relaunched')
    for (const reason of ['crashed', 'oom']) {
      page().crash(reason)
      await page().next('did-finish-load')
    }
    const down = page().next('did-finish-load')
    page().crash('crashed')
    await down
    expect(page().url).toBe(OUT_OF_SERVICE_URL)
    expect(control.relaunches).toEqual([])
    const up = page().next('did-finish-load')
    clock.advance(RECOVERY_LIMITS.WINDOW_MS)
    await up
    expect(page().url).toBe(PAGE_URL)
  })

  test('that hangs for ten seconds is crashed on purpose and reloaded', async () => {
    const { clock, page } = await running()
    page().emit('unresponsive')
    clock.advance(RECOVERY_LIMITS.UNRESPONSIVE_MS - 1)
    expect(page().crashes).toBe(0)
    const reloaded = page().next('did-finish-load')
    clock.advance(1)
    expect(page().crashes).toBe(1)
    await reloaded
  })

  test('that hangs a little is left alone', async () => {
    const { clock, page } = await running()
    page().emit('unresponsive')
    page().emit('responsive')
    clock.advance(RECOVERY_LIMITS.UNRESPONSIVE_MS)
    expect(page().crashes).toBe(0)
  })

  test('whose files are gone is not loaded in a loop', async () => {
    const { control, page, clock } = await running('--kiosk-relaunched')
    await rm(join(dir, 'dist', 'renderer'), { recursive: true })
    page().crash('crashed')
    await page().next('did-fail-load')
    const [, second] = control.windows
    await second?.webContents.next('did-fail-load')
    await page().next('did-finish-load')
    expect(page().url).toBe(OUT_OF_SERVICE_URL)
    expect(control.windows).toHaveLength(2)
    expect(clock.pending()).toBe(2)
  })

  test('closing cleanly is no failure', async () => {
    const { page, log } = await running()
    page().crash('clean-exit')
    page().emit('did-fail-load', {}, -3, 'ERR_ABORTED', PAGE_URL, true)
    page().emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'kiosk://app/x', false)
    expect(log).toEqual([])
  })
})

test('a GPU process that dies three times makes the app start without it', async () => {
  const { control } = await running()
  control.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit' })
  control.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' })
  for (let death = 0; death < 3; death += 1) {
    control.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' })
  }
  expect(control.relaunches).toEqual([['--kiosk-relaunched', '--kiosk-without-gpu']])
})

test('before the shell ends, the core closes its store', async () => {
  const { control, core } = await running()
  core().say(READY)
  expect(control.quit()).toBe(false)
  expect(control.quit()).toBe(false)
  expect(
    core()
      .inbox.map(({ message }) => message)
      .slice(1),
  ).toEqual([{ type: 'stop' }])
  core().exit(0)
  expect(await control.exited).toBe(0)
  expect(control.children).toHaveLength(1)
})
