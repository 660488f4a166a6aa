import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createQueueNumbers } from './queue-numbers.ts'
import { storeSchemaSql } from './store/index.ts'
import { ticketSchemaSql } from './tickets/index.ts'

const nowMs = Date.UTC(2026, 10, 24, 3)
const counters = { 'civil-status': 'Quầy 2', residence: 'Quầy 4' }

function open() {
  const db = new Database(':memory:')
  db.exec(storeSchemaSql)
  db.exec(ticketSchemaSql)
  const logged: string[] = []
  const log = (event: string) => void logged.push(event)
  const numbers = createQueueNumbers({ counters, store: { db }, log })
  const journal = () => db.prepare('SELECT client_ref, actor, reason FROM event').all()
  return { db, numbers, logged, journal }
}
const ticket = (number: string, counter: string) => ({
  ok: true,
  value: { number, counter, issuedAtMs: nowMs },
})

it('a visit has one number in a queue, with a filing or without', () => {
  const { numbers } = open()
  expect(numbers.alone('a', 'civil-status', nowMs)).toEqual(ticket('A001', 'Quầy 2'))
  expect(numbers.withFiling('a', 'civil-status', nowMs + 1)).toEqual(ticket('A001', 'Quầy 2'))
  expect(numbers.withFiling('b', 'civil-status', nowMs)).toEqual(ticket('A002', 'Quầy 2'))
})

it('a visit that goes to another counter has another number there', () => {
  const { numbers } = open()
  numbers.alone('a', 'civil-status', nowMs)
  expect(numbers.alone('a', 'residence', nowMs)).toEqual(ticket('B001', 'Quầy 4'))
})

it('a number without a filing stands in the journal once, and names nobody', () => {
  const { numbers, journal } = open()
  numbers.alone('a', 'civil-status', nowMs)
  numbers.alone('a', 'civil-status', nowMs)
  numbers.withFiling('b', 'civil-status', nowMs)
  expect(journal()).toEqual([{ client_ref: null, actor: 'kiosk', reason: 'ticket-without-filing' }])
})

it('there is none where no counter serves the group', () => {
  const { numbers } = open()
  expect(numbers.alone('a', 'business', nowMs)).toEqual({ ok: false, error: 'no-counter' })
})

it('a full disk keeps neither number nor line in the journal', () => {
  const { db, numbers, logged, journal } = open()
  db.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'x'); END")
  expect(() => numbers.alone('a', 'civil-status', nowMs)).toThrow('x')
  db.exec('DROP TRIGGER full')
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`)
  const taken: string[] = []
  for (let visit = 0; visit < 1000; visit += 1) {
    const drawn = numbers.alone(`visit-${visit}`, 'civil-status', nowMs)
    if (!drawn.ok) break
    taken.push(drawn.value.number)
  }
  expect(logged).toEqual(['ticket-not-kept'])
  expect(taken[0]).toBe('A001')
  expect(journal()).toHaveLength(taken.length)
})

it('no two visits ever have the same number', () => {
  const request = fc.record({
    visit: fc.nat(20).map((n) => `visit-${n}`),
    group: fc.constantFrom('civil-status', 'residence'),
    filing: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
      const { numbers } = open()
      const holders = new Map<string, string>()
      for (const { visit, group, filing } of requests) {
        const drawn = numbers[filing ? 'withFiling' : 'alone'](visit, group, nowMs)
        if (!drawn.ok) throw new Error(drawn.error)
        const { number } = drawn.value
        expect(holders.get(number) ?? visit).toBe(visit)
        holders.set(number, visit)
      }
    }),
    { numRuns: 50 },
  )
})
