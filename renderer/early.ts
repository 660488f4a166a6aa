import { openBridge, type BrowserPage } from './connection/browser-bridge.ts'

// The page's first script, small and on its own (vite.config.ts): it opens the bridge while the rest
// of the page's code still loads, so that the core's word is there when there is something to draw it.

export const page: BrowserPage = {
  location,
  history,
  openSocket: (url, protocols) => new WebSocket(url, protocols),
}

/** Null in Electron, where the page gets a port. */
export const early = location.protocol === 'kiosk:' ? null : openBridge(page)
