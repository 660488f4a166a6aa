import { describe, expect, it } from 'vitest'
import { openAdmission } from './admission.ts'
import { DISK_LIMITS, type Ballast } from './store/index.ts'

const MIB = 1024 * 1024

/** A disk whose room a test sets, looked at whenever it says so. */
async function disk(freeBytes: number) {
  let free = freeBytes
  let held = true
  let next = () => {}
  let changes = 0
  let looks = 0
  const ballast: Ballast = {
    held: () => held,
    release() {
      const had = held
      held = false
      return had
    },
    restore: async () => (held = true),
  }
  const admission = await openAdmission({
    free: async () => {
      looks += 1
      if (free < 0) throw new Error('EIO')
      return free
    },
    biggestSessionBytes: MIB,
    ballast,
    timers: {
      after(_, callback) {
        next = callback
        return () => (next = () => {})
      },
    },
    changed: () => (changes += 1),
    log: () => {},
  })
  return {
    admission,
    ballast,
    changes: () => changes,
    looks: () => looks,
    async becomes(bytes: number) {
      free = bytes
      next()
      // The look has three awaits at most.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}

describe('admission to a visit', () => {
  it('is refused at once where the disk is low at the start', async () => {
    expect((await disk(DISK_LIMITS.MIN_FREE_BYTES - 1)).admission.isOpen()).toBe(false)
    expect((await disk(DISK_LIMITS.MIN_FREE_BYTES)).admission.isOpen()).toBe(true)
  })

  it('closes and opens with the room, and tells each change once', async () => {
    const { admission, becomes, changes } = await disk(1024 * MIB)
    await becomes(100 * MIB)
    await becomes(90 * MIB)
    expect([admission.isOpen(), changes()]).toEqual([false, 1])
    await becomes(2048 * MIB)
    expect([admission.isOpen(), changes()]).toEqual([true, 2])
  })

  it('is refused while the disk does not answer', async () => {
    const { admission, becomes } = await disk(1024 * MIB)
    await becomes(-1)
    expect(admission.isOpen()).toBe(false)
  })

  it('takes the ballast again only where the disk stays above the mark with it', async () => {
    const { admission, ballast, becomes } = await disk(0)
    expect(admission.giveRoom()).toBe(true)
    expect(admission.giveRoom()).toBe(false)
    await becomes(DISK_LIMITS.MIN_FREE_BYTES + DISK_LIMITS.BALLAST_BYTES)
    expect(ballast.held()).toBe(false)
    await becomes(DISK_LIMITS.MIN_FREE_BYTES + 2 * DISK_LIMITS.BALLAST_BYTES)
    expect(ballast.held()).toBe(true)
  })

  it('looks no more when it is closed', async () => {
    const { admission, becomes, looks } = await disk(1024 * MIB)
    admission.close()
    await becomes(0)
    expect([admission.isOpen(), looks()]).toEqual([true, 1])
  })
})
