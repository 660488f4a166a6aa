import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { createStatusReader, type StatusByte } from './status.ts'
import type { Timers } from '../../timers.ts'
import type { OpenProblem, Transport } from './transport.ts'

/** An open line on which every wait has an end. */
export type Line = {
  isOpen(): boolean
  /** False if the bytes were not taken within `deadlineMs`, or the line broke. */
  send(bytes: Uint8Array, deadlineMs: number): Promise<boolean>
  /** The next answer of that kind from now on; null if none comes in time or the line broke. */
  next(kind: StatusByte['kind'], deadlineMs: number): Promise<number | null>
  close(): void
}

/** Opens a line to the printer, or says why not. */
export async function openLine(
  transport: Transport,
  timers: Timers,
  openMs: number,
): Promise<Result<Line, OpenProblem>> {
  const reader = createStatusReader()
  const listeners = new Set<(answer: StatusByte) => void>()
  const broken = new Set<() => void>()
  let open = true

  const attempt = new AbortController()
  const cancelDeadline = timers.after(openMs, () => attempt.abort())
  const opened = await transport.open(
    {
      data: (bytes) => {
        for (const answer of reader.push(bytes)) for (const listener of listeners) listener(answer)
      },
      closed: () => {
        open = false
        for (const giveUp of broken) giveUp()
      },
    },
    attempt.signal,
  )
  cancelDeadline()
  if (!opened.ok) return err(opened.error)
  const channel = opened.value

  /** A promise that `start` settles, or else the deadline or the end of the line, with `otherwise`. */
  const within = <T>(
    deadlineMs: number,
    otherwise: T,
    start: (settle: (value: T) => void) => void,
  ) =>
    new Promise<T>((resolve) => {
      if (!open) return resolve(otherwise)
      const settle = (value: T) => {
        cancel()
        broken.delete(giveUp)
        resolve(value)
      }
      const giveUp = () => settle(otherwise)
      const cancel = timers.after(deadlineMs, giveUp)
      broken.add(giveUp)
      return start(settle)
    })

  return ok({
    isOpen: () => open,
    send: (bytes, deadlineMs) =>
      within<boolean>(deadlineMs, false, (settle) => void channel.write(bytes).then(settle)),
    next: async (kind, deadlineMs) => {
      let listener: (answer: StatusByte) => void = () => {}
      const answer = await within<number | null>(deadlineMs, null, (settle) => {
        listener = (found) => {
          if (found.kind === kind) settle(found.byte)
        }
        listeners.add(listener)
      })
      listeners.delete(listener)
      return answer
    },
    close: () => channel.close(),
  })
}
