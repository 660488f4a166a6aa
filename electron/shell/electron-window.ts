import { PAGE_URL } from './navigation.ts'
import { windowOptions } from './window-prefs.ts'
import type { FramePort } from './electron-handover.ts'

/** Details of the `render-process-gone` event that the recovery looks at. */
export interface PageGone {
  readonly reason: string
}

/** The parts of the window's `WebContents` that the shell uses. */
export interface PageContentsPort {
  readonly mainFrame: FramePort
  forcefullyCrashRenderer(): void
  on(event: 'render-process-gone', listener: (event: unknown, details: PageGone) => void): unknown
  on(event: 'unresponsive', listener: () => void): unknown
  on(event: 'responsive', listener: () => void): unknown
  on(
    event: 'did-fail-load',
    listener: (
      event: unknown,
      code: number,
      description: string,
      url: string,
      isMainFrame: boolean,
    ) => void,
  ): unknown
  on(
    event: 'did-start-navigation',
    listener: (details: { isMainFrame: boolean; isSameDocument: boolean }) => void,
  ): unknown
}

/** The parts of Electron's `BrowserWindow` that are used. */
export interface WindowPort {
  readonly webContents: PageContentsPort
  show(): void
  destroy(): void
  setAlwaysOnTop(flag: boolean, level: 'screen-saver'): void
  loadURL(url: string): Promise<void>
  once(event: 'ready-to-show', listener: () => void): unknown
}

/** Electron's `BrowserWindow` as the factory calls it. */
export type WindowClass = new (options: ReturnType<typeof windowOptions>) => WindowPort

/** What the shell wants to know about its window. */
export interface PageEvents {
  gone(details: PageGone): void
  unresponsive(): void
  responsive(): void
  /** The page's own address could not be loaded; a load that was interrupted is none. */
  failedToLoad(): void
  /** The document of the main frame is being replaced. */
  documentGone(): void
}

/** Chromium's code for a load that another load interrupted. */
const ERR_ABORTED = -3

/** Makes the one window and loads the page. There is no other `new BrowserWindow` in the shell. */
export function openWindow(Window: WindowClass, preload: string, events: PageEvents): WindowPort {
  const window = new Window(windowOptions(preload))
  // Above panels and notifications of a desktop, if there is one.
  window.setAlwaysOnTop(true, 'screen-saver')
  window.once('ready-to-show', () => window.show())
  const contents = window.webContents
  contents.on('render-process-gone', (_event, details) => events.gone(details))
  contents.on('unresponsive', () => events.unresponsive())
  contents.on('responsive', () => events.responsive())
  contents.on('did-fail-load', (_event, code, _description, _url, isMainFrame) => {
    if (isMainFrame && code !== ERR_ABORTED) events.failedToLoad()
  })
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) events.documentGone()
  })
  show(window, PAGE_URL)
  return window
}

/** Loads an address. A failure is not lost: it also comes as `did-fail-load`. */
export function show(window: WindowPort, url: string): void {
  window.loadURL(url).catch(() => {})
}
