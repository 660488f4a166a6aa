import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFraming } from './framing.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'

function bench() {
  const timers = createManualTimers()
  const frames: string[] = []
  const framing = createFraming(timers, {
    onScan: (bytes) => frames.push(Buffer.from(bytes).toString('latin1')),
    onRefused: (why) => frames.push(`(${why})`),
  })
  return {
    timers,
    frames,
    framing,
    push: (text: string) => framing.push(Buffer.from(text, 'latin1')),
  }
}

describe('a scan', () => {
  it.each(['\r', '\n', '\r\n'])('ends at once at %j', (terminator) => {
    const { frames, push } = bench()
    push(`one${terminator}two${terminator}`)
    expect(frames).toEqual(['one', 'two'])
  })

  it('without a terminator ends after 40 ms of silence', () => {
    const { frames, push, timers } = bench()
    push('on')
    timers.advance(39)
    push('e')
    timers.advance(39)
    expect(frames).toEqual([])
    timers.advance(1)
    expect(frames).toEqual(['one'])
  })

  it('is not cut in two when the process was stuck longer than the silence', () => {
    const { frames, push, timers } = bench()
    push('on')
    timers.stall(400)
    push('e')
    timers.advance(40)
    expect(frames).toEqual(['one'])
  })

  it('that was cut off by an unplug is forgotten', () => {
    const { frames, framing, push, timers } = bench()
    push('half')
    framing.discard()
    timers.advance(1000)
    push('whole\r')
    expect(frames).toEqual(['whole'])
  })

  it('of 4,096 bytes passes; of one more it is dropped whole and told once', () => {
    const { frames, push } = bench()
    push(`${'a'.repeat(4096)}\r${'b'.repeat(4097)}`)
    push(`${'b'.repeat(9000)}\rnext\r`)
    expect(frames).toEqual(['a'.repeat(4096), '(too-long)', 'next'])
  })

  it('too long and without a terminator ends at the silence', () => {
    const { frames, push, timers } = bench()
    push('b'.repeat(5000))
    timers.advance(40)
    push('next\r')
    expect(frames).toEqual(['(too-long)', 'next'])
  })

  it('comes out the same however the line chops the bytes', () => {
    const scan = fc.string({ unit: fc.constantFrom('a', '|', '\xe1', '\0', ' '), minLength: 1 })
    fc.assert(
      fc.property(
        fc.array(scan, { maxLength: 6 }),
        fc.constantFrom('\r', '\n', '\r\n'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (scans, terminator, sizes) => {
          const { frames, push, timers } = bench()
          const stream = scans.map((text) => text + terminator).join('')
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1
            push(stream.slice(at, at + size))
            timers.advance(5)
            at += size
          }
          expect(frames).toEqual(scans)
          expect(timers.pending()).toBe(0)
        },
      ),
    )
  })
})
