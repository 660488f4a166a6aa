import { openBrowserSocket, type BrowserPage } from './connection/browser-socket.ts'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/kiosk.css'
import './ui/screens.css'
import './ui/layouts.css'

// The page's first script: it opens the bridge while the rest of the page's code still loads, so
// that the core's word is there when there is something to draw it.

const page: BrowserPage = {
  location,
  history,
  fetch: (path, init) => fetch(path, init),
  openSocket: (url, protocol) => new WebSocket(url, protocol),
}

/** Null in Electron, where the page gets a port. */
const early = location.protocol === 'kiosk:' ? null : openBrowserSocket(page)

// Whoever takes it up sees the failure; until then it is nobody's.
early?.catch(() => {})

/** A core that died between the page and its code is back by then. */
const RELOAD_AFTER_MS = 1000

import('./main.tsx').then(
  ({ start }) => start(page, early),
  () => setTimeout(() => location.reload(), RELOAD_AFTER_MS),
)
