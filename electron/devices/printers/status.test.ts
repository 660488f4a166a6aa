import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PrinterState } from '../../../shared/contract/index.ts'
import { createStatusReader, printerState, type StatusReplies } from './status.ts'

const fine: StatusReplies = { 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12 }

describe('what four answers mean together', () => {
  it.each<[string, Partial<StatusReplies>, PrinterState]>([
    ['all fine', {}, { state: 'ready', paper: 'enough' }],
    ['roll near its end', { 4: 0x1e }, { state: 'ready', paper: 'near-end' }],
    ['no paper', { 1: 0x1a, 2: 0x32, 4: 0x7e }, { state: 'paper-out' }],
    ['no paper, by the sensor alone', { 4: 0x72 }, { state: 'paper-out' }],
    ['cover open', { 1: 0x1a, 2: 0x16 }, { state: 'cover-open' }],
    ['cover open while the roll is out', { 1: 0x1a, 2: 0x36 }, { state: 'cover-open' }],
    ['cutter stuck', { 1: 0x1a, 2: 0x52, 3: 0x1a }, { state: 'error', cause: 'cutter' }],
    ['head too hot', { 2: 0x52, 3: 0x52 }, { state: 'error', cause: 'recoverable' }],
    ['broken', { 2: 0x76, 3: 0x3a }, { state: 'error', cause: 'unrecoverable' }],
    ['an error without a cause', { 2: 0x52 }, { state: 'error', cause: 'unrecoverable' }],
    ['off line without a cause', { 1: 0x1a }, { state: 'error', cause: 'offline' }],
    ['only the first answer', { 2: null, 3: null, 4: null }, { state: 'ready', paper: 'enough' }],
    ['no answer at all', { 1: null, 2: null, 3: null, 4: null }, { state: 'unknown' }],
  ])('%s', (_name, changed, expected) => {
    expect(printerState({ ...fine, ...changed })).toEqual(expected)
  })

  it('never calls a printer ready that reports an error, an open cover or no paper', () => {
    const byte = fc.option(fc.nat(255))
    fc.assert(
      fc.property(fc.record({ 1: byte, 2: byte, 3: byte, 4: byte }), (replies) => {
        const bad =
          ((replies[2] ?? 0) & 0x64) !== 0 ||
          ((replies[3] ?? 0) & 0x68) !== 0 ||
          ((replies[4] ?? 0) & 0x60) !== 0
        expect(bad && printerState(replies).state === 'ready').toBe(false)
      }),
    )
  })
})

describe('sorting what a printer sends', () => {
  it('tells an answer at once from an answer in turn, and passes over flow control', () => {
    expect(createStatusReader().push(Uint8Array.of(0x13, 0x12, 0x11, 0x0c))).toEqual([
      { kind: 'real-time', byte: 0x12 },
      { kind: 'in-turn', byte: 0x0c },
    ])
  })

  it('reads automatic status, also when it arrives in pieces', () => {
    const reader = createStatusReader()
    expect(reader.push(Uint8Array.of(0x10, 0))).toEqual([])
    expect(reader.push(Uint8Array.of(0, 0, 0x16))).toEqual([
      { kind: 'automatic', replies: fine },
      { kind: 'real-time', byte: 0x16 },
    ])
  })

  it.each<[string, number[], PrinterState]>([
    ['all fine', [0x10, 0, 0, 0], { state: 'ready', paper: 'enough' }],
    ['roll near its end', [0x10, 0, 0x03, 0], { state: 'ready', paper: 'near-end' }],
    ['no paper', [0x18, 0, 0x0f, 0], { state: 'paper-out' }],
    ['cover open', [0x38, 0, 0, 0], { state: 'cover-open' }],
    ['cutter stuck', [0x18, 0x08, 0, 0], { state: 'error', cause: 'cutter' }],
    ['head too hot', [0x18, 0x40, 0, 0], { state: 'error', cause: 'recoverable' }],
    ['broken', [0x18, 0x20, 0, 0], { state: 'error', cause: 'unrecoverable' }],
    ['off line without a cause', [0x18, 0, 0, 0], { state: 'error', cause: 'offline' }],
  ])('automatic status says: %s', (_name, bytes, expected) => {
    const [answer] = createStatusReader().push(Uint8Array.from(bytes))
    expect(answer?.kind === 'automatic' && printerState(answer.replies)).toEqual(expected)
  })

  it('finds its place again after automatic status that broke off', () => {
    expect(createStatusReader().push(Uint8Array.of(0x10, 0, 0x12))).toEqual([
      { kind: 'real-time', byte: 0x12 },
    ])
  })

  it('takes the answer to clearing for no answer in turn', () => {
    expect(createStatusReader().push(Uint8Array.of(0x37, 0x25, 0))).toEqual([{ kind: 'cleared' }])
  })

  it('calls rubbish what no printer says', () => {
    const answers = createStatusReader().push(Buffer.from('HTTP/1.1'))
    expect(answers[0]).toEqual({ kind: 'rubbish', byte: 0x48 })
  })

  it('sorts the same bytes the same way however they are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (bytes, cut) => {
        const at = cut % (bytes.length + 1)
        const pieces = createStatusReader()
        expect([...pieces.push(bytes.subarray(0, at)), ...pieces.push(bytes.subarray(at))]).toEqual(
          createStatusReader().push(bytes),
        )
      }),
    )
  })
})
