import { deepEqual } from 'node:assert/strict'
import { afterAll, vi } from 'vitest'

/**
 * Test files share a worker and its modules, which are read once and not for each file. So each file
 * must leave what belongs to the process as it found it.
 */
const found = atHand()

function atHand() {
  const umask = process.umask(0)
  process.umask(umask)
  return {
    env: { ...process.env },
    folder: process.cwd(),
    umask,
    exitCode: process.exitCode,
    fakeTimers: vi.isFakeTimers(),
  }
}

afterAll(() => deepEqual(atHand(), found))
