/** Name of the bridge's protocol; the host refuses any other. */
const SUBPROTOCOL = 'kiosk.v1'

/** The host's word that the page was opened anew elsewhere. */
const CLOSE_REPLACED = 4000

/** Pages that were replaced. Two that both came back would take the bridge from each other for ever. */
const replaced = new WeakSet<BrowserPage>()

/** What the browser shell gives a page: its address, and the ways out. */
export interface BrowserPage {
  readonly location: Pick<Location, 'host' | 'hash' | 'pathname'>
  readonly history: Pick<History, 'replaceState'>
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
  readonly openSocket: (url: string, protocol: string) => WebSocket
}

/**
 * Opens the bridge in the browser shell. A token in the address is first exchanged for the
 * session's cookie and then taken out of the address, whatever the host said of it: a token is good
 * once. A page that was replaced by another waits for ever. Knows nothing of the calls that will
 * go over it, so that it can run before the page's own code is there.
 */
export async function openBrowserSocket(page: BrowserPage): Promise<WebSocket> {
  if (replaced.has(page)) return new Promise(() => {})
  const token = page.location.hash.slice(1)
  if (token !== '') {
    await page.fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: token,
      credentials: 'same-origin',
    })
    page.history.replaceState(null, '', page.location.pathname)
  }
  const socket = page.openSocket(`ws://${page.location.host}/bridge`, SUBPROTOCOL)
  socket.addEventListener('close', ({ code }) => {
    if (code === CLOSE_REPLACED) replaced.add(page)
  })
  await opened(socket)
  return socket
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('close', () => reject(new Error('the bridge is closed')), {
      once: true,
    })
  })
}
