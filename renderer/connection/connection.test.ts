import { EventEmitter, once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, describe, expect, it } from 'vitest'
import { contract } from '../../shared/contract/contract.ts'
import type { CitizenAction, Update } from '../../shared/contract/index.ts'
import type { Channel, CoreClient } from './channel.ts'
import { createConnection, CONNECTION_LIMITS, retryDelayMs, type Connection } from './connection.ts'
import { exampleView } from './example-view.test-data.ts'

interface Sent {
  readonly commandId: string
  readonly action: CitizenAction
}

/** A core on the other end of a real message channel; the test plays its part. */
function createFakeCore() {
  const events = new EventEmitter()
  const open: (() => void)[] = []
  const sent: Sent[] = []
  const script = {
    updates: (): Update[] => [{ kind: 'snapshot', seq: 0, view: exampleView() }],
    act: (_action: CitizenAction, _cut: () => void): 'done' | 'ignored' => 'done',
    reachable: true,
    watches: 0,
    opened: 0,
  }
  // Staff procedures are not for a page that nobody has unlocked.
  const { citizen, training } = contract
  const os = implement({ citizen, training })

  function connect(): Channel {
    const { port1, port2 } = new MessageChannel()
    const cut = () => port2.close()
    const router = os.router({
      citizen: {
        watch: os.citizen.watch.handler(async function* ({ signal }) {
          script.watches += 1
          yield* script.updates()
          await new Promise<void>((resolve) => {
            if (signal?.aborted === true) resolve()
            signal?.addEventListener('abort', () => resolve())
          })
        }),
        act: os.citizen.act.handler(({ input }) => {
          sent.push(input)
          const outcome = script.act(input.action, cut)
          events.emit('act')
          return { outcome }
        }),
        scan: os.citizen.scan.handler(() => ({ outcome: 'ignored' as const })),
        unlock: {
          ask: os.citizen.unlock.ask.handler(() => null),
          try: os.citizen.unlock.try.handler(() => ({ outcome: 'ignored' as const })),
        },
        search: os.citizen.search.handler(() => {
          throw new Error('the catalogue is broken')
        }),
        provinces: os.citizen.provinces.handler(() => []),
        places: os.citizen.places.handler(() => []),
      },
      training: {
        world: os.training.world.handler(() => Promise.reject(new Error('no world'))),
        scan: os.training.scan.handler(() => null),
        setPortal: os.training.setPortal.handler(() => null),
        askSupplement: os.training.askSupplement.handler(() => null),
        setPaper: os.training.setPaper.handler(() => null),
        setDevice: os.training.setDevice.handler(() => null),
        setPrinter: os.training.setPrinter.handler(() => null),
        setCard: os.training.setCard.handler(() => null),
        killCore: os.training.killCore.handler(() => null),
      },
    })
    new RPCHandler(router).upgrade(port2)
    port2.start()
    const client: CoreClient = createORPCClient(new RPCLink({ port: port1 }))
    port1.start()
    open.push(cut)
    return { client, close: () => port1.close() }
  }

  return {
    script,
    sent,
    events,
    open: () => {
      script.opened += 1
      return script.reachable ? Promise.resolve(connect()) : Promise.reject(new Error('away'))
    },
    cutAll: () => {
      for (const cut of open.splice(0)) cut()
    },
  }
}

/** A clock whose waits end when the test says so. */
function createWaits() {
  const events = new EventEmitter()
  const asked: { readonly ms: number; readonly end: () => void }[] = []
  return {
    asked,
    wait: (ms: number) =>
      new Promise<void>((end) => {
        asked.push({ ms, end })
        events.emit('asked')
      }),
    /** Ends the next wait of this length, when it has been asked for. */
    async pass(ms: number) {
      for (;;) {
        const at = asked.findIndex((each) => each.ms === ms)
        const [found] = at < 0 ? [] : asked.splice(at, 1)
        if (found !== undefined) return found.end()
        await once(events, 'asked')
      }
    },
  }
}

function until(connection: Connection, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = connection.subscribe(check)
    function check() {
      if (!holds()) return
      stop()
      resolve()
    }
    check()
  })
}

function start() {
  const core = createFakeCore()
  const waits = createWaits()
  let ids = 0
  const connection = createConnection({
    open: core.open,
    wait: waits.wait,
    newId: () => {
      ids += 1
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
    },
  })
  cleanUp.push(core.cutAll)
  const link = (state: string) => until(connection, () => connection.state().link === state)
  return { core, waits, connection, link }
}

const cleanUp: (() => void)[] = []
afterEach(() => {
  for (const each of cleanUp.splice(0)) each()
})

describe('the line to the core', () => {
  it('is up with the first snapshot', async () => {
    const { connection, link } = start()
    expect(connection.state()).toEqual({ view: null, link: 'down' })
    await link('up')
    expect(connection.state().view).toEqual(exampleView())
  })

  it('keeps the last view while it is down, and mends itself', async () => {
    const { core, waits, connection, link } = start()
    await link('up')
    core.cutAll()
    await link('down')
    expect(connection.state().view).toEqual(exampleView())
    await waits.pass(retryDelayMs(0))
    await link('up')
    expect(core.script.opened).toBe(2)
  })

  it('says so when the core stays away, and no longer once it is back', async () => {
    const { core, waits, connection, link } = start()
    await link('up')
    core.script.reachable = false
    core.cutAll()
    await link('down')
    await waits.pass(CONNECTION_LIMITS.OVERDUE_MS)
    await waits.pass(CONNECTION_LIMITS.OVERDUE_MS)
    await link('overdue')
    core.script.reachable = true
    await waits.pass(retryDelayMs(0))
    await link('up')
    expect(connection.state().view).toEqual(exampleView())
  })

  it('asks again after 100, 200, 400 … and never longer than 1000 ms', async () => {
    const { core, waits } = start()
    core.script.reachable = false
    core.cutAll()
    for (const ms of [100, 200, 400, 800, 1000, 1000]) await waits.pass(ms)
    expect([0, 1, 2, 3, 4, 5, 60].map(retryDelayMs)).toEqual([100, 200, 400, 800, 1000, 1000, 1000])
  })

  it('subscribes again after a gap in the numbers', async () => {
    const { core, connection } = start()
    const delivery = { topic: 'delivery', data: { waiting: 9, portal: 'away' } } as const
    core.script.updates = () => {
      const gap: Update[] = [{ kind: 'change', seq: 5, change: delivery }]
      const whole: Update[] = [{ kind: 'change', seq: 1, change: delivery }]
      const first: Update = { kind: 'snapshot', seq: 0, view: exampleView() }
      return [first, ...(core.script.watches === 1 ? gap : whole)]
    }
    await until(connection, () => connection.state().view?.delivery.waiting === 9)
    expect(core.script.watches).toBe(2)
    expect(core.script.opened).toBe(1)
  })
})

describe('a command', () => {
  it('is sent once and answered', async () => {
    const { core, connection } = start()
    expect(await connection.act({ type: 'start' })).toEqual({ ok: true, value: null })
    expect(core.sent.map(({ action }) => action)).toEqual([{ type: 'start' }])
  })

  it('whose answer got lost is sent again under the same id', async () => {
    const { core, waits, connection, link } = start()
    await link('up')
    core.script.act = (_action, cut) => {
      if (core.sent.length === 1) cut()
      return 'done'
    }
    const done = connection.act({ type: 'declare' })
    await link('down')
    await waits.pass(retryDelayMs(0))
    expect(await done).toEqual({ ok: true, value: null })
    expect(core.sent).toHaveLength(2)
    expect(core.sent[1]).toEqual(core.sent[0])
  })

  it('waits for a core that is away', async () => {
    const { core, waits, connection, link } = start()
    await link('up')
    core.cutAll()
    await link('down')
    const done = connection.act({ type: 'begin' })
    await waits.pass(retryDelayMs(0))
    expect((await done).ok).toBe(true)
  })

  it('that the core refuses is not sent again', async () => {
    const { core, connection, link } = start()
    await link('up')
    expect(await connection.search('khai sinh')).toEqual({ ok: false, error: 'refused' })
    expect(core.script.opened).toBe(1)
  })

  it('draws a new id for each touch', async () => {
    const { core, connection } = start()
    await connection.act({ type: 'back' })
    await connection.act({ type: 'back' })
    expect(new Set(core.sent.map(({ commandId }) => commandId)).size).toBe(2)
  })
})
