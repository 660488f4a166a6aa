import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createConnection, openBrowserChannel, openElectronChannel } from './connection/index.ts'
import { early, page } from './early.ts'
import { lockDown } from './lockdown.ts'
import { listenForPresses } from './ui/press.ts'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/kiosk.css'
import './ui/screens.css'
import './ui/layouts.css'
import './ui/voice.css'

/** A page that broke is loaded again: it holds no truth, and the citizen goes on where they were. */
const RELOAD_AFTER_MS = 1000

lockDown(window)
listenForPresses(document)

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
const root = createRoot(place, {
  onUncaughtError(error) {
    reportError(error)
    setTimeout(() => location.reload(), RELOAD_AFTER_MS)
  },
})
// Until the core or its absence is known there is nothing to draw; then at once, before what waits.
const stop = connection.subscribe(() => {
  stop()
  flushSync(() => root.render(<App connection={connection} />))
})
