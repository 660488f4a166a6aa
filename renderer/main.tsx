import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import {
  createConnection,
  openBrowserChannel,
  openElectronChannel,
  type BrowserPage,
} from './connection/index.ts'
import { lockDown } from './lockdown.ts'

/** A page that broke is loaded again: it holds no truth, and the citizen goes on where they were. */
const RELOAD_AFTER_MS = 1000

/** Draws the page. `early` is a bridge that was opened while this code loaded; it serves once. */
export function start(page: BrowserPage, early: Promise<WebSocket> | null): void {
  lockDown(window)
  let first = early
  const connection = createConnection({
    open() {
      if (location.protocol === 'kiosk:') return openElectronChannel(window)
      const opened = openBrowserChannel(page, first)
      first = null
      return opened
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    newId: () => crypto.randomUUID(),
  })
  const place = document.getElementById('page')
  if (place === null) throw new Error('index.html has no place for the page')
  createRoot(place, {
    onUncaughtError: () => setTimeout(() => location.reload(), RELOAD_AFTER_MS),
  }).render(<App connection={connection} />)
}
