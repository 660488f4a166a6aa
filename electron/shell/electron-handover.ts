import { PAGE_ORIGIN } from './navigation.ts'
import { PORT_CHANNEL } from './port-message.ts'
import type { PassedPort, SupervisedCore } from './supervise.ts'

/** The parts of a frame that prove who sent a message. */
export interface FramePort {
  readonly origin: string
}

/** What arrives with a port. */
export interface PortEvent {
  readonly senderFrame: FramePort | null
  readonly ports: readonly PassedPort[]
}

/** The parts of Electron's `ipcMain` that are used. */
export interface IpcPort {
  on(channel: string, listener: (event: PortEvent) => void): unknown
}

/** The desk where documents leave their port for the core. */
export interface Handover {
  /** The core takes ports from now on; a page whose port died with the last core is reloaded. */
  coreReady(core: Pick<SupervisedCore, 'send'>): void
  /** The core is gone, and with it the other end of the page's port. */
  readonly coreGone: () => void
  /** The document is gone: a port of its that still waits has no owner any more. */
  readonly documentGone: () => void
}

/**
 * Takes each document's port, proves that our page sent it, and passes it on to the core. A port
 * names no sender per message, so this is the only check there is. The port moves to the core's
 * process: when its document ends, Chromium closes the core's end, and main keeps nothing.
 * `mainFrame` gives the window's present main frame; `reload` loads the page again.
 */
export function takePorts(
  ipc: IpcPort,
  mainFrame: () => FramePort | null,
  reload: () => void,
  log: (line: string) => void,
): Handover {
  let core: Pick<SupervisedCore, 'send'> | null = null
  let waiting: PassedPort | null = null
  let portDied = false
  let portGiven = false

  function pass(port: PassedPort): void {
    waiting?.close()
    waiting = null
    portDied = false
    if (core !== null && core.send({ type: 'port' }, [port])) portGiven = true
    else waiting = port
  }

  ipc.on(PORT_CHANNEL, (event) => {
    const port = event.ports[0]
    const sender = event.senderFrame
    const trusted = sender !== null && sender === mainFrame() && sender.origin === PAGE_ORIGIN
    if (trusted && port !== undefined && event.ports.length === 1) return pass(port)
    for (const refused of event.ports) refused.close()
    log('shell: a port from a sender that is not the page was refused')
  })

  return {
    coreReady(ready) {
      core = ready
      const port = waiting
      waiting = null
      if (port !== null) pass(port)
      else if (portDied) reload()
    },
    coreGone() {
      core = null
      portDied ||= portGiven
      portGiven = false
    },
    documentGone() {
      waiting?.close()
      waiting = null
      portGiven = false
      portDied = false
    },
  }
}
