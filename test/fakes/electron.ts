import { EventEmitter } from 'node:events'
import type { ElectronPort } from '../../electron/shell/electron-app.ts'
import { PORT_CHANNEL } from '../../electron/shell/port-message.ts'
import type { PassedPort } from '../../electron/shell/supervise.ts'
import { createSafeStorage } from './electron-keyring.ts'
import { createChild, type FakeChild } from './electron-processes.ts'
import { createSession, preventable, type FakeSession } from './electron-session.ts'
import { createContents, createWindowClass, type FakeWindow } from './electron-window.ts'

/**
 * Electron as far as the shell uses it, by behaviour: order of start, events, handlers that are
 * asked, messages that are cloned. The compiler holds it and the real Electron to the same ports
 * (`test/electron/conformance.test-d.ts`).
 */
export function createElectron() {
  const events = new EventEmitter()
  const ipcEvents = new EventEmitter()
  const sessions = new Map<string, FakeSession>()
  const windows = new Array<FakeWindow>()
  const children = new Array<FakeChild>()
  /** Steps of the start, in order; what a test of the boot sequence reads. */
  const steps = new Array<string>()
  const readiness = Promise.withResolvers<void>()
  const exit = Promise.withResolvers<number>()
  let ready = false

  function only(when: 'before' | 'after', what: string): void {
    if (ready !== (when === 'after')) throw new Error(`${what} works only ${when} app is ready`)
    steps.push(what)
  }

  const app = {
    isPackaged: true,
    commandLine: {
      appendSwitch(name: string, value?: string) {
        only('before', value ? `switch ${name}=${value}` : `switch ${name}`)
      },
    },
    enableSandbox: () => only('before', 'enableSandbox'),
    disableHardwareAcceleration: () => only('before', 'disableHardwareAcceleration'),
    setPath(name: string, path: string) {
      only('before', `setPath ${name}`)
      control.paths.set(name, path)
    },
    requestSingleInstanceLock() {
      steps.push('requestSingleInstanceLock')
      return !control.otherInstance
    },
    whenReady: () => readiness.promise,
    relaunch(options: { args: string[] }) {
      control.relaunches.push(options.args)
    },
    exit(code: number) {
      for (const child of children) child.exit(0)
      exit.resolve(code)
    },
    on: events.on.bind(events),
  }

  function fromPartition(name: string): FakeSession {
    const known = sessions.get(name)
    if (known !== undefined) return known
    const session = createSession()
    sessions.set(name, session)
    events.emit('session-created', session)
    return session
  }

  const BrowserWindow = createWindowClass(
    (partition) => {
      only('after', 'BrowserWindow')
      const contents = createContents(fromPartition(partition))
      events.emit('web-contents-created', {}, contents)
      return contents
    },
    (window) => windows.push(window),
  )

  const { safeStorage, keyring } = createSafeStorage(() => ready)

  const electron = {
    app,
    protocol: {
      registerSchemesAsPrivileged(schemes: { scheme: string }[]) {
        only('before', `scheme ${schemes.map(({ scheme }) => scheme).join()}`)
      },
    },
    session: { fromPartition },
    safeStorage,
    ipcMain: { on: ipcEvents.on.bind(ipcEvents) },
    utilityProcess: {
      fork(file: string, args: string[], options: { serviceName: string; stdio: string[] }) {
        only('after', `fork ${options.serviceName}`)
        const child = createChild(file, args, options)
        children.push(child)
        control.events.emit('fork', child)
        return child
      },
    },
    powerSaveBlocker: {
      start(type: string) {
        only('after', `power ${type}`)
        return 1
      },
    },
    Menu: { setApplicationMenu: (menu: null) => only('after', `menu ${String(menu)}`) },
    BrowserWindow,
  } satisfies ElectronPort

  const control = {
    steps,
    windows,
    children,
    sessions,
    keyring,
    paths: new Map<string, string>(),
    relaunches: new Array<string[]>(),
    otherInstance: false,
    events: new EventEmitter(),
    /** Resolves with the exit code. */
    exited: exit.promise,
    /** Electron becomes ready; the session for new windows exists from then on. */
    async becomeReady(): Promise<void> {
      ready = true
      steps.push('ready')
      fromPartition('')
      readiness.resolve()
      await readiness.promise
    },
    /** Resolves with the next utility process of that name. */
    async fork(serviceName: string): Promise<FakeChild> {
      const { promise, resolve } = Promise.withResolvers<FakeChild>()
      const heard = (child: FakeChild) => {
        if (child.serviceName === serviceName) resolve(child)
      }
      control.events.on('fork', heard)
      const child = await promise
      control.events.off('fork', heard)
      return child
    },
    /** A page's preload passes ports on; `senderFrame` as Electron would report it. */
    pagePosts(senderFrame: { origin: string } | null, ports: readonly PassedPort[]) {
      ipcEvents.emit(PORT_CHANNEL, { ...preventable(), senderFrame, ports }, structuredClone(null))
    },
    emit: events.emit.bind(events),
    /** The system asks the app to end; true when it may go at once. */
    quit(): boolean {
      const event = preventable()
      events.emit('before-quit', event)
      return !event.defaultPrevented
    },
  }
  return { electron, control }
}

const instance = createElectron()

/** The handle of the fake that stands behind this module's `app` and the rest. */
export const control = instance.control

export const { app, ipcMain, Menu, powerSaveBlocker, protocol, safeStorage, session } =
  instance.electron
export const { utilityProcess } = instance.electron
export const BrowserWindow = instance.electron.BrowserWindow
