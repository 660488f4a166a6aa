import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../shared/contract/index.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import { connectControl, controlRemedy, type ControlProblem } from '../control-socket.ts'
import { kioskFiles } from '../settings/index.ts'
import type { CommandContext, ExitCode } from './command.ts'

type StaffCalls = ContractRouterClient<typeof contract>['staff']

/** The way to a running core; `close` lets this program end. */
export type ControlLine = { readonly staff: StaffCalls; close(): void }

/** Opens the way to the core that runs on a data directory. */
export async function openControlLine(
  dataDir: string,
): Promise<Result<ControlLine, ControlProblem>> {
  const line = await connectControl(kioskFiles(dataDir).control)
  if (!line.ok) return line
  const channel = line.value
  const port = {
    onMessage: { addListener: (listener: (data: unknown) => void) => channel.onFrame(listener) },
    onDisconnect: { addListener: (listener: () => void) => channel.onClose(listener) },
    postMessage: (frame: string) => channel.send(frame),
  }
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port }))
  return ok({ staff: client.staff, close: () => channel.close() })
}

/** Runs calls over the line. A core that ends meanwhile is one line on stderr, and exit 2. */
export async function overLine(
  line: ControlLine,
  { complain }: CommandContext,
  run: (staff: StaffCalls) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run(line.staff)
  } catch (cause) {
    complain(
      cause instanceof ORPCError
        ? `the kiosk does not take this command (${cause.code}): use the command of its own version`
        : 'the kiosk stopped in the middle: look what was done, with outbox list or devices list, then do it again',
    )
    return 2
  } finally {
    line.close()
  }
}

/** As `overLine`, for what only a running kiosk can do. */
export async function withRunningKiosk(
  context: CommandContext,
  run: (staff: StaffCalls) => Promise<ExitCode>,
): Promise<ExitCode> {
  const line = await openControlLine(context.dataDir)
  if (!line.ok) {
    context.complain(controlRemedy(line.error))
    return 2
  }
  return overLine(line.value, context, run)
}

/** Tells each event of a stream, until Ctrl-C. */
export async function untilStopped<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  tell: (event: T) => void,
): Promise<ExitCode> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    for await (const event of await open(stop.signal)) tell(event)
  } catch (cause) {
    if (!stop.signal.aborted) throw cause
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  return 0
}
