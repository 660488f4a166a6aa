/** Name of the bridge's protocol; the host refuses any other. */
const SUBPROTOCOL = 'kiosk.v1'

/** The host's word that the page was opened anew elsewhere. */
const CLOSE_REPLACED = 4000

/** Pages that were replaced. Two that both came back would take the bridge from each other for ever. */
const replaced = new WeakSet<BrowserPage>()

/** What the browser shell gives a page: its address, and the way out. */
export interface BrowserPage {
  readonly location: Pick<Location, 'host' | 'hash' | 'pathname'>
  readonly history: Pick<History, 'replaceState'>
  readonly openSocket: (url: string, protocols: string[]) => WebSocket
}

/** A bridge to the core, open or about to be. */
export interface Bridge {
  readonly socket: WebSocket
  /** What came over it until now, to be heard again: nobody listened. */
  readonly takeEarly: () => readonly string[]
}

/**
 * Opens the bridge in the browser shell. A token in the address goes with the handshake, whose
 * answer exchanges it for the session's cookie, and then leaves the address. So does the first call
 * of every page, to watch: the core answers it while the page's own code is still on its way.
 */
export function openBridge(page: BrowserPage): Bridge {
  const { host, hash, pathname } = page.location
  const token = hash.slice(1)
  const socket = page.openSocket(
    `ws://${host}/bridge?watch`,
    token === '' ? [SUBPROTOCOL] : [SUBPROTOCOL, token],
  )
  if (token !== '') {
    const hide = () => page.history.replaceState(null, '', pathname)
    socket.addEventListener('open', hide, { once: true })
  }
  socket.addEventListener('close', ({ code }) => {
    if (code === CLOSE_REPLACED) replaced.add(page)
  })
  let early: string[] = []
  const keep = ({ data }: MessageEvent) => void early.push(String(data))
  socket.addEventListener('message', keep)
  return {
    socket,
    takeEarly() {
      socket.removeEventListener('message', keep)
      const taken = early
      early = []
      return taken
    },
  }
}

/** True for a page that was opened anew elsewhere. */
export function isReplaced(page: BrowserPage): boolean {
  return replaced.has(page)
}
