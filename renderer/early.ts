import { openBrowserSocket, type BrowserPage } from './connection/browser-socket.ts'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/kiosk.css'
import './ui/screens.css'
import './ui/layouts.css'

/**
 * The page's first script: it opens the bridge while the rest of the page's code still loads, so
 * that the core's word is there when there is something to draw it.
 */
export const browserPage: BrowserPage = {
  location,
  history,
  fetch: (path, init) => fetch(path, init),
  openSocket: (url, protocol) => new WebSocket(url, protocol),
}

/** Null in Electron, where the page gets a port, and where the host could not be reached. */
export const earlySocket: Promise<WebSocket> | null =
  location.protocol === 'kiosk:' ? null : openBrowserSocket(browserPage)

// Whoever takes it up sees the failure; until then it is nobody's.
earlySocket?.catch(() => {})

void import('./main.tsx')
