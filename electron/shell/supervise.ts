import type { Timers } from '../timers.ts'
import {
  LINK_TIMES,
  toShellSchema,
  type CoreOptions,
  type ToCore,
  type ToShell,
} from './core-link.ts'
import type { KeyringAnswer, KeyringQuestion } from './keyring-link.ts'
import type { PaperAnswered } from './paper-link.ts'
import { nextRestart, recentDeaths } from './restart.ts'

/** A message port on its way to another process. */
export interface PassedPort {
  close(): void
}

/** A running core process, whatever started it. */
export interface CoreChild {
  /** `ports` travel with the message; only a utility process can take them. */
  send(message: ToCore, ports?: readonly PassedPort[]): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when the process could not be started at all. `code` null: by a signal. */
  onExit(listener: (code: number | null) => void): void
  /** Ends it at once, without asking. */
  kill(): void
}

/** Why a core ended. */
export type CoreEnd =
  | { readonly kind: 'exit'; readonly code: number | null }
  | { readonly kind: 'silent' }
  | { readonly kind: 'fatal'; readonly code: string; readonly message: string }

/** What `superviseCore` needs. */
export interface Supervision {
  launch(): CoreChild
  /** Asked before each start, so that a restarted core gets the port that the first one found. */
  options(): CoreOptions
  timers: Timers
  /** Answers for the login's keyring; left out where the shell has none. Never rejects. */
  readonly keyring?: (question: KeyringQuestion) => Promise<KeyringAnswer>
  /** The answer to a paper that was asked for; left out where no shell asks. */
  readonly paper?: (id: number, answer: PaperAnswered) => void
  /** The core takes calls; after each restart again. `address` null: it takes ports. */
  onReady(address: string | null): void
  /** The core ended unasked; it is started again by itself. */
  readonly onGone: (end: CoreEnd) => void
  /** Restarts do not help, once per outage: show "out of service". `onReady` ends it. */
  onGiveUp(): void
  /** One English line for stderr; never personal data. */
  readonly log: (line: string) => void
}

/** A core that is kept alive. */
export interface SupervisedCore {
  /** Sends to the running core; false when there is none ready. */
  send(message: ToCore, ports?: readonly PassedPort[]): boolean
  /** Kills the running core at once; it restarts as after any other death. */
  kill(): void
  /** Asks the core to stop, kills it after `STOP_MS`, and resolves when it has gone. */
  stop(): Promise<void>
}

/** Starts the core and starts it again whenever it dies, or is silent for `SILENCE_MS`. */
export function superviseCore(supervision: Supervision): SupervisedCore {
  const { timers } = supervision
  let deaths: readonly number[] = []
  let outOfService = false
  let running: { child: CoreChild; ready: boolean } | null = null
  let cancelRestart = () => {}
  let stopped: (() => void) | null = null

  function start(): void {
    const child = supervision.launch()
    const current = { child, ready: false }
    running = current
    let end: CoreEnd | null = null
    let cancelSilence = listen()

    function listen(): () => void {
      return timers.after(LINK_TIMES.SILENCE_MS, () => {
        end ??= { kind: 'silent' }
        child.kill()
      })
    }

    child.onMessage((data) => {
      const message = toShellSchema.safeParse(data)
      if (!message.success) return supervision.log('core: a message that the shell does not know')
      cancelSilence()
      cancelSilence = listen()
      switch (message.data.type) {
        case 'alive':
          return
        case 'ready':
          current.ready = true
          outOfService = false
          supervision.onReady(message.data.address)
          return
        case 'paper':
          return supervision.paper?.(message.data.id, message.data.answer)
        case 'keyring':
          return void answer(child, message.data)
        case 'fatal':
          end = { kind: 'fatal', code: message.data.code, message: message.data.message }
      }
    })
    child.onExit((code) => {
      cancelSilence()
      running = null
      if (stopped === null) restart(end ?? { kind: 'exit', code })
      else stopped()
    })
    child.send({ type: 'start', options: supervision.options() })
  }

  async function answer(
    child: CoreChild,
    { id, question }: Extract<ToShell, { type: 'keyring' }>,
  ): Promise<void> {
    const found = await supervision.keyring?.(question)
    if (running?.child !== child) return
    child.send({ type: 'keyring', id, answer: found ?? { kind: 'failed' } })
  }

  function restart(end: CoreEnd): void {
    const now = timers.now()
    deaths = [...recentDeaths(deaths, now), now]
    const next = nextRestart(deaths, now)
    supervision.log(`core: ${describe(end)}; restart in ${next.delayMs} ms`)
    // First, so that a shell which stops in `onGone` also cancels it.
    cancelRestart = timers.after(next.delayMs, start)
    supervision.onGone(end)
    if (next.outOfService && !outOfService && stopped === null) {
      outOfService = true
      supervision.onGiveUp()
    }
  }

  start()
  return {
    send(message, ports) {
      if (running?.ready !== true) return false
      running.child.send(message, ports)
      return true
    },
    kill: () => running?.child.kill(),
    async stop() {
      cancelRestart()
      const child = running?.child
      if (child === undefined) {
        stopped ??= () => {}
        return
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      const before = stopped
      stopped = () => {
        before?.()
        resolve()
      }
      child.send({ type: 'stop' })
      const cancelKill = timers.after(LINK_TIMES.STOP_MS, () => child.kill())
      await promise
      cancelKill()
    },
  }
}

function describe(end: CoreEnd): string {
  switch (end.kind) {
    case 'exit':
      return end.code === null ? 'ended by a signal' : `exited with code ${end.code}`
    case 'silent':
      return `silent for ${LINK_TIMES.SILENCE_MS} ms, killed`
    case 'fatal':
      return `${end.code}: ${end.message}`
    default:
      return end satisfies never
  }
}
