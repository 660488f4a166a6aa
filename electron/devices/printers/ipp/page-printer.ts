import { isDeepStrictEqual } from 'node:util'
import type { PagePrinterState } from '../../../../shared/contract/index.ts'
import { err, ok, type Result } from '../../../../shared/domain/result.ts'
import type { Timers } from '../../../timers.ts'
import {
  isSuccess,
  isUntouched,
  readJobId,
  readJobState,
  readPrinter,
  type PrinterFacts,
} from './answers.ts'
import { openExchange } from './exchange.ts'
import {
  cancelJob,
  getJobAttributes,
  getPrinterAttributes,
  printJob,
  type Media,
  type PageForm,
} from './operations.ts'
import { firstPace, type Look, nextPace, WATCH_LIMITS } from './watch-pace.ts'

/** Every time limit of a page printer. */
export const PAGE_LIMITS = {
  /** For one question that matters more than the pace. */
  ASK_MS: WATCH_LIMITS.ASK_MS,
  /** To hand the document over. */
  SEND_MS: 30_000,
  /** For somebody else's job, where the printer takes one at a time. */
  BUSY_MS: 30_000,
  /** Between two looks at a job. */
  JOB_POLL_MS: 500,
  /** From the hand-over to the end: warming up, and somebody putting paper in. */
  JOB_MS: 180_000,
} as const

/** A change of state, for the log; no contents, no person. */
export type PagePrinterEvent = {
  readonly event: 'page-printer-state'
  readonly state: PagePrinterState
}

/**
 * Why no page came, as far as is known.
 * - `printer`: its state; nothing was sent, or what was sent has been cancelled.
 * - `format`: it takes neither PDF nor PWG raster nor JPEG, or the document cannot be drawn so.
 * - `refused`: by an IPP status, such as 0x040a for a document that it does not understand.
 * - `aborted`, `cancelled`: by the printer, or by somebody at it.
 * - `unknown`: the line broke after it was sent, or it never came to an end: a page may have come.
 */
export type PageProblem =
  | { readonly kind: 'printer'; readonly printer: PagePrinterState }
  | { readonly kind: 'format' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'aborted' | 'cancelled' | 'unknown' }

/** A document in the forms that it can be had in. */
export type PageJob = {
  /** Kind of paper, for the printer's own list of jobs: of nobody. */
  readonly name: string
  readonly media: Media
  /** Null where it cannot be drawn so. */
  readonly make: (form: PageForm) => Promise<Uint8Array | null>
}

/** An A4 printer on the network, or a queue of CUPS. */
export type PagePrinter = {
  state(): PagePrinterState
  /** Called with each new state; the returned function ends it. */
  subscribe(listener: (state: PagePrinterState) => void): () => void
  /** Asks the printer now. */
  refresh(): Promise<PagePrinterState>
  /** Prints one document and follows it to its end. One at a time. */
  print(job: PageJob): Promise<Result<null, PageProblem>>
  close(): Promise<void>
}

/** Drives a printer over IPP (RFC 8011); `uri` as `ipp://host/ipp/print` or `ipp://localhost/printers/NAME`. */
export function createPagePrinter(ports: {
  readonly uri: string
  readonly timers: Timers
  readonly log: (event: PagePrinterEvent) => void
}): PagePrinter {
  const { uri, timers, log } = ports
  const exchange = openExchange(uri, timers)
  const listeners = new Set<(state: PagePrinterState) => void>()
  let state: PagePrinterState = { state: 'unknown' }
  let requestId = 0
  let pace = firstPace
  let closed = false
  let cancelWatch = () => {}
  let wake = () => {}
  let turn: Promise<unknown> = Promise.resolve()

  const exclusive = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = turn.then(run)
    turn = mine.catch(() => {})
    return mine
  }
  const nextId = () => (requestId += 1)

  const settle = (next: PagePrinterState): PagePrinterState => {
    if (isDeepStrictEqual(next, state)) return state
    state = next
    log({ event: 'page-printer-state', state })
    for (const listener of listeners) listener(state)
    return state
  }

  /** Asks the printer how it is; `facts` are null where it does not answer, or not as a printer. */
  const look = async (
    what: 'state' | 'all',
    deadlineMs: number = PAGE_LIMITS.ASK_MS,
  ): Promise<{ readonly facts: PrinterFacts | null; readonly heard: Look['kind'] }> => {
    const ask = () => exchange.ask(getPrinterAttributes(nextId(), uri, what), deadlineMs)
    const first = await ask()
    // It may have let go of the kept line at this very moment; a question does no harm twice.
    const answer = !first.ok && first.error === 'cut' ? await ask() : first
    if (!answer.ok && answer.error !== 'not-ipp') {
      settle({ state: 'unreachable' })
      return { facts: null, heard: answer.error === 'late' ? 'late' : 'away' }
    }
    const facts = answer.ok && isSuccess(answer.value) ? readPrinter(answer.value) : null
    settle(facts ? facts.state : { state: 'unknown' })
    return { facts, heard: 'answered' }
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = timers.after(ms, resolve)
      wake = () => {
        cancel()
        resolve()
      }
    })

  /** Null where the printer does not answer, or knows no such job any more. */
  const askOfJob = async (id: number) => {
    const answer = await exchange.ask(getJobAttributes(nextId(), uri, id), PAGE_LIMITS.ASK_MS)
    return answer.ok && isSuccess(answer.value) ? answer.value : null
  }

  /** Follows a job until it ends; a fault of the printer is on view meanwhile. */
  const follow = async (id: number): Promise<Result<null, PageProblem>> => {
    const until = timers.now() + PAGE_LIMITS.JOB_MS
    for (;;) {
      const answer = await askOfJob(id)
      const job = answer && readJobState(answer)
      if (job === 'completed') return ok(null)
      if (job === 'aborted' || job === 'cancelled') return err({ kind: job })
      await look('state')
      if (job === 'unsent' || timers.now() >= until || closed) return giveUp(id)
      await pause(PAGE_LIMITS.JOB_POLL_MS)
    }
  }

  /** What has not come out must not come out later, beside its reprint. */
  const giveUp = async (id: number): Promise<Result<null, PageProblem>> => {
    const now = state
    const cancelled = await exchange.ask(cancelJob(nextId(), uri, id), PAGE_LIMITS.ASK_MS)
    if (!cancelled.ok || !isSuccess(cancelled.value)) return err({ kind: 'unknown' })
    if (now.state !== 'ready') return err({ kind: 'printer', printer: now })
    // A queue is ready whatever the printer behind it is; but it counts what it has sent there.
    const job = await askOfJob(id)
    if (!job || !isUntouched(job)) return err({ kind: 'unknown' })
    return err({ kind: 'printer', printer: { state: 'offline' } })
  }

  /** Hands a job over, again and again while the printer is busy with somebody else's. */
  const hand = async (job: Parameters<typeof printJob>[2], bytes: Uint8Array) => {
    const until = timers.now() + PAGE_LIMITS.BUSY_MS
    for (;;) {
      const answer = await exchange.ask(printJob(nextId(), uri, job), PAGE_LIMITS.SEND_MS, bytes)
      if (!answer.ok || answer.value.code !== BUSY || timers.now() >= until || closed) return answer
      await pause(PAGE_LIMITS.JOB_POLL_MS)
    }
  }

  const printNow: PagePrinter['print'] = async (job) => {
    const { facts } = await look('all')
    if (!facts || facts.state.state !== 'ready') return err({ kind: 'printer', printer: state })
    const media = facts.media.includes(job.media) ? job.media : (facts.media[0] ?? job.media)
    let answer: Awaited<ReturnType<typeof hand>> | null = null
    for (const form of facts.formsFor(media)) {
      const bytes = await job.make(form)
      if (!bytes) continue
      answer = await hand({ name: job.name, format: form.format, media }, bytes)
      // Some say that they take a form, and refuse it when it comes: a queue that lacks a filter.
      if (!answer.ok || answer.value.code !== FORMAT_NOT_SUPPORTED) break
    }
    if (!answer) return err({ kind: 'format' })
    if (!answer.ok) {
      if (answer.error !== 'unreachable') return err({ kind: 'unknown' })
      return err({ kind: 'printer', printer: settle({ state: 'unreachable' }) })
    }
    if (!isSuccess(answer.value)) return err({ kind: 'refused', status: answer.value.code })
    const id = readJobId(answer.value)
    return id === null ? err({ kind: 'unknown' }) : follow(id)
  }

  const watch = async () => {
    await exclusive(async () => {
      if (closed) return
      const began = timers.now()
      const { heard } = await look('state', pace.patienceMs)
      const tookMs = timers.now() - began
      pace = nextPace(pace, heard === 'answered' ? { kind: heard, tookMs } : { kind: heard })
    })
    if (!closed) cancelWatch = timers.after(pace.pauseMs, () => void watch())
  }
  void watch()

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    refresh: () =>
      exclusive(async () => {
        await look('state')
        return state
      }),
    print: (job) => exclusive(() => printNow(job)),
    async close() {
      closed = true
      cancelWatch()
      wake()
      await exchange.close()
      await turn
    },
  }
}

/** server-error-busy (RFC 8011, B.1.5.8) */
const BUSY = 0x0507
/** client-error-document-format-not-supported (RFC 8011, B.1.4.11) */
const FORMAT_NOT_SUPPORTED = 0x040a

/** Stands for the page printer of a kiosk whose profile names none. */
export function noPagePrinter(): PagePrinter {
  const state: PagePrinterState = { state: 'not-configured' }
  return {
    state: () => state,
    subscribe: () => () => {},
    refresh: async () => state,
    print: async () => err({ kind: 'printer', printer: state }),
    close: async () => {},
  }
}
