import { CORE_NODE_ARGS } from './core-link.ts'
import type { CoreChild, PassedPort } from './supervise.ts'

/** The parts of Electron's `UtilityProcess` that are used. */
export interface UtilityChildPort {
  readonly pid: number | undefined
  readonly stdout: NodeJS.ReadableStream | null
  postMessage(message: unknown, ports?: PassedPort[]): void
  kill(): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

/** The parts of Electron's `utilityProcess` that are used; they work only after `ready`. */
export interface UtilityPort {
  fork(
    file: string,
    args: string[],
    options: {
      serviceName: string
      execArgv?: string[]
      stdio: ('ignore' | 'pipe' | 'inherit')[]
    },
  ): UtilityChildPort
}

/**
 * Starts the core as a utility process: plain Node with a message port. `child_process.fork` is
 * no way here, because the packaged Electron has its RunAsNode fuse off.
 */
export function launchUtilityChild(utilityProcess: UtilityPort, file: string): CoreChild {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'core',
    execArgv: [...CORE_NODE_ARGS],
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return {
    send: (message, ports) => child.postMessage(message, [...(ports ?? [])]),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill() {
      // `kill()` sends SIGTERM, which a core whose event loop hangs would never hear.
      if (child.pid === undefined || !killHard(child.pid)) child.kill()
    },
  }
}

/** False when there is no such process (any more). */
function killHard(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}
