import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { createStatusReader, type StatusAnswer } from './status.ts'
import type { Timers } from '../../timers.ts'
import type { OpenProblem, Transport } from './transport.ts'

/** An open line on which every wait has an end. */
export type Line = {
  isOpen(): boolean
  /** False if the bytes were not taken within `deadlineMs`, or the line broke. */
  send(bytes: Uint8Array, deadlineMs: number): Promise<boolean>
  /** The next answer of that kind from now on; null if none comes in time or the line broke. */
  next<K extends 'real-time' | 'automatic'>(kind: K, deadlineMs: number): Promise<Answer<K> | null>
  /**
   * The answer to the one question in turn that is sent next, and to none before it: a printer that
   * was held up still answers those first. Null if it does not come in time or the line broke.
   */
  nextInTurn(deadlineMs: number): Promise<Answer<'in-turn'> | null>
  /** Whether only what such a printer says has come in so far. */
  isSound(): boolean
  close(): void
}

type Answer<K extends StatusAnswer['kind']> = Extract<StatusAnswer, { readonly kind: K }>

const isKind = <K extends StatusAnswer['kind']>(found: StatusAnswer, kind: K): found is Answer<K> =>
  found.kind === kind

/** What a line tells unasked: what the printer says so, and once that the line is gone. */
export type LineEvents = {
  readonly automatic: (replies: Answer<'automatic'>['replies']) => void
  readonly gone: () => void
}

/** Opens a line to the printer, or says why not. */
export async function openLine(
  transport: Transport,
  timers: Timers,
  openMs: number,
  events: LineEvents,
): Promise<Result<Line, OpenProblem>> {
  const reader = createStatusReader()
  const listeners = new Set<(answer: StatusAnswer) => void>()
  const broken = new Set<() => void>()
  let open = true
  let sound = true
  /** Questions in turn that the printer has not answered. */
  let owed = 0

  const attempt = new AbortController()
  const cancelDeadline = timers.after(openMs, () => attempt.abort())
  const opened = await transport.open(
    {
      data: (bytes) => {
        for (const answer of reader.push(bytes)) {
          if (answer.kind === 'rubbish') sound = false
          if (answer.kind === 'cleared') owed = 0
          if (answer.kind === 'in-turn' && owed > 0) owed -= 1
          if (answer.kind === 'automatic' && sound) events.automatic(answer.replies)
          for (const listener of listeners) listener(answer)
        }
      },
      closed: () => {
        open = false
        for (const giveUp of broken) giveUp()
        events.gone()
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

  const next = async <K extends StatusAnswer['kind']>(
    kind: K,
    deadlineMs: number,
    isMeant: () => boolean = () => true,
  ) => {
    let listener: (answer: StatusAnswer) => void = () => {}
    const answer = await within<Answer<K> | null>(deadlineMs, null, (settle) => {
      listener = (found) => {
        if (isKind(found, kind) && isMeant()) settle(found)
      }
      listeners.add(listener)
    })
    listeners.delete(listener)
    return answer
  }

  return ok({
    isOpen: () => open,
    send: (bytes, deadlineMs) =>
      within<boolean>(deadlineMs, false, (settle) => void channel.write(bytes).then(settle)),
    next,
    nextInTurn: (deadlineMs) => {
      owed += 1
      return next('in-turn', deadlineMs, () => owed === 0)
    },
    isSound: () => sound,
    close: () => channel.close(),
  })
}
