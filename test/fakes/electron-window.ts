import { EventEmitter } from 'node:events'
import type { LockedContentsPort } from '../../electron/shell/electron-contents.ts'
import type { PageContentsPort, WindowPort } from '../../electron/shell/electron-window.ts'
import type { KeyInput } from '../../electron/shell/shortcuts.ts'
import type { windowOptions } from '../../electron/shell/window-prefs.ts'
import { preventable, type FakeSession } from './electron-session.ts'

/** A page: loads through its session, and lets a person press, click and go where they like. */
export function createContents(session: FakeSession) {
  const events = new EventEmitter()
  let openHandler: ((details: unknown) => { action: 'deny' | 'allow' }) | null = null
  const contents = {
    session,
    /** A new object for each document, as Electron's frames are. */
    mainFrame: { origin: 'null' },
    url: '',
    zoomLevel: 0,
    devToolsOpen: false,
    crashes: 0,
    on: events.on.bind(events),
    setWindowOpenHandler(handler: (details: unknown) => { action: 'deny' }) {
      openHandler = handler
    },
    closeDevTools() {
      contents.devToolsOpen = false
    },
    setZoomLevel(level: number) {
      contents.zoomLevel = level
    },
    forcefullyCrashRenderer() {
      contents.crash('crashed')
    },
    async loadURL(url: string): Promise<void> {
      events.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url })
      const response = await session.fetch(url)
      if (response?.ok !== true) {
        events.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', url, true)
        throw new Error('ERR_FILE_NOT_FOUND')
      }
      const { protocol, host } = new URL(url)
      contents.url = url
      contents.mainFrame = { origin: `${protocol}//${host}` }
      events.emit('did-finish-load')
    },
    /** Reports an event of Chromium. */
    emit: events.emit.bind(events),
    /** Resolves at the next event of that name. */
    next: (name: string) => new Promise<void>((resolve) => events.once(name, () => resolve())),
    /** The render process ends. */
    crash(reason: string) {
      contents.crashes += 1
      events.emit('render-process-gone', {}, { reason, exitCode: 1 })
    },
    /** The page tries to go somewhere; true when nothing stopped it. */
    goes(url: string, how: 'will-navigate' | 'will-frame-navigate' | 'will-redirect'): boolean {
      const details = Object.assign(preventable(), { url })
      events.emit(how, details, url)
      return !details.defaultPrevented
    },
    /** The page opens a window; true when it got one. */
    opensWindow: (url: string) => openHandler?.({ url }).action !== 'deny',
    /** A key goes down; true when the page got it. */
    presses(input: KeyInput): boolean {
      const event = preventable()
      events.emit('before-input-event', event, input)
      return !event.defaultPrevented
    },
    /** Something happens that a listener may prevent; true when none did. */
    allows(name: string, ...args: readonly unknown[]): boolean {
      const event = preventable()
      events.emit(name, event, ...args)
      return !event.defaultPrevented
    },
    /** Somebody opens the developer tools. */
    opensDevTools() {
      contents.devToolsOpen = true
      events.emit('devtools-opened')
    },
    /** Somebody turns the wheel with Ctrl held. */
    zooms() {
      contents.zoomLevel += 1
      events.emit('zoom-changed', {}, 'in')
    },
  }
  return contents satisfies LockedContentsPort & PageContentsPort
}

/** A web contents of the fake. */
export type FakeContents = ReturnType<typeof createContents>

/** Electron's `BrowserWindow`: `open` makes the page, `opened` hears of each new window. */
export function createWindowClass(
  open: (partition: string) => FakeContents,
  opened: (window: FakeWindow) => void,
) {
  return class BrowserWindow implements WindowPort {
    readonly #events = new EventEmitter()
    readonly options: ReturnType<typeof windowOptions>
    readonly webContents: FakeContents
    visible = false
    destroyed = false
    level = 'normal'

    constructor(options: ReturnType<typeof windowOptions>) {
      this.options = options
      this.visible = options.show
      this.webContents = open(options.webPreferences.partition)
      this.webContents.on('did-finish-load', () => this.#events.emit('ready-to-show'))
      opened(this)
    }

    once(event: string, listener: () => void) {
      this.#events.once(event, listener)
    }

    show() {
      this.visible = true
    }

    destroy() {
      this.destroyed = true
    }

    setAlwaysOnTop(flag: boolean, level: string) {
      this.level = flag ? level : 'normal'
    }

    loadURL(url: string) {
      return this.webContents.loadURL(url)
    }
  }
}

/** A window of the fake. */
export interface FakeWindow extends WindowPort {
  readonly options: ReturnType<typeof windowOptions>
  readonly webContents: FakeContents
  readonly visible: boolean
  readonly destroyed: boolean
  readonly level: string
}
