import { expect, it } from 'vitest'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { ok } from '../../shared/domain/result.ts'
import { createScanner, scannerLimits, type OpenLine } from '../devices/scanners/index.ts'
import { patientHand } from './patient-hand.ts'

/** A hand over the kiosk's own scanner. */
async function bench() {
  const timers = createManualTimers()
  const heard: string[] = []
  const opened = Promise.withResolvers<(text: string) => void>()
  const open: OpenLine = async ({ onScan }) => {
    opened.resolve((text) => onScan(new TextEncoder().encode(text)))
    return ok({ close: async () => {} })
  }
  const onScan = (text: string) => heard.push(text)
  createScanner({ open, timers, onScan, onRefused: () => {}, log: () => {} })
  const line = await opened.promise
  return { timers, heard, hold: patientHand(async (id) => line(id), timers) }
}

it('takes a card away before it holds the same one there again', async () => {
  const { timers, heard, hold } = await bench()
  await hold('father')
  timers.advance(scannerLimits.DOUBLE_READ_MS - 1)
  const second = hold('father')
  timers.advance(2 * scannerLimits.DOUBLE_READ_MS)
  await second
  expect(heard).toEqual(['father', 'father'])
})

it('holds another card there at once', async () => {
  const { heard, hold } = await bench()
  await hold('father')
  await hold('mother')
  expect(heard).toEqual(['father', 'mother'])
})
