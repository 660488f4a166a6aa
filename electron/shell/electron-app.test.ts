import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as imported from 'electron'
import * as fake from '../../test/fakes/electron.ts'
import { createElectron } from '../../test/fakes/electron.ts'
import { readArguments, type ShellArguments } from './argv.ts'
import { prepareApp, relaunch } from './electron-app.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'electron-app-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

function args(...switches: readonly string[]): ShellArguments {
  const read = readArguments(['/electron', '/app', ...switches], false)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

test('`electron` is the stand-in here, never the package that would download a binary', () => {
  expect(imported.app).toBe(fake.app)
})

test('everything is done before Electron is ready, the sandbox first', async () => {
  const { electron, control } = createElectron()
  expect(prepareApp(electron, dataDir, args(), () => false)).toBe(true)
  expect(control.steps).toEqual([
    'enableSandbox',
    'switch disable-pinch',
    'switch overscroll-history-navigation=0',
    'setPath userData',
    'requestSingleInstanceLock',
    'scheme kiosk',
  ])
  await control.becomeReady()
  expect(() => prepareApp(electron, dataDir, args(), () => false)).toThrow('before')
})

test('Electron’s files lie in the data folder, for the owner alone', async () => {
  const { electron, control } = createElectron()
  prepareApp(electron, dataDir, args(), () => false)
  const userData = control.paths.get('userData') ?? ''
  expect(userData).toBe(join(dataDir, 'electron'))
  expect((await stat(userData)).mode & 0o777).toBe(0o700)
})

test('a second kiosk on the same data does not start', () => {
  const { electron, control } = createElectron()
  control.otherInstance = true
  expect(prepareApp(electron, dataDir, args(), () => false)).toBe(false)
})

test('every session and every page is locked from its first moment', async () => {
  const { electron, control } = createElectron()
  prepareApp(electron, dataDir, args(), () => false)
  await control.becomeReady()
  electron.session.fromPartition('anything')
  expect(control.sessions.size).toBe(2)
  for (const session of control.sessions.values()) {
    expect(await session.requestPermission('camera')).toBe(false)
  }
})

test('a GPU that died too often is not used', () => {
  const { electron, control } = createElectron()
  prepareApp(electron, dataDir, args('--kiosk-without-gpu'), () => false)
  expect(control.steps).toContain('disableHardwareAcceleration')
})

test('a relaunch keeps what was asked for and says that it is one', async () => {
  const { electron, control } = createElectron()
  relaunch(electron.app, args('--training', '--ozone-platform=x11'), true)
  expect(control.relaunches).toEqual([
    ['/app', '--kiosk-relaunched', '--ozone-platform=x11', '--training', '--kiosk-without-gpu'],
  ])
  expect(await control.exited).toBe(0)
})
