import { fork } from 'node:child_process'
import { CORE_NODE_ARGS } from './core-link.ts'
import type { CoreChild } from './supervise.ts'

/** Starts a built program as a Node child with an IPC channel; stdout and stderr are the shell's. */
export function launchNodeChild(file: string): CoreChild {
  const execArgv = [...process.execArgv, ...CORE_NODE_ARGS]
  const child = fork(file, [], { serialization: 'json', execArgv })
  return {
    send(message) {
      // A child that is dying has no channel any more; its exit follows.
      if (child.connected) child.send(message, () => {})
    },
    onMessage: (listener) => child.on('message', listener),
    onExit(listener) {
      let told = false
      const tell = (code: number | null) => {
        if (!told) listener(code)
        told = true
      }
      child.on('exit', tell)
      // No process came into being (out of memory, no such program): there will be no exit.
      child.on('error', () => {
        if (child.pid === undefined) tell(null)
      })
    },
    kill: () => child.kill('SIGKILL'),
  }
}
