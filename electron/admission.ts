import { diskRoom, DISK_LIMITS, type Ballast } from './store/index.ts'
import type { Timers } from './timers.ts'

/** How often the room on the disk is looked at. */
export const ADMISSION_LIMITS = { LOOK_EVERY_MS: 15_000 } as const

type AdmissionDeps = {
  /** Free bytes on the disk of the store. */
  readonly free: () => Promise<number>
  /** The most that one visit may write, in bytes. */
  readonly biggestSessionBytes: number
  readonly ballast: Ballast
  readonly timers: Pick<Timers, 'after'>
  /** The disk has become low, or has room again. */
  readonly changed: () => void
  readonly log: (event: string, details?: Readonly<Record<string, unknown>>) => void
}

/** Whether another visit may begin. A visit that goes on is never ended by it. */
export type Admission = {
  isOpen(): boolean
  /** Gives the ballast back, where a write found no room; it is taken again when there is. */
  giveRoom(): boolean
  close(): void
}

/** Looks at the disk now and every few seconds; the first answer is there when it resolves. */
export async function openAdmission(deps: AdmissionDeps): Promise<Admission> {
  const { free, biggestSessionBytes, ballast, timers, changed, log } = deps
  let low = false
  let closed = false
  let cancel = () => {}

  async function look(): Promise<void> {
    // A disk that does not even tell its size takes no filing.
    const bytes = await free().catch(() => 0)
    if (closed) return
    const isLow = diskRoom(bytes, biggestSessionBytes) === 'low'
    // Twice the ballast above the mark, or taking it again would make the disk low.
    const spare = DISK_LIMITS.MIN_FREE_BYTES + 2 * DISK_LIMITS.BALLAST_BYTES
    if (!ballast.held() && bytes >= spare) await ballast.restore()
    cancel = timers.after(ADMISSION_LIMITS.LOOK_EVERY_MS, () => void look())
    if (isLow === low) return
    low = isLow
    log(low ? 'disk-low' : 'disk-has-room', { freeBytes: bytes })
    changed()
  }

  await look()
  return {
    isOpen: () => !low,
    giveRoom() {
      const given = ballast.release()
      if (given) log('ballast-released')
      return given
    },
    close() {
      closed = true
      cancel()
    },
  }
}
