import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLine, type Entry } from './line.ts'

const RULES = { longestPlanMs: 3_600_000, uploadPlaceBytes: 100 }

const entry = fc.record({
  seq: fc.integer({ min: 1, max: 12 }),
  state: fc.constantFrom('READY', 'IN_DOUBT', 'UPLOADING', 'SENDING', 'NEEDS_STAFF', 'ACCEPTED'),
  nextAtMs: fc.integer({ min: 0, max: 100 }),
  waitsForOther: fc.boolean(),
  uploadBytes: fc.integer({ min: 0, max: 900 }),
})
const jobOf = (state: string) =>
  state === 'READY'
    ? 'send'
    : state === 'IN_DOUBT'
      ? 'ask'
      : state === 'UPLOADING'
        ? 'upload'
        : null
const noWait = { waitsForOther: false, uploadBytes: 0 } as const
const event = fc.oneof(
  entry.map((value) => ({ kind: 'set', value }) as const),
  fc.integer({ min: 1, max: 12 }).map((seq) => ({ kind: 'remove', seq }) as const),
  fc.integer({ min: -40, max: 40 }).map((ms) => ({ kind: 'clock', ms }) as const),
)

/** The rule in plain words, over all rows. */
function bySearching(
  rows: ReadonlyMap<number, Entry>,
  wasDue: WeakSet<Entry>,
  nowMs: number,
  longestMs: number,
) {
  const onTheWay = [...rows.values()]
    .filter(({ state, waitsForOther }) => !waitsForOther && !/STAFF|ACCEPTED/.test(state))
    .toSorted((left, right) => left.seq - right.seq)
  const heads = onTheWay.filter(
    ({ group, seq, job }) =>
      job !== null && !onTheWay.some((other) => other.group === group && other.seq < seq),
  )
  for (const head of heads) {
    const { nextAtMs } = head
    if (nextAtMs <= nowMs || nextAtMs > nowMs + longestMs) wasDue.add(head)
  }
  const due = heads.filter((head) => wasDue.has(head))
  const later = heads.filter((head) => !wasDue.has(head)).map(({ nextAtMs }) => nextAtMs)
  const wait = later.length === 0 ? null : { atMs: Math.min(...later) }
  const first = due.find(({ job }) => job !== 'upload')
  const places = due
    .filter(({ job }) => job === 'upload')
    .map(({ seq, uploadBytes }) => seq + uploadBytes / RULES.uploadPlaceBytes)
  return {
    next: first === undefined ? wait : { seq: first.seq, job: first.job },
    /** The place of the first upload, which two may share. */
    upload: places.length === 0 ? wait : Math.min(...places),
  }
}

describe('the line', () => {
  it('gives what a search through all rows would give, whatever happens to rows and clock', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let now = 50
        const line = createLine({ now: () => now }, { longestPlanMs: 60, uploadPlaceBytes: 100 })
        const rows = new Map<number, Entry>()
        const wasDue = new WeakSet<Entry>()
        for (const each of events) {
          if (each.kind === 'clock') now = Math.max(0, now + each.ms)
          else if (each.kind === 'remove') {
            rows.delete(each.seq)
            line.remove(each.seq)
          } else {
            const { seq, state } = each.value
            const job = jobOf(state)
            const row = { ...each.value, group: `citizen ${seq % 3}`, job } as const
            rows.set(seq, row)
            line.set(row)
          }
          const wanted = bySearching(rows, wasDue, now, 60)
          expect(line.next()).toEqual(wanted.next)
          const upload = line.nextUpload()
          const row = upload !== null && 'seq' in upload ? rows.get(upload.seq) : undefined
          const place = row && row.seq + row.uploadBytes / RULES.uploadPlaceBytes
          expect(place ?? upload).toEqual(wanted.upload)
          expect(line.size()).toBe(rows.size)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gathers those that are due to be asked about, oldest first', () => {
    const line = createLine({ now: () => 10 }, RULES)
    for (const seq of [4, 2, 9, 7]) {
      const nextAtMs = seq === 7 ? 20 : 0
      const group = String(seq)
      line.set({ seq, group, state: 'IN_DOUBT', nextAtMs, job: 'ask', ...noWait })
    }
    expect(line.dueAsks(100)).toEqual([2, 4, 9])
    expect(line.dueAsks(2)).toEqual([2, 4])
    expect(line.next()).toEqual({ seq: 2, job: 'ask' })
  })

  it('lets small uploads go before a big one, but only so many as its bytes are worth', () => {
    const line = createLine({ now: () => 0 }, RULES)
    const upload = { state: 'UPLOADING', nextAtMs: 0, job: 'upload', waitsForOther: false } as const
    line.set({ ...upload, seq: 1, group: 'big', uploadBytes: 10 * RULES.uploadPlaceBytes })
    const order: number[] = []
    for (let seq = 2; seq <= 20; seq += 1) {
      line.set({ ...upload, seq, group: String(seq), uploadBytes: RULES.uploadPlaceBytes })
      const next = line.nextUpload()
      if (next === null || !('seq' in next)) throw new Error('nothing to upload')
      order.push(next.seq)
      line.remove(next.seq)
    }
    expect(order.indexOf(1)).toBe(9)
  })
})
