import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { UtilityChildPort } from '../../electron/shell/electron-launcher.ts'
import type { PassedPort } from '../../electron/shell/supervise.ts'

/** Electron's `MessagePortMain` over a port of Node: `on('message')` gets `{ data, ports }`. */
export function createPort(port: MessagePort) {
  const events = new EventEmitter()
  port.on('message', (data: unknown) => events.emit('message', { data, ports: [] }))
  port.on('close', () => events.emit('close'))
  // Listening has started the port; Electron's stays quiet until `start`, and so does this one.
  port.unref()
  const early: unknown[] = []
  let started = false
  const emit = events.emit.bind(events)
  events.emit = (name, ...args) => {
    if (name !== 'message' || started) return emit(name, ...args)
    early.push(args[0])
    return true
  }
  return {
    on: events.on.bind(events),
    start() {
      started = true
      for (const event of early.splice(0)) emit('message', event)
    },
    postMessage: (message: unknown) => port.postMessage(message),
    close: () => port.close(),
  }
}

/** Electron's `MessageChannelMain`. */
export function createChannel() {
  const { port1, port2 } = new MessageChannel()
  return { port1: createPort(port1), port2: createPort(port2) }
}

type Reader = (event: { data: unknown; ports: readonly PassedPort[] }) => void

/** A utility process that the test plays: it reads `inbox`, says things and dies when told. */
export function createChild(
  file: string,
  args: readonly string[],
  options: { serviceName: string; stdio: readonly string[] },
) {
  const events = new EventEmitter()
  const readers = new Set<Reader>()
  let alive = true
  const child = {
    file,
    args,
    serviceName: options.serviceName,
    pid: undefined,
    stdout: options.stdio[1] === 'pipe' ? new PassThrough() : null,
    /** What the shell sent, oldest first; data has gone through a structured clone. */
    inbox: new Array<{ message: unknown; ports: readonly PassedPort[] }>(),
    on: events.on.bind(events),
    postMessage(message: unknown, ports: readonly PassedPort[] = []) {
      if (!alive) return
      const received = { message: structuredClone(message), ports }
      child.inbox.push(received)
      for (const read of readers) read({ data: received.message, ports })
    },
    /** `process.parentPort` of the child, for code of the core that a test runs in its place. */
    parentPort: {
      on: (_event: 'message', read: Reader) => readers.add(read),
      postMessage: (message: unknown) => child.say(message),
    },
    kill() {
      queueMicrotask(() => child.exit(9))
      return alive
    },
    get alive() {
      return alive
    },
    /** The child says something to the shell. */
    say(message: unknown) {
      events.emit('message', structuredClone(message))
    },
    /** The child ends. */
    exit(code: number) {
      if (!alive) return
      alive = false
      child.stdout?.end()
      events.emit('exit', code)
    },
  }
  return child satisfies UtilityChildPort
}

/** A utility process of the fake. */
export type FakeChild = ReturnType<typeof createChild>
