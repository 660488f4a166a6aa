import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { LINK_TIMES, type CoreOptions, type ToCore } from './core-link.ts'
import { RESTART_LIMITS } from './restart.ts'
import { superviseCore, type CoreChild, type CoreEnd } from './supervise.ts'

/** A core that the test plays. */
function playedChild() {
  let hear: (message: unknown) => void = () => {}
  let end: (code: number | null) => void = () => {}
  const child = {
    received: new Array<ToCore>(),
    killed: false,
    says: (message: unknown) => hear(message),
    exits: (code: number | null) => end(code),
    launcher: {
      send: (message) => child.received.push(message),
      onMessage(listener) {
        hear = listener
      },
      onExit(listener) {
        end = listener
      },
      kill() {
        child.killed = true
      },
    } satisfies CoreChild,
  }
  return child
}

function supervised() {
  const clock = createManualTimers()
  const children = new Array<ReturnType<typeof playedChild>>()
  const happened = new Array<string>()
  const ends = new Array<CoreEnd>()
  const log = new Array<string>()
  let port = 0
  const core = superviseCore({
    launch() {
      const child = playedChild()
      children.push(child)
      return child.launcher
    },
    options: (): CoreOptions => ({
      dataDir: '/data',
      training: false,
      worldFile: null,
      serve: { kind: 'loopback', port, pageDir: '/page', token: 'x'.repeat(64) },
    }),
    timers: clock,
    onReady(address) {
      port = Number(new URL(address ?? '').port)
      happened.push('ready')
    },
    onGone(end) {
      ends.push(end)
      happened.push('gone')
    },
    onGiveUp: () => happened.push('give up'),
    log: (line) => log.push(line),
  })
  const last = () => {
    const child = children.at(-1)
    if (child === undefined) throw new Error('no child')
    return child
  }
  return { clock, children, last, happened, ends, log, core }
}

const READY = { type: 'ready', address: 'http://127.0.0.1:4711' }

describe('superviseCore', () => {
  test('starts the core with its options and says when it is ready', () => {
    const { last, happened } = supervised()
    expect(last().received).toMatchObject([{ type: 'start', options: { serve: { port: 0 } } }])
    last().says(READY)
    expect(happened).toEqual(['ready'])
  })

  test('starts a dead core again at once, on the port that the first one found', () => {
    const { clock, last, children, happened, ends } = supervised()
    last().says(READY)
    last().exits(139)
    clock.advance(0)
    expect(children).toHaveLength(2)
    expect(last().received).toMatchObject([{ options: { serve: { port: 4711 } } }])
    expect(ends).toEqual([{ kind: 'exit', code: 139 }])
    last().says(READY)
    expect(happened).toEqual(['ready', 'gone', 'ready'])
  })

  test('kills a core that is silent for ten seconds, and waits for its end before the next', () => {
    const { clock, last, children, ends } = supervised()
    const hung = last()
    hung.says(READY)
    clock.advance(LINK_TIMES.SILENCE_MS - 1)
    expect(hung.killed).toBe(false)
    clock.advance(1)
    expect(hung.killed).toBe(true)
    expect(children).toHaveLength(1)
    hung.exits(null)
    clock.advance(0)
    expect(children).toHaveLength(2)
    expect(ends).toEqual([{ kind: 'silent' }])
  })

  test('leaves a core alone that keeps saying that it is alive', () => {
    const { clock, last } = supervised()
    for (let beat = 0; beat < 100; beat += 1) {
      clock.advance(LINK_TIMES.HEARTBEAT_MS)
      last().says({ type: 'alive' })
    }
    expect(last().killed).toBe(false)
  })

  test('gives up once per outage, goes on trying each five seconds, and recovers', () => {
    const { clock, children, last, happened } = supervised()
    last().says(READY)
    for (let death = 1; death <= 8; death += 1) {
      last().exits(1)
      clock.advance(RESTART_LIMITS.OUT_OF_SERVICE_MS)
    }
    expect(children).toHaveLength(9)
    expect(happened.filter((what) => what === 'give up')).toEqual(['give up'])
    last().says(READY)
    expect(happened.at(-1)).toBe('ready')
    last().exits(1)
    expect(happened.slice(-2)).toEqual(['gone', 'give up'])
  })

  test('passes on why a core could not go on', () => {
    const { last, ends, log } = supervised()
    last().says({ type: 'fatal', code: 'profile-invalid', message: 'the profile has no portal' })
    last().exits(1)
    expect(ends).toEqual([
      { kind: 'fatal', code: 'profile-invalid', message: 'the profile has no portal' },
    ])
    expect(log.join()).toContain('profile-invalid: the profile has no portal')
  })

  test('passes over what it does not understand, and does not quote it', () => {
    const { last, happened, log } = supervised()
    last().says({ type: 'ready', address: 'Nguyễn Văn Ví Dụ' })
    last().says('079090000000')
    expect(happened).toEqual([])
    expect(log).toHaveLength(2)
    expect(log.join()).not.toMatch(/Ví Dụ|079090000000/)
  })

  test('sends only to a core that is ready', () => {
    const { last, core } = supervised()
    const port = { close() {} }
    expect(core.send({ type: 'port' }, [port])).toBe(false)
    last().says(READY)
    expect(core.send({ type: 'port' }, [port])).toBe(true)
    expect(last().received.map(({ type }) => type)).toEqual(['start', 'port'])
    last().exits(1)
    expect(core.send({ type: 'port' }, [port])).toBe(false)
  })

  test('stops: asks first, kills a core that does not go, and starts none again', async () => {
    const { clock, children, last, core } = supervised()
    last().says(READY)
    const stopped = core.stop()
    expect(last().received.at(-1)).toEqual({ type: 'stop' })
    clock.advance(LINK_TIMES.STOP_MS)
    expect(last().killed).toBe(true)
    last().exits(null)
    await stopped
    clock.advance(60_000)
    expect(children).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  test('stops between a death and the restart', async () => {
    const { clock, children, last, core } = supervised()
    last().exits(1)
    await core.stop()
    clock.advance(60_000)
    expect(children).toHaveLength(1)
  })

  test('whatever happens, at most one core runs', () => {
    const event = fc.constantFrom('exit', 'ready', 'alive', 'fatal', 'pass')
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const { clock, children, last } = supervised()
        const dead = new Set<unknown>()
        for (const what of events) {
          const child = last()
          if (what === 'pass') clock.advance(3_000)
          else if (dead.has(child)) continue
          else if (what === 'exit') {
            dead.add(child)
            child.exits(1)
          } else if (what === 'ready') child.says(READY)
          else if (what === 'alive') child.says({ type: 'alive' })
          else child.says({ type: 'fatal', code: 'x', message: 'y' })
          expect(children.length - dead.size).toBeLessThanOrEqual(1)
        }
        clock.advance(RESTART_LIMITS.OUT_OF_SERVICE_MS)
        expect(children.length - dead.size).toBe(1)
      }),
    )
  })
})

describe('a core that asks for the keyring', () => {
  const question = { type: 'keyring', id: 3, question: { kind: 'available' } }

  test('hears that there is none where its shell has none', async () => {
    const { children } = supervised()
    const [child] = children
    child?.says(question)
    await Promise.resolve()
    expect(child?.received.at(-1)).toEqual({ type: 'keyring', id: 3, answer: { kind: 'failed' } })
  })

  test('hears nothing after its death, nor does the next one', async () => {
    const { children, clock } = supervised()
    children[0]?.says(question)
    children[0]?.exits(1)
    clock.advance(0)
    await Promise.resolve()
    expect(children.map(({ received }) => received.map(({ type }) => type))).toEqual([
      ['start'],
      ['start'],
    ])
  })
})
