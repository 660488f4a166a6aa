import { describe, expect, it } from 'vitest'
import { ok } from '../../../shared/domain/result.ts'
import { parseCode } from '../../identity/index.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { hidLine } from './hid-line.ts'
import type { OpenLine } from './line.ts'
import { createScanner } from './scanner.ts'
import { serialLine } from './serial-line.ts'
import { hidPosReports } from './hid-pos-reports.ts'

/** What the hall does to a scanner: each is refused by name, and the next card is read. */

const CARD = '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'

type Channel = 'serial' | 'HID POS'
type Push = (bytes: Uint8Array) => void

/** A scanner over a channel of which only the bytes are invented. */
function open(channel: Channel) {
  const timers = createManualTimers()
  const got: string[] = []
  let push: Push = () => {}
  let gone = () => {}
  const port = {
    onClose: (listener: () => void) => {
      gone = listener
    },
    write: async () => ok(null),
    close: async () => {},
  }
  const hear = (listener: Push) => {
    push = listener
  }
  const device = {
    path: '/dev/hidraw0',
    vendorId: 1,
    productId: 1,
    serial: null,
    product: null,
    usagePage: 0x8c,
    usage: 2,
  }
  const line: OpenLine =
    channel === 'serial'
      ? serialLine({ path: '/dev/ttyACM0', baud: 9600 }, timers, {
          list: async () => ok([]),
          open: async () => ok({ ...port, onData: hear }),
        })
      : hidLine('any', timers, {
          list: async () => ok([device]),
          open: async () =>
            ok({ ...port, onReport: hear, sendFeatureReport: async () => ok(null) }),
        })
  const scanner = createScanner({
    open: line,
    timers,
    onScan: (text) => got.push(parseCode(text).kind),
    onRefused: (why) => got.push(why),
    log: () => {},
  })
  const code = (text: string | Uint8Array): Uint8Array[] => {
    const bytes = Buffer.from(text)
    return channel === 'serial' ? [Buffer.concat([bytes, Buffer.from('\r')])] : hidPosReports(bytes)
  }
  return {
    timers,
    got,
    scanner,
    send: (pieces: readonly Uint8Array[]) => {
      for (const piece of pieces) push(piece)
    },
    code,
    unplug: () => gone(),
    settle: async () => {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    },
  }
}
type Open = ReturnType<typeof open>

const channels: readonly Channel[] = ['serial', 'HID POS']

const inputs: readonly [string, (world: Open) => void, Partial<Record<Channel, string[]>>][] = [
  [
    'line noise',
    ({ send }) => send([Uint8Array.from({ length: 200 }, (_, at) => (at * 73 + 11) & 0xff)]),
    { serial: ['unknown', 'unknown'], 'HID POS': [] },
  ],
  [
    'half a frame',
    ({ send, code }) =>
      send(
        code(CARD)
          .map((piece) => piece.subarray(0, piece.length - 30))
          .slice(0, 1),
      ),
    { serial: ['garbled'], 'HID POS': ['malformed'] },
  ],
  [
    'two codes at once',
    ({ send, code }) => send(code(CARD + CARD)),
    { serial: ['garbled'], 'HID POS': ['garbled'] },
  ],
  [
    'a code of 64 kB',
    ({ send, code }) => send(code('x'.repeat(65_536))),
    { serial: ['too-long'], 'HID POS': ['too-long'] },
  ],
  [
    'bytes that are not UTF-8',
    ({ send, code }) => send(code(Uint8Array.of(0xff, 0xfe, 0x80, 0xc0, 0xaf))),
    { serial: ['unknown'], 'HID POS': ['unknown'] },
  ],
  [
    'a card whose middle was lost',
    ({ send, code }) => send(code(CARD.replace('Ví Dụ|0503', ''))),
    { serial: ['garbled'], 'HID POS': ['garbled'] },
  ],
]

describe.each(channels)('a %s scanner', (channel) => {
  it.each(inputs)('given %s', async (_, act, expected) => {
    const world = open(channel)
    await world.settle()
    act(world)
    world.timers.advance(2000)
    expect(world.got).toEqual(expected[channel])
    world.send(world.code(CARD))
    expect(world.got.at(-1)).toBe('id-card')
    expect(world.scanner.state()).toEqual({ state: 'ready' })
  })

  it('pulled in the middle of a frame reads the next card when it is back', async () => {
    const world = open(channel)
    await world.settle()
    const [first] = world.code(CARD)
    if (first) world.send([channel === 'serial' ? first.subarray(0, 64) : first])
    world.unplug()
    world.timers.advance(500)
    await world.settle()
    world.send(world.code(CARD))
    expect(world.got).toEqual(['id-card'])
  })
})
