import { isDeepStrictEqual } from 'node:util'
import type { PrinterState } from '../../../shared/contract/index.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { AFTER_BROKEN_JOB } from './broken-job.ts'
import { type Line, openLine } from './line.ts'
import {
  AUTO_STATUS_ON,
  CLEAR_BUFFER,
  printerState,
  STATUS_IN_TURN,
  statusQuery,
  type StatusQuery,
  type StatusReplies,
} from './status.ts'
import type { Timers } from '../../timers.ts'
import type { OpenProblem, Transport } from './transport.ts'

/** Every time limit of a printer. */
export const PRINTER_LIMITS = {
  /** To open the line; a printer on the same LAN answers in a few milliseconds. */
  OPEN_MS: 2_000,
  /** For one status answer; a printer that cannot answer is then `unknown` and may still print. */
  STATUS_MS: 500,
  /** Between two status reads while idle. */
  POLL_MS: 1_000,
  /** For one chunk to be taken; a full printer that is out of paper takes none. */
  WRITE_MS: 5_000,
  /** From the last byte to the answer behind the cut; a 58 mm head needs 4 s for the longest slip. */
  CONFIRM_MS: 8_000,
  /** Bytes of one write: 0.4 s on a serial line of 115,200 baud. */
  CHUNK_BYTES: 4_096,
} as const

/** A change of state, for the log; no contents, no person. `problem`: why no line is open. */
export type PrinterEvent = {
  readonly event: 'printer-state'
  readonly state: PrinterState
  readonly problem: OpenProblem | null
}

/** A slip printer behind some transport. */
export type Printer = {
  state(): PrinterState
  /** Called with each new state; the returned function ends it. */
  subscribe(listener: (state: PrinterState) => void): () => void
  /** Asks the printer now. */
  refresh(): Promise<PrinterState>
  /**
   * Prints one job. `confirmed`: the printer said after the cut that all is well; not confirmed: it
   * took all bytes but does not say. An error is the state that stopped it; the rest of that job is
   * cleared from the printer where it understands so, and the whole sheet must be printed again.
   */
  print(bytes: Uint8Array): Promise<Result<{ readonly confirmed: boolean }, PrinterState>>
  close(): Promise<void>
}

/** Drives a printer: one thing at a time, every wait with an end, status read each second. */
export function createPrinter(ports: {
  readonly transport: Transport
  readonly timers: Timers
  readonly log: (event: PrinterEvent) => void
}): Printer {
  const { transport, timers, log } = ports
  const listeners = new Set<(state: PrinterState) => void>()
  let state: PrinterState = { state: 'disconnected' }
  let problem: OpenProblem | null = null
  let line: Line | null = null
  /** Whether this line ever answered a query: silence then means a broken line, not a mute printer. */
  let answers = false
  /** Whether this line ever told its status unasked. */
  let tells = false
  /**
   * Whether the last job broke off with some of it at the printer; the core before this one may have
   * died in the middle of one.
   */
  let broken = true
  let closed = false
  let cancelPoll = () => {}
  /** Whether a broken line had it looked at out of turn: one that breaks each line is not chased. */
  let hurried = false
  let turn: Promise<unknown> = Promise.resolve()

  const exclusive = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = turn.then(run)
    turn = mine.catch(() => {})
    return mine
  }

  const settle = (next: PrinterState, why: OpenProblem | null = null): PrinterState => {
    if (isDeepStrictEqual(next, state) && why === problem) return state
    state = next
    problem = why
    log({ event: 'printer-state', state, problem })
    for (const listener of listeners) listener(state)
    return state
  }

  const drop = () => {
    line?.close()
    line = null
    answers = false
    tells = false
  }

  const connect = async (): Promise<Result<Line, OpenProblem>> => {
    // Noise passes: each look at a line that spoke rubbish begins anew.
    if (line?.isOpen() && line.isSound()) return ok(line)
    drop()
    const opened = await openLine(transport, timers, PRINTER_LIMITS.OPEN_MS, {
      automatic: (replies) => {
        tells = true
        settle(printerState(replies))
      },
      // What the kiosk itself drops is no longer its line.
      gone: () => {
        if (line?.isOpen() === false) lookAtOnce()
      },
    })
    if (!opened.ok) return opened
    line = opened.value
    await line.send(AUTO_STATUS_ON, PRINTER_LIMITS.STATUS_MS)
    return ok(line)
  }

  const ask = async (open: Line, n: StatusQuery): Promise<number | null> => {
    const answer = open.next('real-time', PRINTER_LIMITS.STATUS_MS)
    await open.send(statusQuery(n), PRINTER_LIMITS.STATUS_MS)
    return (await answer)?.byte ?? null
  }

  /** For printers that tell what they are not asked for, but do not answer in real time. */
  const askAutomatic = async (open: Line): Promise<PrinterState | null> => {
    if (!tells) return null
    const answer = open.next('automatic', PRINTER_LIMITS.STATUS_MS)
    await open.send(AUTO_STATUS_ON, PRINTER_LIMITS.STATUS_MS)
    const told = await answer
    return told && printerState(told.replies)
  }

  /** What the printer says on this line; null where it says nothing that can be believed. */
  const readLine = async (open: Line): Promise<PrinterState | null> => {
    const said = await askAll(open)
    return open.isOpen() && open.isSound() ? said : null
  }

  const askAll = async (open: Line): Promise<PrinterState | null> => {
    const first = await ask(open, 1)
    if (first === null) return askAutomatic(open)
    answers = true
    const replies: StatusReplies = {
      1: first,
      2: await ask(open, 2),
      3: await ask(open, 3),
      4: await ask(open, 4),
    }
    return printerState(replies)
  }

  const readStatus = async (): Promise<PrinterState> => {
    // A second try on a fresh line: a printer that did answer and is silent now was cut off.
    for (const last of [false, true]) {
      const opened = await connect()
      if (!opened.ok) return settle({ state: 'disconnected' }, opened.error)
      const now = await readLine(opened.value)
      if (now) return settle(now)
      if (last && opened.value.isOpen()) break
      if (answers || !opened.value.isOpen()) drop()
      else break
    }
    return settle({ state: line?.isOpen() ? 'unknown' : 'disconnected' })
  }

  /** False also where the printer said meanwhile that it has stopped: more bytes would only wait. */
  const send = async (open: Line, bytes: Uint8Array): Promise<boolean> => {
    for (let at = 0; at < bytes.length; at += PRINTER_LIMITS.CHUNK_BYTES) {
      if (!canPrint(state)) return false
      const chunk = bytes.subarray(at, at + PRINTER_LIMITS.CHUNK_BYTES)
      if (!(await open.send(chunk, PRINTER_LIMITS.WRITE_MS))) return false
    }
    return true
  }

  /** Forgets the half-printed job at the printer, best effort, and answers with what stopped it. */
  const giveUp = async (reason: PrinterState) => {
    if (line?.isOpen() && (await line.send(CLEAR_BUFFER, PRINTER_LIMITS.STATUS_MS))) {
      // An answer to anything sent later says that the clearing has arrived.
      await ask(line, 1)
    }
    return err(reason)
  }

  const canPrint = (now: PrinterState) => now.state === 'ready' || now.state === 'unknown'

  const printNow: Printer['print'] = async (bytes) => {
    const before = await readStatus()
    if (!canPrint(before) || line === null) return err(before)
    const open: Line = line
    const job = broken ? Buffer.concat([AFTER_BROKEN_JOB, bytes]) : bytes
    broken = true
    if (!(await send(open, job))) {
      // The rest of the job is stuck in this line: a fresh one is needed to be heard at all.
      drop()
      const after = await readStatus()
      return giveUp(canPrint(after) ? { state: 'error', cause: 'offline' } : after)
    }
    if (before.state === 'unknown') {
      broken = false
      return ok({ confirmed: false })
    }

    const inTurn = open.nextInTurn(PRINTER_LIMITS.CONFIRM_MS)
    await open.send(STATUS_IN_TURN, PRINTER_LIMITS.WRITE_MS)
    for (;;) {
      // Half a second between two looks at a printer that is busy with our job, or until it speaks.
      const pause = open.next('automatic', PRINTER_LIMITS.STATUS_MS).then(() => 'pause' as const)
      const answer = await Promise.race([inTurn, pause])
      const now = await readLine(open)
      if (!open.isOpen()) return err(settle({ state: 'disconnected' }))
      if (now && !canPrint(settle(now))) return giveUp(now)
      if (answer === 'pause') continue
      broken = false
      return ok({ confirmed: answer !== null && now !== null })
    }
  }

  const poll = async () => {
    await exclusive(async () => {
      if (!closed) await readStatus()
    })
    // Another look may have ended meanwhile: there is one next one.
    cancelPoll()
    if (closed) return
    cancelPoll = timers.after(PRINTER_LIMITS.POLL_MS, () => {
      hurried = false
      void poll()
    })
  }
  const lookAtOnce = () => {
    if (closed || hurried) return
    hurried = true
    void poll()
  }
  void poll()

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    refresh: () => exclusive(readStatus),
    print: (bytes) => exclusive(() => printNow(bytes)),
    close: async () => {
      closed = true
      cancelPoll()
      line?.close()
      await exclusive(async () => drop())
    },
  }
}

/** Stands for the printer of a kiosk whose profile names none. */
export function noPrinter(): Printer {
  const state: PrinterState = { state: 'not-configured' }
  return {
    state: () => state,
    subscribe: () => () => {},
    refresh: async () => state,
    print: async () => err(state),
    close: async () => {},
  }
}
