import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTicket, ticketGroups, ticketSchemaSql } from './tickets.ts'

const groups = ticketGroups({ 'ho-tich': '2', 'cu-tru': '3' })
const nowMs = Date.UTC(2026, 10, 24, 3, 24)
const day = '2026-11-24'

function open(file = ':memory:') {
  const db = new Database(file)
  db.exec(ticketSchemaSql)
  return db
}

describe('taking a number', () => {
  it('counts from one for each group and day', () => {
    const db = open()
    const take = (requestId: string, group: string, on = day) =>
      nextTicket(db, { requestId, group, day: on, nowMs }, groups).number
    expect(take('a', 'ho-tich')).toBe('A001')
    expect(take('b', 'ho-tich')).toBe('A002')
    expect(take('c', 'cu-tru')).toBe('B001')
    expect(take('d', 'ho-tich', '2026-11-25')).toBe('A001')
  })

  it('gives the same request the same ticket, whatever else has changed', () => {
    const db = open()
    const first = nextTicket(db, { requestId: 'a', group: 'ho-tich', day, nowMs }, groups)
    expect(first).toEqual({ number: 'A001', counter: '2', issuedAtMs: nowMs })
    const again = { requestId: 'a', group: 'cu-tru', day: '2026-11-25', nowMs: nowMs + 1 }
    expect(nextTicket(db, again, groups)).toEqual(first)
    expect(nextTicket(db, { ...again, requestId: 'b', group: 'ho-tich', day }, groups).number).toBe(
      'A002',
    )
  })

  it('goes on after 999', () => {
    const db = open()
    db.prepare('INSERT INTO ticket_counter VALUES (?, ?, ?)').run(day, 'A', 999)
    expect(nextTicket(db, { requestId: 'a', group: 'ho-tich', day, nowMs }, groups).number).toBe(
      'A1000',
    )
  })

  it('is undone with the transaction around it, number and all', () => {
    const db = open()
    const request = { requestId: 'a', group: 'ho-tich', day, nowMs }
    expect(() =>
      db.transaction(() => {
        nextTicket(db, request, groups)
        throw new Error('not kept')
      })(),
    ).toThrow('not kept')
    expect(nextTicket(db, { ...request, requestId: 'b' }, groups).number).toBe('A001')
  })

  it('never gives a number twice, from two connections and over a restart', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            requestId: fc.nat(30).map(String),
            group: fc.constantFrom('ho-tich', 'cu-tru'),
            day: fc.constantFrom(day, '2026-11-25'),
            connection: fc.nat(1),
            reopen: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        (requests) => {
          const file = join(mkdtempSync(join(tmpdir(), 'tickets-')), 'store.db')
          const connections = [open(file), new Database(file)]
          const given = new Map<string, string>()
          for (const { requestId, group, day, connection, reopen } of requests) {
            if (reopen) connections[connection]?.close()
            const db = reopen ? new Database(file) : connections[connection]
            if (!db) throw new Error('no connection')
            connections[connection] = db
            const { number } = nextTicket(db, { requestId, group, day, nowMs }, groups)
            const place = given.get(requestId) ?? `${day} ${number}`
            expect(place.endsWith(number)).toBe(true)
            given.set(requestId, place)
          }
          expect(new Set(given.values()).size).toBe(given.size)
          for (const db of connections) db.close()
        },
      ),
      { numRuns: 15 },
    )
  })

  it('throws for a group that the profile does not have', () => {
    const request = { requestId: 'a', group: 'dat-dai', day, nowMs }
    expect(() => nextTicket(open(), request, groups)).toThrow('unknown ticket group')
  })

  it('refuses a day that is not a day', () => {
    const request = { requestId: 'a', group: 'ho-tich', day: '24/11/2026', nowMs }
    expect(() => nextTicket(open(), request, groups)).toThrow('CHECK constraint')
  })
})

describe('letters', () => {
  it('follow the profile, without letters that sound or look like others', () => {
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`g${index}`, '1']))
    const letters = Object.values(ticketGroups(many)).map((group) => group.letter)
    expect(new Set(letters).size).toBe(17)
    expect(letters.join('')).not.toMatch(/[IJOQUZ]/)
    expect(() => ticketGroups({ ...many, more: '1' })).toThrow('more ticket groups than letters')
  })
})
