import { rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { err, ok, type Result } from '../shared/domain/result.ts'
import type { Dispatcher } from './dispatch.ts'
import { FRAME_LIMITS, type FrameChannel } from './frame-guard.ts'
import { systemCode } from './store/index.ts'

/** The longest path that a Unix socket can have: `sun_path` without its end. */
const MAX_PATH_BYTES = 107

/**
 * Why there is no way to a core. `no-core`: nobody listens there. `refused`: the system does not
 * allow it, and says why with this code.
 */
export type ControlProblem =
  | { readonly code: 'path-too-long'; readonly path: string }
  | { readonly code: 'no-core' }
  | { readonly code: 'refused'; readonly path: string; readonly reason: string }

/** A core's open control socket. */
export type ControlSocket = { close(): void }

/**
 * Takes the technician's commands on a Unix socket that its owner alone may open: who owns the
 * kiosk's files needs no other proof. Call it while this core holds the store, so that a socket
 * that lies there already belongs to a core that is dead.
 */
export async function serveControl(
  path: string,
  dispatcher: Dispatcher,
): Promise<Result<ControlSocket, ControlProblem>> {
  if (isTooLong(path)) return err({ code: 'path-too-long', path })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    dispatcher.serve(toChannel(socket, FRAME_LIMITS.MAX_FRAME_LENGTH), 'technician')
  })
  try {
    await rm(path, { force: true })
    await listenAlone(server, path)
  } catch (cause) {
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    return err({ code: 'refused', path, reason })
  }
  return ok({
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  })
}

/** The socket gets its name inside `listen`, so there is no moment when others could open it. */
function listenAlone(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', resolve)
    const before = process.umask(0o177)
    try {
      server.listen(path)
    } finally {
      process.umask(before)
    }
  })
}

/** Opens the way to the core that listens at this path. */
export async function connectControl(path: string): Promise<Result<FrameChannel, ControlProblem>> {
  if (isTooLong(path)) return err({ code: 'path-too-long', path })
  const socket = connect(path)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
  } catch (cause) {
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    const isNobody = reason === 'ENOENT' || reason === 'ECONNREFUSED'
    return err(isNobody ? { code: 'no-core' } : { code: 'refused', path, reason })
  }
  return ok(toChannel(socket, Number.POSITIVE_INFINITY))
}

/** One line for a technician: what is wrong and what to do. */
export function controlRemedy(problem: ControlProblem): string {
  switch (problem.code) {
    case 'path-too-long':
      return `no socket can have so long a path: keep the data in a folder with a shorter name than ${problem.path}`
    case 'no-core':
      return 'no kiosk runs on these data: start the kiosk first'
    case 'refused':
      return `the control socket cannot be opened (${problem.reason}): check the owner and mode of ${problem.path}`
  }
}

function isTooLong(path: string): boolean {
  return Buffer.byteLength(path) > MAX_PATH_BYTES
}

/** Frames are lines: JSON has no line ends of its own. */
function toChannel(socket: Socket, mostLength: number): FrameChannel {
  socket.setEncoding('utf8')
  socket.on('error', () => socket.destroy())
  let rest = ''
  return {
    onFrame: (listener) =>
      socket.on('data', (text) => {
        const lines = `${rest}${String(text)}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) if (!socket.destroyed) listener(line)
        // It need not end to be refused.
        if (rest.length > mostLength) listener(rest)
      }),
    onClose: (listener) => socket.on('close', () => listener()),
    send: (frame) => void socket.write(`${frame}\n`),
    close: () => void socket.destroy(),
  }
}
