import { Heap } from './heap.ts'
import type { SubmissionState } from './submission.ts'

/** A filing as the line knows it. */
export type Entry = {
  /** The order, whatever the clock says. */
  readonly seq: number
  /** The citizen, as a keyed hash. */
  readonly group: string
  readonly state: SubmissionState
  readonly nextAtMs: number
  /** What is to be done when its time comes; null where that is not the sender's to do. */
  readonly job: Job | null
  /** The filing that it depends on has not been accepted. It waits and holds up nobody. */
  readonly waitsForOther: boolean
  /** Bytes of papers that the portal has not got. */
  readonly uploadBytes: number
}

/** Send the bytes, ask the portal what became of them, or bring it the papers first. */
export type Job = 'send' | 'ask' | 'upload'

/** `wasDue`: its time has come once; a clock that is set back later does not take that away. */
type Slot = { readonly entry: Entry; readonly stamp: number; wasDue: boolean }
type Ticket = {
  readonly seq: number
  readonly nextAtMs: number
  readonly stamp: number
  /** Lower goes first. */
  readonly place: number
}

/**
 * Who is next, in memory: the oldest due filing whose citizen has no earlier one on the way. The
 * core is the only writer of the rows, so it need not search them for every filing: each step here
 * costs the logarithm of what waits. Filings with staff hold up nobody.
 *
 * Uploads are taken one after the other beside all else, small ones before big ones, yet a big one
 * gives way only to so many later filings as its bytes are worth: `uploadPlaceBytes` each.
 *
 * A plan further away than `longestPlanMs` counts as due: the clock was set back.
 */
export function createLine(
  clock: { now(): number },
  { longestPlanMs, uploadPlaceBytes }: { longestPlanMs: number; uploadPlaceBytes: number },
) {
  const slots = new Map<number, Slot>()
  /** Of each citizen what is on the way, oldest on top; what has left is dropped when it is met. */
  const lanes = new Map<string, Heap<number>>()
  const inLane = new Set<number>()
  const byPlace = (left: Ticket, right: Ticket) => left.place < right.place
  const due: Record<Job, Heap<Ticket>> = {
    send: new Heap(byPlace),
    ask: new Heap(byPlace),
    upload: new Heap(byPlace),
  }
  const planned = new Heap<Ticket>((left, right) => left.nextAtMs < right.nextAtMs)
  const counts = new Map<SubmissionState, number>()
  let stamps = 0
  let lastNowMs = clock.now()

  function count(state: SubmissionState, change: number): void {
    counts.set(state, (counts.get(state) ?? 0) + change)
  }

  /** The citizen's first; undefined where none is on the way. */
  function headOf(group: string): number | undefined {
    const lane = lanes.get(group)
    for (let seq = lane?.top(); seq !== undefined; seq = lane?.top()) {
      const entry = slots.get(seq)?.entry
      if (entry !== undefined && isOnTheWay(entry)) return seq
      lane?.pop()
      inLane.delete(seq)
    }
    lanes.delete(group)
    return undefined
  }

  function offerHead(group: string): void {
    const slot = slots.get(headOf(group) ?? Number.NaN)
    if (slot === undefined || slot.entry.job === null) return
    const { seq, nextAtMs, job, uploadBytes } = slot.entry
    const place = job === 'upload' ? seq + uploadBytes / uploadPlaceBytes : seq
    put({ seq, nextAtMs, stamp: slot.stamp, place }, job, clock.now())
  }

  function put(ticket: Ticket, job: Job, nowMs: number): void {
    const slot = slots.get(ticket.seq)
    if (slot === undefined) return
    slot.wasDue ||= isDue(ticket.nextAtMs, nowMs)
    if (slot.wasDue) due[job].push(ticket)
    else planned.push(ticket)
  }

  function isDue(nextAtMs: number, nowMs: number): boolean {
    return nextAtMs <= nowMs || nextAtMs > nowMs + longestPlanMs
  }

  /** The ticket still speaks of the entry as it is, and the entry is its citizen's first. */
  function holds(ticket: Ticket): Entry | null {
    const slot = slots.get(ticket.seq)
    if (slot?.stamp !== ticket.stamp) return null
    return headOf(slot.entry.group) === ticket.seq ? slot.entry : null
  }

  function clean(heap: Heap<Ticket>): Ticket | undefined {
    for (let top = heap.top(); top !== undefined; top = heap.top()) {
      if (holds(top) !== null) return top
      heap.pop()
    }
    return undefined
  }

  function promote(nowMs: number): void {
    // Only a clock that went back can make something due that is not the nearest.
    const doubtful = nowMs < lastNowMs ? planned.clear() : []
    lastNowMs = nowMs
    const nearest: Ticket[] = []
    for (
      let top = clean(planned);
      top !== undefined && top.nextAtMs <= nowMs;
      top = clean(planned)
    ) {
      planned.pop()
      nearest.push(top)
    }
    for (const ticket of [...doubtful, ...nearest]) {
      const job = holds(ticket)?.job ?? null
      if (job !== null) put(ticket, job, nowMs)
    }
  }

  return {
    /** Takes the filing in, or notes what became of it. */
    set(entry: Entry): void {
      const { seq, group } = entry
      const before = slots.get(seq)?.entry
      if (before !== undefined) count(before.state, -1)
      count(entry.state, 1)
      stamps += 1
      slots.set(seq, { entry, stamp: stamps, wasDue: false })
      if (isOnTheWay(entry) && !inLane.has(seq)) {
        const lane = lanes.get(group) ?? new Heap<number>(isEarlier)
        lane.push(seq)
        lanes.set(group, lane)
        inLane.add(seq)
      }
      offerHead(group)
    },

    /** The filing is erased. */
    remove(seq: number): void {
      const before = slots.get(seq)?.entry
      if (before === undefined) return
      count(before.state, -1)
      slots.delete(seq)
      offerHead(before.group)
    },

    /** The oldest that is due to be sent or asked about; else when the next one is, of any job. */
    next():
      | { readonly seq: number; readonly job: 'send' | 'ask' }
      | { readonly atMs: number }
      | null {
      promote(clock.now())
      const send = clean(due.send)
      const ask = clean(due.ask)
      if (send !== undefined && (ask === undefined || send.seq < ask.seq)) {
        return { seq: send.seq, job: 'send' }
      }
      if (ask !== undefined) return { seq: ask.seq, job: 'ask' }
      const soonest = clean(planned)
      return soonest === undefined ? null : { atMs: soonest.nextAtMs }
    },

    /** The first that is due to be uploaded; else when the next one is, of any job. */
    nextUpload(): { readonly seq: number } | { readonly atMs: number } | null {
      promote(clock.now())
      const upload = clean(due.upload)
      if (upload !== undefined) return { seq: upload.seq }
      const soonest = clean(planned)
      return soonest === undefined ? null : { atMs: soonest.nextAtMs }
    },

    /** Up to so many that are due to be asked about, oldest first. */
    dueAsks(most: number): number[] {
      promote(clock.now())
      const taken: Ticket[] = []
      for (
        let top = clean(due.ask);
        top !== undefined && taken.length < most;
        top = clean(due.ask)
      ) {
        due.ask.pop()
        if (taken.at(-1)?.seq !== top.seq) taken.push(top)
      }
      // They stay due until an answer moves them.
      for (const ticket of taken) due.ask.push(ticket)
      return taken.map(({ seq }) => seq)
    },

    /** How many live filings are in a state. */
    inState: (state: SubmissionState): number => counts.get(state) ?? 0,
    /** How many are live. */
    size: (): number => slots.size,
  }
}

const isEarlier = (left: number, right: number): boolean => left < right

/** The line of one outbox. */
export type Line = ReturnType<typeof createLine>

/** Holds up its citizen's later filings. */
function isOnTheWay({ state, waitsForOther }: Entry): boolean {
  return !waitsForOther && state !== 'NEEDS_STAFF' && state !== 'ACCEPTED' && state !== 'ERASED'
}
