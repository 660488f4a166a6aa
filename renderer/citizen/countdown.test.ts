import { expect, it } from 'vitest'
import { secondsLeftAt, ticksOn } from './countdown.ts'

it('counts down by itself from what the core said', () => {
  const told = { secondsLeft: 45, atMs: 10_000 }
  expect(secondsLeftAt(told, 10_000)).toBe(45)
  expect(secondsLeftAt(told, 10_900)).toBe(45)
  expect(secondsLeftAt(told, 11_100)).toBe(44)
  expect(secondsLeftAt(told, 99_000)).toBe(0)
})

it('lights marks in proportion, none at the end', () => {
  expect([45, 35, 5, 1, 0].map((seconds) => ticksOn(seconds, 45, 9))).toEqual([9, 7, 1, 1, 0])
})
