import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { CALL_LIMITS, createKiosk, type Caller, type KioskPorts, type Role } from './kiosk.ts'
import { guardPort, type FrameChannel, type FrameRefusal } from './frame-guard.ts'

/** What a technician reads of the calls: names and codes, never contents. */
export type CallEvent =
  | { readonly event: 'frame-refused'; readonly reason: FrameRefusal }
  | { readonly event: 'call-failed'; readonly path: string; readonly code: string }

/** Takes calls from any channel; the pages of both shells and the control socket end here. */
export interface Dispatcher {
  serve(channel: FrameChannel, role: Role): void
}

/**
 * Wraps the contract for the wire: the frame guard in front, a limit on the rate of calls, and
 * errors that carry a code and nothing of what was sent.
 */
export function createDispatcher(
  ports: KioskPorts,
  now: () => number,
  log: (event: CallEvent) => void,
  /** Told of what no procedure expects, before the page gets its code. */
  failed: (error: unknown) => void = () => {},
): Dispatcher {
  const handler = new RPCHandler(createKiosk(ports), {
    clientInterceptors: [
      async ({ next, path }) => {
        try {
          return await next()
        } catch (error) {
          failed(error)
          const code = error instanceof ORPCError ? error.code : 'INTERNAL_SERVER_ERROR'
          log({ event: 'call-failed', path: path.join('.'), code })
          // zod quotes the refused value in `data.issues`; nothing of it goes back or into a log.
          throw new ORPCError(code, { message: code })
        }
      },
    ],
  })
  return {
    serve(channel, role) {
      const port = guardPort(channel, (reason) => log({ event: 'frame-refused', reason }))
      const caller = createCaller(role, now)
      channel.onClose(() => ports.help?.assistance.gone(caller.page))
      handler.upgrade(port, { context: caller })
    },
  }
}

/** A bucket of one second's calls that refills as time passes. */
export function createCaller(role: Role, now: () => number): Caller {
  let tokens: number = CALL_LIMITS.MAX_CALLS_PER_SECOND
  let filledAt = now()
  return {
    role,
    page: {},
    admit() {
      const elapsed = Math.max(0, now() - filledAt)
      filledAt = now()
      tokens = Math.min(
        CALL_LIMITS.MAX_CALLS_PER_SECOND,
        tokens + (elapsed / 1000) * CALL_LIMITS.MAX_CALLS_PER_SECOND,
      )
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
