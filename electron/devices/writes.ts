import { type Result, err, ok } from '../../shared/domain/result.ts'

/** `timeout`: the deadline passed; part of the bytes may be out. `closed`: the device is gone. */
export type WriteProblem = 'timeout' | 'closed'

/**
 * The writes that are under way on an open device. Each is forgotten when it is over: a device stays
 * open for months.
 */
export interface Writes {
  /** Ends with `run`, which may never settle, or at the deadline, or when the device goes. */
  within(deadlineMs: number, run: () => Promise<unknown>): Promise<Result<null, WriteProblem>>
  /** The device is gone: whatever is under way is given up. */
  end(): void
  /** How many are under way. */
  count(): number
}

export function createWrites(): Writes {
  const waiting = new Set<() => void>()
  return {
    async within(deadlineMs, run) {
      const done = Promise.withResolvers<Result<null, WriteProblem>>()
      const giveUp = () => done.resolve(err('closed'))
      const deadline = setTimeout(() => done.resolve(err('timeout')), deadlineMs)
      waiting.add(giveUp)
      run().then(() => done.resolve(ok(null)), giveUp)
      const outcome = await done.promise
      clearTimeout(deadline)
      waiting.delete(giveUp)
      return outcome
    },
    end() {
      for (const giveUp of waiting) giveUp()
    },
    count: () => waiting.size,
  }
}
