import { expect, test } from 'vitest'
import type { IdCard } from '../../shared/domain/id-card.ts'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { sampleCardText } from '../../test/fixtures/procedure.ts'
import { parseCode } from '../identity/index.ts'
import type { ChipAnswer } from './chip-answer.ts'
import { createChipReading } from './chip-reading.ts'
import { SESSION_LIMITS } from './limits.ts'

/** A reader on its own, on which a scanned card lies. */

const { CHIP_AWAY_MS, CHIP_READINGS_MAX } = SESSION_LIMITS
const unreadable: ChipAnswer = { state: 'not-read', why: 'unreadable' }

function scannedCard(): IdCard {
  const code = parseCode(sampleCardText)
  if (code.kind !== 'id-card') throw new Error('no card')
  return code.card
}

function createWorld(read: () => Promise<ChipAnswer> = async () => unreadable) {
  const timers = createManualTimers()
  const card = scannedCard()
  const answers: ChipAnswer[] = []
  let lies = true
  let visit = 'ref-1'
  let readings = 0
  const reading = createChipReading(
    {
      lies: () => lies,
      read: () => {
        readings += 1
        return read()
      },
      open: async () => ({ state: 'refused', why: 'wrong' }),
    },
    timers.after,
    () => ({ visit, card }),
    {
      laid: () => {},
      answered: (_number, answer) => {
        answers.push(answer)
        reading.look()
      },
    },
  )
  return {
    answers,
    reading,
    timers,
    readings: () => readings,
    nextVisit: () => (visit = 'ref-2'),
    /** The reader sees the card, or does not, and a reading that begins comes to its end. */
    async see(there: boolean, forMs: number) {
      lies = there
      reading.look()
      await new Promise(setImmediate)
      timers.advance(forMs)
    },
  }
}

test('a reader that loses the card for a moment does not read it again', async () => {
  const world = createWorld()
  for (let times = 0; times < 10; times += 1) {
    await world.see(true, 100)
    await world.see(false, CHIP_AWAY_MS / 2)
  }
  expect(world.readings()).toBe(1)
})

test('a card that is laid anew at once is read a while after it had gone', async () => {
  const world = createWorld()
  await world.see(true, 0)
  await world.see(false, 10)
  await world.see(true, CHIP_AWAY_MS - 11)
  expect(world.readings()).toBe(1)
  world.timers.advance(1)
  expect(world.readings()).toBe(2)
})

test('a card is read again when it was away, up to the limit of a visit', async () => {
  const world = createWorld()
  const flicker = async () => {
    for (let times = 0; times < 10; times += 1) {
      await world.see(true, 100)
      await world.see(false, CHIP_AWAY_MS)
    }
  }
  await flicker()
  expect(world.readings()).toBe(CHIP_READINGS_MAX)
  world.nextVisit()
  await flicker()
  expect(world.readings()).toBe(2 * CHIP_READINGS_MAX)
})

test.each([
  ['rejects', () => Promise.reject(new Error('broken'))],
  [
    'throws',
    () => {
      throw new Error('broken')
    },
  ],
])('a reading that %s is a chip that was not read', async (_how, read) => {
  const world = createWorld(read)
  await world.see(true, 0)
  expect(world.answers).toEqual([unreadable])
})

test('nothing is left running when it is closed', async () => {
  const world = createWorld()
  await world.see(true, 0)
  await world.see(false, 0)
  expect(world.timers.pending()).toBe(1)
  world.reading.close()
  expect(world.timers.pending()).toBe(0)
})
