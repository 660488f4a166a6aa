import type { PaperQuestion } from './paper-link.ts'
import type { FrameChannel } from '../frame-guard.ts'
import { systemTimers, type Timers } from '../timers.ts'
import { createShellKeyring, type ShellKeyring } from './core-keyring.ts'
import { toCoreSchema, type CoreOptions, type ToCore, type ToShell } from './core-link.ts'

/** What the shell tells the core; with `port` comes the channel to one document of the page. */
export type FromShell =
  | { readonly type: 'start'; readonly options: CoreOptions }
  | { readonly type: 'port'; readonly channel: FrameChannel }
  | { readonly type: 'paper'; readonly id: number; readonly question: PaperQuestion }
  | { readonly type: 'stop' }

/** The core's end of the link. `stop` is also delivered when the shell itself is gone. */
export interface ShellLink {
  onMessage(listener: (message: FromShell) => void): void
  send(message: ToShell): void
  /** The login's keyring, once messages are listened to; null where the shell has none. */
  readonly keyring: ShellKeyring | null
}

/** The parts of Electron's `MessagePortMain` that are used here. */
interface Port {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  postMessage(message: unknown): void
  close(): void
}

/** The parts of `process.parentPort`, which only an Electron utility process has. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: unknown; ports: readonly unknown[] }) => void,
  ): unknown
  postMessage(message: unknown): void
}

/** The parts of `process` that are used here. */
interface Host {
  parentPort?: unknown
  connected?: boolean
  send?: ((message: unknown) => unknown) | undefined
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/** Finds the shell that started this process. Throws when nobody did: a core is never run by hand. */
export function connectToShell(
  host: Host = process,
  timers: Pick<Timers, 'after'> = systemTimers,
): ShellLink {
  if (isParentPort(host.parentPort)) return overParentPort(host.parentPort, timers)
  if (typeof host.send === 'function') return overIpc(host)
  throw new Error('the core is started by a shell: run `npm start`')
}

function overParentPort(port: ParentPort, timers: Pick<Timers, 'after'>): ShellLink {
  const send = (message: ToShell) => port.postMessage(message)
  const { keyring, hear } = createShellKeyring(send, timers)
  return {
    onMessage: (listener) =>
      port.on('message', (event) => {
        const message = read(event.data, event.ports)
        if (message.type === 'keyring') hear(message.id, message.answer)
        else listener(message)
      }),
    send,
    keyring,
  }
}

function overIpc(host: Host): ShellLink {
  return {
    onMessage(listener) {
      host.on('message', (data) => {
        const message = read(data, [])
        // Nobody asks here.
        if (message.type !== 'keyring') listener(message)
      })
      host.on('disconnect', () => listener({ type: 'stop' }))
    },
    send(message) {
      // After a disconnect `send` throws; the core is stopping then and nobody listens.
      if (host.connected === true) host.send?.(message)
    },
    keyring: null,
  }
}

/** Our own shell speaks here: a message that does not fit is a bug and throws. */
function read(
  data: unknown,
  ports: readonly unknown[],
): FromShell | Extract<ToCore, { type: 'keyring' }> {
  const message = toCoreSchema.parse(data)
  if (message.type !== 'port') return message
  const port = ports[0]
  if (ports.length !== 1 || !isPort(port)) throw new Error('a port message carries one port')
  return { type: 'port', channel: toChannel(port) }
}

function toChannel(port: Port): FrameChannel {
  return {
    onFrame(listener) {
      port.on('message', (event) => listener(event.data))
      // A port queues what arrives until it is started: no frame is lost before this line.
      port.start()
    },
    onClose: (listener) => port.on('close', listener),
    send: (frame) => port.postMessage(frame),
    close: () => port.close(),
  }
}

function isParentPort(value: unknown): value is ParentPort {
  return hasMethods(value, ['on', 'postMessage'])
}

function isPort(value: unknown): value is Port {
  return hasMethods(value, ['on', 'start', 'postMessage', 'close'])
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === 'function')
  )
}
