import { describe, expect, it } from 'vitest'
import { decodeScan, parseCode } from '../../identity/index.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { readTranscript, replay } from '../../../test/fixtures/transcript.ts'
import { createHidPosDecoder, parseHidPosReport } from './hid-pos.ts'
import { hidPosReports } from './hid-pos-reports.ts'

const CARD = '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'

function bench() {
  const timers = createManualTimers()
  const scans: string[] = []
  const decoder = createHidPosDecoder(timers, {
    onScan: (bytes) => scans.push(decodeScan(bytes)),
    onRefused: (why) => scans.push(`(${why})`),
  })
  return {
    timers,
    scans,
    decoder,
    send: (text: string | Uint8Array, how = {}) => {
      for (const report of hidPosReports(Buffer.from(text), how)) decoder.push(report)
    },
  }
}

describe('a HID-POS report', () => {
  it('has its data behind the AIM id, wherever that begins', () => {
    const [standard] = hidPosReports(Buffer.from('abc'))
    const [shifted] = hidPosReports(Buffer.from('abc'), { layout: 'shifted' })
    for (const report of [standard, shifted]) {
      expect(report && parseHidPosReport(report)).toEqual({
        kind: 'data',
        bytes: Uint8Array.from(Buffer.from('abc')),
        more: false,
      })
    }
  })

  it('without an AIM id is read by the usage tables', () => {
    const report = Uint8Array.of(2, 2, 0, 0, 0, 0x41, 0x42, ...Array.from({ length: 57 }, () => 0))
    expect(parseHidPosReport(report)).toMatchObject({ bytes: Uint8Array.of(0x41, 0x42) })
  })

  it('of another id is not a scan', () => {
    expect(parseHidPosReport(Uint8Array.of(4, 1))).toEqual({ kind: 'other' })
    expect(parseHidPosReport(new Uint8Array())).toEqual({ kind: 'other' })
  })

  it.each([
    ['has nothing behind its id', Uint8Array.of(2)],
    ['promises more than a report holds', Uint8Array.of(2, 57, ...new Uint8Array(62))],
    ['is cut short', Uint8Array.of(2, 30, 0x5d, 0x51, 0x31, 1, 2, 3)],
  ])('that %s is malformed', (_, report) => {
    expect(parseHidPosReport(report)).toEqual({ kind: 'malformed' })
  })
})

describe('a HID-POS scan', () => {
  it.each(['hid-pos-card', 'hid-pos-card-shifted'])('replayed from %s is a card', async (name) => {
    const { decoder, timers, scans } = bench()
    replay(await readTranscript(name), timers, decoder.push)
    expect(scans).toHaveLength(1)
    expect(parseCode(scans[0] ?? '')).toMatchObject({
      kind: 'id-card',
      card: { name: 'Nguyễn Văn Ví Dụ', address: 'Ấp Mẫu, Xã Thử, Huyện Thí Điểm, Bến Tre' },
    })
    expect(timers.pending()).toBe(0)
  })

  it('keeps a letter whose bytes lie in two reports', () => {
    const text = `${'a'.repeat(55)}ễ`
    const { send, scans } = bench()
    send(text)
    expect(scans).toEqual([text])
  })

  it('has its flag in the last byte, also of a report one byte shorter', () => {
    const { send, scans } = bench()
    send(CARD, { payloadBytes: 62 })
    expect(scans).toEqual([CARD])
  })

  it('keeps two codes apart that come at once', () => {
    const { send, scans } = bench()
    send(CARD)
    send('MCK:T:KM4:20261121:A027')
    expect(scans).toEqual([CARD, 'MCK:T:KM4:20261121:A027'])
  })

  it('whose rest never comes is refused, and does not begin the next one', () => {
    const { decoder, send, scans, timers } = bench()
    const [first] = hidPosReports(Buffer.from(CARD))
    if (first) decoder.push(first)
    timers.advance(300)
    send(CARD)
    expect(scans).toEqual(['(incomplete)', CARD])
  })

  it('waits on while the process was stuck, for the rest may lie unread', () => {
    const { decoder, scans, timers } = bench()
    const [first, second] = hidPosReports(Buffer.from(CARD))
    if (first) decoder.push(first)
    timers.stall(1000)
    if (second) decoder.push(second)
    expect(scans).toEqual([CARD])
  })

  it('that was cut off by an unplug is forgotten', () => {
    const { decoder, send, scans, timers } = bench()
    const [first] = hidPosReports(Buffer.from(CARD))
    if (first) decoder.push(first)
    decoder.discard()
    send('whole')
    expect(scans).toEqual(['whole'])
    expect(timers.pending()).toBe(0)
  })

  it('of 4,096 bytes passes; one of 64 kB is refused once, and the next one is read', () => {
    const { send, scans } = bench()
    send('a'.repeat(4096))
    send('b'.repeat(65_536))
    send(CARD)
    expect(scans).toEqual(['a'.repeat(4096), '(too-long)', CARD])
  })

  it('with a malformed report in it is refused whole, once', () => {
    const { decoder, send, scans } = bench()
    const [first, second] = hidPosReports(Buffer.from(CARD))
    if (first) decoder.push(first)
    decoder.push(Uint8Array.of(2, 200))
    decoder.push(Uint8Array.of(2, 200))
    if (second) decoder.push(second)
    send(CARD)
    expect(scans).toEqual(['(malformed)', CARD])
  })

  it('of bytes that are not UTF-8 comes through for the router to name', () => {
    const { send, scans } = bench()
    send(Uint8Array.of(0xff, 0xfe, 0x80))
    expect(parseCode(scans[0] ?? '')).toEqual({ kind: 'unknown' })
  })

  it('that is empty is nothing', () => {
    const { send, scans } = bench()
    send('')
    expect(scans).toEqual([])
  })
})
