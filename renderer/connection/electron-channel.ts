import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Channel, CoreClient } from './channel.ts'

/** The one message by which the page hands the preload its port. */
const PORT_MESSAGE = { type: 'kiosk-port' } as const

/**
 * Opens a line to the core in Electron: one end of a new channel goes to the preload, through the
 * page's own window and to its exact origin; main passes it on to the core.
 */
export function openElectronChannel(
  page: Pick<Window, 'postMessage' | 'origin'>,
): Promise<Channel> {
  const { port1, port2 } = new MessageChannel()
  const client: CoreClient = createORPCClient(new RPCLink({ port: port1 }))
  port1.start()
  page.postMessage(PORT_MESSAGE, page.origin, [port2])
  const close = () => {
    port1.close()
    // A port that is closed from this side hears nothing of it; the calls that wait on it must.
    port1.dispatchEvent(new Event('close'))
  }
  return Promise.resolve({ client, close })
}
