import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SWITCHES, type ShellArguments } from './argv.ts'
import { lockContents, type LockedContentsPort } from './electron-contents.ts'
import type { IpcPort } from './electron-handover.ts'
import type { ElectronSafeStorage } from './electron-keyring.ts'
import type { UtilityPort } from './electron-launcher.ts'
import { declareScheme, type PrivilegePort, type ProtocolPort } from './electron-page.ts'
import { lockSession, type SessionPort } from './electron-session.ts'
import type { WindowClass } from './electron-window.ts'

/** The parts of Electron's `app` that the shell uses. */
export interface AppPort {
  readonly isPackaged: boolean
  readonly commandLine: { appendSwitch(name: string, value?: string): void }
  enableSandbox(): void
  disableHardwareAcceleration(): void
  setPath(name: 'userData', path: string): void
  requestSingleInstanceLock(): boolean
  whenReady(): Promise<void>
  relaunch(options: { args: string[] }): void
  exit(code: number): void
  on(event: 'session-created', listener: (session: SessionPort) => void): unknown
  on(
    event: 'web-contents-created',
    listener: (event: unknown, contents: LockedContentsPort) => void,
  ): unknown
  on(
    event: 'child-process-gone',
    listener: (event: unknown, details: { type: string; reason: string }) => void,
  ): unknown
  on(event: 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
}

/** The parts of the `electron` module that the shell uses. */
export interface ElectronPort {
  readonly app: AppPort
  readonly protocol: PrivilegePort
  readonly session: { fromPartition(name: string): SessionPort & { protocol: ProtocolPort } }
  readonly ipcMain: IpcPort
  readonly utilityProcess: UtilityPort
  readonly safeStorage: ElectronSafeStorage
  readonly powerSaveBlocker: { start(type: 'prevent-display-sleep'): number }
  readonly Menu: { setApplicationMenu(menu: null): void }
  readonly BrowserWindow: WindowClass
}

/** Chromium switches that the shell itself sets: no pinch zoom, no swipe back. The whole list. */
const APP_SWITCHES = [
  ['disable-pinch', ''],
  ['overscroll-history-navigation', '0'],
] as const

/**
 * All that must be done before Electron is ready: sandbox for every page process, the scheme,
 * Electron's own files inside the data folder, and the lock-downs, which so meet every session and
 * every web contents from the first. `microphone` is looked at whenever the page asks for one. False:
 * another kiosk runs on this data folder already.
 */
export function prepareApp(
  { app, protocol }: Pick<ElectronPort, 'app' | 'protocol'>,
  dataDir: string,
  args: ShellArguments,
  microphone: () => boolean,
): boolean {
  app.enableSandbox()
  if (args.withoutGpu) app.disableHardwareAcceleration()
  for (const [name, value] of APP_SWITCHES) app.commandLine.appendSwitch(name, value)
  const userData = join(dataDir, 'electron')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  if (!app.requestSingleInstanceLock()) return false
  declareScheme(protocol)
  app.on('session-created', (session) => lockSession(session, microphone))
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  // The recovery closes and opens windows; without a listener Electron would quit in between.
  app.on('window-all-closed', () => {})
  return true
}

/** Starts the app again with what this run was asked for, marked as a recovery. */
export function relaunch(app: AppPort, args: ShellArguments, withoutGpu: boolean): void {
  const next = [SWITCHES.RELAUNCHED, ...args.chromium]
  if (args.training) next.push(SWITCHES.TRAINING)
  if (args.withoutGpu || withoutGpu) next.push(SWITCHES.WITHOUT_GPU)
  app.relaunch({ args: [...args.program, ...next] })
  app.exit(0)
}
