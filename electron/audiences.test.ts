import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { describe, expect, it } from 'vitest'
import { contract, type Audience } from '../shared/contract/index.ts'
import { sampleView } from '../test/fixtures/view.ts'
import { createDispatcher } from './dispatch.ts'
import type { FrameChannel } from './frame-guard.ts'
import type { HelpDesk, Role } from './kiosk.ts'
import { createViewFeed } from './view-feed.ts'

/**
 * Who may call what, for every procedure that there is. Written out: whoever adds one says here who it
 * is for.
 */
const audiences: Readonly<Record<string, Audience>> = {
  'citizen.watch': 'citizen',
  'citizen.act': 'citizen',
  'citizen.scan': 'citizen',
  'citizen.unlock.ask': 'citizen',
  'citizen.unlock.try': 'citizen',
  'citizen.search': 'citizen',
  'citizen.provinces': 'citizen',
  'citizen.places': 'citizen',
  'staff.outbox.list': 'technician',
  'staff.outbox.show': 'technician',
  'staff.outbox.overview': 'technician',
  'staff.outbox.retry': 'technician',
  'staff.outbox.hold': 'technician',
  'staff.outbox.release': 'technician',
  'staff.outbox.handOver': 'technician',
  'staff.outbox.withdraw': 'technician',
  'staff.outbox.transferKey': 'technician',
  'staff.outbox.export': 'technician',
  'staff.outbox.import': 'technician',
  'staff.card.face': 'assistant',
  'staff.dictate': 'assistant',
  'staff.assist': 'assistant',
  'staff.calls.list': 'technician',
  'staff.calls.watch': 'technician',
  'staff.assistants.list': 'technician',
  'staff.assistants.add': 'technician',
  'staff.assistants.remove': 'technician',
  'staff.assistants.reset': 'technician',
  'staff.devices.list': 'technician',
  'staff.devices.watch': 'technician',
  'staff.devices.test': 'technician',
  'training.world': 'training',
  'training.scan': 'training',
  'training.setPortal': 'training',
  'training.askSupplement': 'training',
  'training.setPaper': 'training',
  'training.setDevice': 'training',
  'training.setPrinter': 'training',
  'training.setCard': 'training',
  'training.killCore': 'training',
}

type Who = 'a page' | 'an unlocked page' | 'the control socket'
const allowed: Readonly<Record<Audience, readonly Who[]>> = {
  citizen: ['a page', 'an unlocked page', 'the control socket'],
  training: ['a page', 'an unlocked page', 'the control socket'],
  assistant: ['an unlocked page', 'the control socket'],
  technician: ['the control socket'],
}

function pathsIn(node: object, above = ''): string[] {
  return Object.entries(node).flatMap(([name, child]: [string, object]) => {
    const path = above === '' ? name : `${above}.${name}`
    return '~orpc' in child ? [path] : pathsIn(child, path)
  })
}

/** A help desk on which an assistant has unlocked every page, or none. */
const helpDesk = (unlocked: boolean): HelpDesk => ({
  assistance: {
    ask: () => {},
    byPin: async () => ({ outcome: 'ignored' }),
    use: async () => ({ outcome: 'ignored' }),
    lookedAtFace: () => {},
    dictate: async () => ({ ok: false, why: 'not-here' }),
    isUnlockedOn: () => unlocked,
    gone: () => {},
  },
  calls: { list: () => [], watch: async function* () {} },
  assistants: {
    list: () => ({ assistants: [], tries: { failed: 0, door: 'open' } }),
    add: async () => ({ ok: true }),
    remove: () => ({ ok: true }),
    reset: () => ({ ok: true }),
  },
})

/** A client of the contract on a wire of its own, in this process. */
function clientOf(who: Who): object {
  const feed = createViewFeed(sampleView)
  const dispatcher = createDispatcher(
    {
      watch: (signal) => feed.watch(signal),
      act: () => 'ignored',
      scan: () => 'ignored',
      search: () => [],
      places: { provinces: async () => [], suggest: async () => [] },
      papers: async () => ({ status: 403, contentType: null, body: new Uint8Array() }),
      staff: null,
      devices: null,
      cardFace: null,
      help: helpDesk(who === 'an unlocked page'),
      training: null,
    },
    () => 0,
    () => {},
  )
  const toCore: ((frame: string) => void)[] = []
  const toPage: ((frame: string) => void)[] = []
  const channel: FrameChannel = {
    onFrame: (listener) => void toCore.push(listener),
    onClose: () => {},
    send: (frame) => toPage.forEach((listener) => listener(frame)),
    close: () => {},
  }
  const role: Role = who === 'the control socket' ? 'technician' : 'citizen'
  dispatcher.serve(channel, role)
  return createORPCClient(
    new RPCLink({
      port: {
        onMessage: {
          addListener: (listener: (data: unknown) => void) => void toPage.push(listener),
        },
        onDisconnect: { addListener: () => {} },
        postMessage: (frame: string) => toCore.forEach((listener) => listener(frame)),
      },
    }),
  )
}

/** The code of the refusal, or none. What is sent fits no procedure: only who may call is asked. */
async function refusalOf(who: Who, path: string): Promise<string | null> {
  const call = path.split('.').reduce((node, name) => Reflect.get(node, name), clientOf(who))
  if (typeof call !== 'function') throw new Error(`no procedure ${path}`)
  try {
    await Reflect.apply(call, null, [{ nonsense: true }])
    return null
  } catch (error) {
    if (error instanceof ORPCError) return String(error.code)
    throw error
  }
}

describe('who may call', () => {
  it('is written out for every procedure of the contract', () => {
    expect(pathsIn(contract)).toEqual(Object.keys(audiences))
  })

  for (const [path, audience] of Object.entries(audiences)) {
    it.each<Who>(['a page', 'an unlocked page', 'the control socket'])(
      `${path}: %s`,
      async (who) => {
        const isForbidden = (await refusalOf(who, path)) === 'FORBIDDEN'
        expect(isForbidden).toBe(!allowed[audience].includes(who))
      },
    )
  }
})
