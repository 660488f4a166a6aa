import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { clientRefSchema } from '../portal/index.ts'
import { newClientRef } from './client-ref.ts'

it('is a UUIDv7 that starts with its time, whatever the random bytes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 48 - 1 }),
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      (nowMs, bytes) => {
        const ref = newClientRef(nowMs, () => bytes)
        expect(clientRefSchema.safeParse(ref).success).toBe(true)
        expect(Number.parseInt(ref.replace('-', '').slice(0, 12), 16)).toBe(nowMs)
      },
    ),
  )
})

it('differs within one millisecond', () => {
  const refs = Array.from({ length: 1000 }, () => newClientRef(1, randomBytes))
  expect(new Set(refs).size).toBe(1000)
})
