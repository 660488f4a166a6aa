import { openBrowserSocket, type BrowserPage } from './connection/browser-socket.ts'

// The page's first script, small and on its own (vite.config.ts): it opens the bridge while the rest
// of the page's code still loads, so that the core's word is there when there is something to draw it.

export const page: BrowserPage = {
  location,
  history,
  fetch: (path, init) => fetch(path, init),
  openSocket: (url, protocol) => new WebSocket(url, protocol),
}

/** Null in Electron, where the page gets a port. */
export const early = location.protocol === 'kiosk:' ? null : openBrowserSocket(page)

// Whoever takes it up sees the failure; until then it is nobody's.
early?.catch(() => {})
