import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { openBrowserSocket, type BrowserPage } from './browser-socket.ts'
import type { Channel, CoreClient } from './channel.ts'

/**
 * Opens a line to the core in the browser shell. `early` is a bridge that was opened while the
 * page's code was still loading; it serves once, if it is still open.
 */
export async function openBrowserChannel(
  page: BrowserPage,
  early: Promise<WebSocket> | null = null,
): Promise<Channel> {
  const first = await early?.catch(() => null)
  const socket = first?.readyState === WebSocket.OPEN ? first : await openBrowserSocket(page)
  const client: CoreClient = createORPCClient(new RPCLink({ websocket: socket }))
  return { client, close: () => socket.close() }
}
