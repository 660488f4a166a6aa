import { mayNavigate } from './navigation.ts'
import { mayPress, type KeyInput } from './shortcuts.ts'

interface Preventable {
  preventDefault(): void
}

/** The parts of Electron's `WebContents` that the lock-down uses. */
export interface LockedContentsPort {
  setWindowOpenHandler(handler: (details: unknown) => { action: 'deny' }): void
  closeDevTools(): void
  setZoomLevel(level: number): void
  on(event: 'will-navigate', listener: (details: Preventable & { url: string }) => void): unknown
  on(
    event: 'will-frame-navigate',
    listener: (details: Preventable & { url: string }) => void,
  ): unknown
  on(event: 'will-redirect', listener: (details: Preventable & { url: string }) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  on(event: 'context-menu', listener: (event: Preventable) => void): unknown
  on(event: 'before-input-event', listener: (event: Preventable, input: KeyInput) => void): unknown
  on(
    event: 'before-mouse-event',
    listener: (event: Preventable, mouse: { type: string; button?: string }) => void,
  ): unknown
  on(event: 'devtools-opened', listener: () => void): unknown
  on(event: 'zoom-changed', listener: () => void): unknown
}

/**
 * Closes every way out of the page. Called for every web contents that comes
 * into being. `will-prevent-unload` stays unheard: then the page's wish to stay is granted, and
 * our own page has none.
 */
export function lockContents(contents: LockedContentsPort): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const keepInside = (details: Preventable & { url: string }) => {
    if (!mayNavigate(details.url)) details.preventDefault()
  }
  contents.on('will-navigate', keepInside)
  contents.on('will-frame-navigate', keepInside)
  contents.on('will-redirect', keepInside)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('context-menu', (event) => event.preventDefault())
  contents.on('before-input-event', (event, input) => {
    if (!mayPress(input)) event.preventDefault()
  })
  contents.on('before-mouse-event', (event, mouse) => {
    const pressed = mouse.type === 'mouseDown' || mouse.type === 'mouseUp'
    // The back and forward buttons have no name in Electron's list; only the left one is let in.
    if (pressed && mouse.button !== 'left') event.preventDefault()
  })
  contents.on('devtools-opened', () => contents.closeDevTools())
  contents.on('zoom-changed', () => contents.setZoomLevel(0))
}
