import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../shared/domain/result.ts'
import { decodeScan, parseCode } from '../../identity/index.ts'
import type { SerialPortEntry } from '../serial.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { readTranscript, replay } from '../../../test/fixtures/transcript.ts'
import { createFraming } from './framing.ts'
import { serialLine, type SerialAddress } from './serial-line.ts'

const events = { onScan: () => {}, onRefused: () => {}, onGone: () => {} }

/** Which path is opened among these ports. */
async function opens(address: SerialAddress, ports: readonly SerialPortEntry[]) {
  const opened: string[] = []
  const outcome = await serialLine(address, createManualTimers(), {
    list: async () => ok(ports),
    open: async (path) => {
      opened.push(path)
      return err('busy')
    },
  })(events)
  return { opened, outcome }
}

const usb = { vendorId: '0403', productId: '6001', serial: 'S1' }

describe('a scanner bound by USB', () => {
  it('is opened under the name that it has now', async () => {
    const { opened } = await opens({ usb, baud: 9600 }, [
      { path: '/dev/ttyS0', usb: null, name: null },
      { path: '/dev/ttyUSB0', usb: { ...usb, serial: 'S2' }, name: null },
      { path: '/dev/ttyUSB3', usb, name: null },
    ])
    expect(opened).toEqual(['/dev/ttyUSB3'])
  })

  it('is missing while only another one of its model is there', async () => {
    const other = { path: '/dev/ttyUSB0', usb: { ...usb, serial: 'S2' }, name: null }
    const { opened, outcome } = await opens({ usb, baud: 9600 }, [other])
    expect(opened).toEqual([])
    expect(outcome).toEqual({ ok: false, error: 'missing' })
  })
})

describe('a scanner bound by its path', () => {
  it('is opened there, listed or not', async () => {
    const { opened } = await opens({ path: '/dev/kiosk/barcode', baud: 9600 }, [])
    expect(opened).toEqual(['/dev/kiosk/barcode'])
  })
})

describe('a recorded serial line', () => {
  const names = async (transcript: string) => {
    const timers = createManualTimers()
    const found: string[] = []
    const framing = createFraming(timers, {
      onScan(bytes) {
        const code = parseCode(decodeScan(bytes))
        found.push(code.kind === 'id-card' ? code.card.name : code.kind)
      },
      onRefused: (why) => found.push(why),
    })
    replay(await readTranscript(transcript), timers, framing.push)
    timers.advance(40)
    return found
  }

  it('with CR LF in slow pieces gives the card once', async () => {
    expect(await names('serial-card-crlf')).toEqual(['Nguyễn Văn Ví Dụ'])
  })

  it('without terminators gives each of two cards', async () => {
    expect(await names('serial-two-cards-bare')).toEqual(['Nguyễn Văn Ví Dụ', 'Trần Thị Mẫu'])
  })
})
