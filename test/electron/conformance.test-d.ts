import type * as Electron from 'electron'
import type { AppPort, ElectronPort } from '../../electron/shell/electron-app.ts'
import type { LockedContentsPort } from '../../electron/shell/electron-contents.ts'
import type { IpcPort, PortEvent } from '../../electron/shell/electron-handover.ts'
import type { ElectronSafeStorage } from '../../electron/shell/electron-keyring.ts'
import type { UtilityChildPort, UtilityPort } from '../../electron/shell/electron-launcher.ts'
import type { PrivilegePort, ProtocolPort } from '../../electron/shell/electron-page.ts'
import type { SessionPort } from '../../electron/shell/electron-session.ts'
import type { PageContentsPort, WindowPort } from '../../electron/shell/electron-window.ts'
import type { KeyInput } from '../../electron/shell/shortcuts.ts'
import type { PassedPort } from '../../electron/shell/supervise.ts'
import type { webPreferences, windowOptions } from '../../electron/shell/window-prefs.ts'

/**
 * Checked by the compiler alone: Electron 45's own declarations fit every port of the shell, so a
 * method, an event or an argument that Electron does not have fails `tsc -p test`. Nothing here
 * runs, and `electron` is imported as types only.
 */
type Fits<Real, Port> = Real extends Port ? true : false

/** The port as `main.ts` hands it over, member by member. */
export const fits = {
  whole: true satisfies Fits<typeof Electron, ElectronPort>,
  app: true satisfies Fits<Electron.App, AppPort>,
  protocol: true satisfies Fits<Electron.Protocol, PrivilegePort & ProtocolPort>,
  session: true satisfies Fits<Electron.Session, SessionPort>,
  contents: true satisfies Fits<Electron.WebContents, LockedContentsPort & PageContentsPort>,
  window: true satisfies Fits<Electron.BrowserWindow, WindowPort>,
  ipc: true satisfies Fits<Electron.IpcMain, IpcPort>,
  portEvent: true satisfies Fits<Electron.IpcMainEvent, PortEvent>,
  port: true satisfies Fits<Electron.MessagePortMain, PassedPort>,
  utility: true satisfies Fits<typeof Electron.utilityProcess, UtilityPort>,
  utilityChild: true satisfies Fits<Electron.UtilityProcess, UtilityChildPort>,
  safeStorage: true satisfies Fits<Electron.SafeStorage, ElectronSafeStorage>,
  input: true satisfies Fits<Electron.Input, KeyInput>,
}

/** The check can fail: a method, an event and an argument that Electron does not have. */
export const misfits = {
  whole: false satisfies Fits<typeof Electron, ElectronPort & { app: { noSuchMethod(): void } }>,
  method: false satisfies Fits<Electron.App, { enableSandBox(): void }>,
  event: false satisfies Fits<Electron.App, { on(event: 'session-make', f: () => void): unknown }>,
  argument: false satisfies Fits<
    Electron.App,
    { on(event: 'session-created', f: (session: { noSuchMethod(): void }) => void): unknown }
  >,
}

/** The window's preferences have Electron's names and values, and none that Electron lacks. */
type Preferences = ReturnType<typeof webPreferences>
type Options = ReturnType<typeof windowOptions>
type Known<Given, Real> = [Exclude<keyof Given, keyof Real>] extends [never] ? true : false

export const preferences = {
  values: true satisfies Fits<Preferences, Electron.WebPreferences>,
  names: true satisfies Known<Preferences, Electron.WebPreferences>,
  windowValues: true satisfies Fits<Options, Electron.BrowserWindowConstructorOptions>,
  windowNames: true satisfies Known<Options, Electron.BrowserWindowConstructorOptions>,
  misspelt: false satisfies Known<{ sandBox: true }, Electron.WebPreferences>,
}
