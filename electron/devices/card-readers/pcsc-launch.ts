import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { PcscOrder, PcscWord } from './pcsc-link.ts'

/** The host of the driver, running. */
export interface PcscHost {
  send(order: PcscOrder): void
  /** Ends it at once, where that is possible. */
  kill(): void
}

/** What a host says, and that it is gone; once. */
export interface PcscHostEvents {
  readonly word: (word: PcscWord) => void
  readonly gone: () => void
}

/**
 * Starts the host: a process, which may hang or crash and be killed alone. Electron's binary is no
 * second Node (its fuse `runAsNode` is off), so there it is a thread. Null: none can be started.
 */
export function launchPcscHost(events: PcscHostEvents): PcscHost | null {
  return process.versions['electron'] === undefined ? launchProcess(events) : launchThread(events)
}

function launchProcess({ word, gone }: PcscHostEvents): PcscHost {
  const child = fork(hostFile(), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  let alive = true
  child.on('message', word)
  const end = () => {
    if (alive) gone()
    alive = false
  }
  // Not started at all, or an order that met its end: `exit` may or may not follow.
  child.on('error', end)
  child.on('exit', end)
  return {
    send(order) {
      if (child.connected) child.send(order, () => {})
    },
    kill: () => child.kill('SIGKILL'),
  }
}

/** The driver's static parts bear one thread in a process, ever. */
let threadWasStarted = false

function launchThread({ word, gone }: PcscHostEvents): PcscHost | null {
  if (threadWasStarted) return null
  threadWasStarted = true
  const thread = new Worker(hostFile())
  thread.unref()
  thread.on('message', word)
  thread.on('error', () => {})
  thread.on('exit', gone)
  return {
    send: (order) => thread.postMessage(order, []),
    // A call of the driver that comes back after `terminate` would abort the whole process.
    kill: () => {},
  }
}

/** The host's program: beside this file in a checkout, beside the others when built. */
function hostFile(): string {
  const names = ['./pcsc-host.ts', './pcsc-host.mjs', '../pcsc-host.mjs']
  const files = names.map((name) => fileURLToPath(new URL(name, import.meta.url)))
  return files.find((file) => existsSync(file)) ?? files[0] ?? ''
}
