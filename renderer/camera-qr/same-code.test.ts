import { expect, it } from 'vitest'
import { CAMERA_QR_LIMITS } from './limits.ts'
import { createSameCode } from './watch.ts'

it('tells a code once while it stays in the picture, and again when it comes back', () => {
  const clock = { now: 0 }
  const isNew = createSameCode(() => clock.now)
  const seen = [0, 120, 240, 240 + CAMERA_QR_LIMITS.SAME_CODE_MS].map((at) => {
    clock.now = at
    return isNew('a')
  })
  expect(seen).toEqual([true, false, false, true])
  expect(isNew('b')).toBe(true)
})
