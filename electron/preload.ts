import { ipcRenderer } from 'electron'
import { PAGE_ORIGIN } from './shell/navigation.ts'
import { PORT_CHANNEL, PORT_MESSAGE } from './shell/port-message.ts'

type Ports = NonNullable<Parameters<typeof ipcRenderer.postMessage>[2]>

/** The parts of a window message that are looked at. */
interface WindowMessage {
  readonly source: unknown
  readonly origin: string
  readonly data: unknown
  readonly ports: Ports
}

/** The parts of the page's window that are used; the DOM's types stay out of `electron/`. */
declare const window: {
  addEventListener(type: 'message', listener: (message: WindowMessage) => void): void
  removeEventListener(type: 'message', listener: (message: WindowMessage) => void): void
}

/**
 * Passes the page's port on to main, once per document. This is all that the page has of
 * Electron: nothing is exposed to it, so there is nothing that it could call.
 */
function passPort(message: WindowMessage): void {
  const { source, origin, data, ports } = message
  if (source !== window || origin !== PAGE_ORIGIN || ports.length !== 1) return
  if (typeof data !== 'object' || data === null) return
  if (Reflect.get(data, 'type') !== PORT_MESSAGE || Object.keys(data).length !== 1) return
  window.removeEventListener('message', passPort)
  ipcRenderer.postMessage(PORT_CHANNEL, null, [...ports])
}

window.addEventListener('message', passPort)
