import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFrame, FRAME_LIMITS, guardPort } from './frame-guard.ts'

const call = (body: unknown) => JSON.stringify({ i: '1', p: { u: '/citizen/act', b: body } })

describe('frames from the page', () => {
  it('passes a call and the end of a subscription', () => {
    expect(checkFrame(call({ json: { a: 1 } }))).toBeNull()
    expect(checkFrame(JSON.stringify({ i: '7', t: 4 }))).toBeNull()
  })

  it.each([
    ['bytes instead of text', new Uint8Array([1, 2]), 'not-text'],
    ['an object that skipped the codec', { i: '1' }, 'not-text'],
    ['half a frame', '{"i":"1","p":{"u":"/citizen', 'not-json'],
    ['nothing', '', 'not-json'],
    ['null', 'null', 'not-a-call'],
    ['a number', '42', 'not-a-call'],
    ['a call to another host', '{"i":"1","p":{"u":"http://evil/","b":1}}', 'not-a-call'],
    [
      'a form upload',
      '{"i":"1","p":{"u":"/x","h":{"content-type":"multipart/form-data"}}}',
      'not-a-call',
    ],
    ['a client stream', '{"i":"1","t":3,"p":{"e":"message"}}', 'not-a-call'],
    ['an extra key', '{"i":"1","p":{"u":"/x"},"x":1}', 'not-a-call'],
    ['brackets without end', '['.repeat(100_000), 'too-deep'],
    ['deep but valid', call(JSON.parse('['.repeat(40) + ']'.repeat(40))), 'too-deep'],
    ['more than a megabyte', call('x'.repeat(FRAME_LIMITS.MAX_FRAME_LENGTH)), 'too-long'],
  ])('refuses %s', (_name, frame, reason) => {
    expect(checkFrame(frame)).toBe(reason)
  })

  it('does not count brackets inside strings', () => {
    expect(checkFrame(call('['.repeat(1000) + '\\"{'.repeat(50)))).toBeNull()
  })

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (frame) => {
        checkFrame(frame)
      }),
    )
  })

  it('closes the channel at the first refused frame and names the reason only', () => {
    const reasons: string[] = []
    let closed = 0
    let push: (data: unknown) => void = () => {}
    const port = guardPort(
      {
        onFrame: (listener) => (push = listener),
        onClose: () => {},
        send: () => {},
        close: () => (closed += 1),
      },
      (reason) => reasons.push(reason),
    )
    const seen: string[] = []
    port.on('message', (event) => seen.push(event?.data ?? ''))
    push(call(1))
    push('{"i":')
    expect(seen).toEqual([call(1)])
    expect(reasons).toEqual(['not-json'])
    expect(closed).toBe(1)
  })
})
