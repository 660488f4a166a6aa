import { expect, it } from 'vitest'
import { hashPin, isPin, isWeakPin, nobodysPin } from './pin.ts'

const keyed = (pin: string) => Buffer.from(pin.padStart(32, '0'))

it('keeps a PIN so that it can be tried and not read', async () => {
  const [first, second] = await Promise.all([hashPin(keyed('204681')), hashPin(keyed('204681'))])
  expect(Buffer.from(first.hash)).not.toEqual(Buffer.from(second.hash))
  expect(await isPin(keyed('204681'), first)).toBe(true)
  expect(await isPin(keyed('204682'), first)).toBe(false)
  expect(await isPin(keyed('204681'), nobodysPin)).toBe(false)
})

it.each(['000000', '777777', '123456', '987654', '121212', '252525'])('takes %s for weak', (pin) =>
  expect(isWeakPin(pin)).toBe(true),
)

it.each(['204681', '112233', '135790', '100000'])('takes %s', (pin) =>
  expect(isWeakPin(pin)).toBe(false),
)
