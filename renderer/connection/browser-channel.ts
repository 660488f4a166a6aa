import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { isReplaced, openBridge, type Bridge, type BrowserPage } from './browser-bridge.ts'
import type { Channel, CoreClient } from './channel.ts'

/**
 * Opens a line to the core in the browser shell. `early` is a bridge that was opened while the
 * page's code was still loading; it serves if it has not been closed. Calls wait until the bridge
 * is open, and fail if it never is. A page that was replaced by another waits for ever.
 */
export function openBrowserChannel(
  page: BrowserPage,
  early: Bridge | null = null,
): Promise<Channel> {
  if (isReplaced(page)) return new Promise(() => {})
  const usable = early !== null && early.socket.readyState <= WebSocket.OPEN
  const { socket, takeEarly } = usable ? early : openBridge(page)
  const websocket = {
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    get readyState() {
      return socket.readyState
    },
    send(frame: string) {
      socket.send(frame)
      // The first call is the one that the core has been answering already.
      for (const data of takeEarly()) socket.dispatchEvent(new MessageEvent('message', { data }))
    },
  }
  const client: CoreClient = createORPCClient(new RPCLink({ websocket }))
  return Promise.resolve({ client, close: () => socket.close() })
}
