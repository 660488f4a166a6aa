import { expect, it } from 'vitest'
import { isDeeperThan } from './json-depth.ts'

const nested = (depth: number): unknown => {
  let json: unknown = 1
  for (let at = 0; at < depth; at += 1) json = at % 2 === 0 ? [json] : { a: json }
  return json
}

it.each([
  [3, 3, false],
  [3, 4, true],
  [0, 0, false],
  [10, 100_000, true],
])('with a limit of %i, of %i levels: %s', (limit, depth, deeper) => {
  expect(isDeeperThan(limit, nested(depth))).toBe(deeper)
})

it('counts the deepest of many', () => {
  expect(isDeeperThan(2, [1, [2], { a: { b: 3 } }])).toBe(true)
  expect(isDeeperThan(3, [1, [2], { a: { b: 3 } }])).toBe(false)
})
