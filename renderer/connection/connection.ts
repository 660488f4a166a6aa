import { ORPCError } from '@orpc/client'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type {
  CitizenAction,
  ListedProvince,
  PageScan,
  PlaceQuestion,
  PlaceSuggestion,
  SearchHit,
  View,
} from '../../shared/contract/index.ts'
import type { Channel, CoreClient } from './channel.ts'
import { applyUpdate, type Numbered } from './updates.ts'

/** Waits of the line between page and core. */
export const CONNECTION_LIMITS = {
  /** The first wait before a new attempt; each later one doubles. */
  FIRST_RETRY_MS: 100,
  /** A core comes back within a second; asking less often would be felt. */
  LAST_RETRY_MS: 1000,
  /** So long without a core the page says nothing: most restarts are over by then. */
  OVERDUE_MS: 1500,
} as const

/** How the page stands to the core. `overdue`: gone for so long that the citizen is told. */
export interface ConnectionState {
  /** The last view that the core sent; null until the first. */
  readonly view: View | null
  readonly link: 'up' | 'down' | 'overdue'
}

/** What a connection needs from outside. */
export interface ConnectionPorts {
  /** Opens a new line, or rejects. */
  readonly open: () => Promise<Channel>
  readonly wait: (ms: number) => Promise<void>
  /** A new UUID. */
  readonly newId: () => string
}

/** The core answered, but would not: a bug or a call that does not belong here. */
export type Refused = 'refused'

/** The page's line to the core: state to look at, commands to send. It mends itself for ever. */
export interface Connection {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => ConnectionState
  /**
   * Sends what the citizen did. While the core is away the command waits, and one whose answer
   * got lost is sent again under the same id, so that the core does it once.
   */
  readonly act: (action: CitizenAction) => Promise<Result<null, Refused>>
  /** Hands in what a scanner of the page's own has read. */
  readonly scan: (scan: PageScan) => Promise<Result<null, Refused>>
  readonly search: (words: string) => Promise<Result<readonly SearchHit[], Refused>>
  /** The provinces, the kiosk's own first; none where it has no lists of places. */
  readonly provinces: () => Promise<Result<readonly ListedProvince[], Refused>>
  /** Provinces and communes that these words may mean. */
  readonly places: (question: PlaceQuestion) => Promise<Result<readonly PlaceSuggestion[], Refused>>
  /** Any other call; `commandId` is drawn once, so it survives a reconnect. */
  readonly call: <T>(
    call: (client: CoreClient, commandId: string) => Promise<T>,
  ) => Promise<Result<T, Refused>>
}

/** The wait before attempt `failures + 1`. */
export function retryDelayMs(failures: number): number {
  const { FIRST_RETRY_MS, LAST_RETRY_MS } = CONNECTION_LIMITS
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 10), LAST_RETRY_MS)
}

/** Opens the line and keeps it open. */
export function createConnection(ports: ConnectionPorts): Connection {
  let state: ConnectionState = { view: null, link: 'down' }
  let current: Channel | null = null
  let outage = 0
  const listeners = new Set<() => void>()
  let waiting: ((channel: Channel) => void)[] = []

  function set(next: ConnectionState) {
    state = next
    for (const listener of listeners) listener()
  }

  async function tellWhenOverdue() {
    outage += 1
    const mine = outage
    await ports.wait(CONNECTION_LIMITS.OVERDUE_MS)
    if (mine === outage && state.link === 'down') set({ ...state, link: 'overdue' })
  }

  function up(channel: Channel, view: View) {
    set({ view, link: 'up' })
    if (current === channel) return
    current = channel
    outage += 1
    const ready = waiting
    waiting = []
    for (const resolve of ready) resolve(channel)
  }

  /** Ends a line that does not work. The loop below, which listens on it, then opens the next. */
  function drop(channel: Channel) {
    channel.close()
    if (current !== channel) return
    current = null
    set({ ...state, link: 'down' })
    void tellWhenOverdue()
  }

  /** Follows the core's updates until the line breaks; says whether any came. */
  async function follow(channel: Channel): Promise<boolean> {
    let numbered: Numbered | null = null
    try {
      for (;;) {
        let gap = false
        for await (const update of await channel.client.citizen.watch()) {
          const next = applyUpdate(numbered, update)
          gap = next === 'gap'
          if (next === 'gap') break
          numbered = next
          up(channel, next.view)
        }
        if (!gap) return numbered !== null
      }
    } catch {
      return numbered !== null
    }
  }

  async function run() {
    void tellWhenOverdue()
    let failures = 0
    for (;;) {
      const channel = await ports.open().catch(() => null)
      if (channel !== null) {
        if (await follow(channel)) failures = 0
        drop(channel)
      }
      await ports.wait(retryDelayMs(failures))
      failures += 1
    }
  }

  const ready = (): Promise<Channel> =>
    current === null ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(current)

  const call: Connection['call'] = async (make) => {
    const commandId = ports.newId()
    for (;;) {
      const channel = await ready()
      try {
        return ok(await make(channel.client, commandId))
      } catch (error) {
        if (error instanceof ORPCError) return err('refused')
        drop(channel)
      }
    }
  }

  void run()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => state,
    async act(action) {
      const done = await call((client, commandId) => client.citizen.act({ commandId, action }))
      return done.ok ? ok(null) : done
    },
    async scan(scan) {
      const done = await call((client, commandId) => client.citizen.scan({ commandId, ...scan }))
      return done.ok ? ok(null) : done
    },
    search: (words) => call((client) => client.citizen.search({ words })),
    provinces: () => call((client) => client.citizen.provinces()),
    places: (question) => call((client) => client.citizen.places(question)),
    call,
  }
}
