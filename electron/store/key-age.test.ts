import { expect, it } from 'vitest'
import { judgeKey, KEY_LIMITS, type KeyBirth } from './key-age.ts'

const bornMs = Date.UTC(2026, 10, 21)
const known: KeyBirth = { kekId: 'a', bornMs }

it.each<[string, KeyBirth | null, string, number, boolean, ReturnType<typeof judgeKey>]>([
  ['nothing is known of', null, 'a', 0, false, 'new'],
  ['nothing is known of, beside a damaged database,', null, 'a', 0, true, 'old'],
  ['is another one', known, 'b', KEY_LIMITS.OLD_MS, false, 'new'],
  ['is known, beside a damaged database,', known, 'a', 0, true, 'young'],
  ['is a little younger than a month', known, 'a', KEY_LIMITS.OLD_MS - 1, false, 'young'],
  ['is a month old', known, 'a', KEY_LIMITS.OLD_MS, false, 'old'],
  ['was made tomorrow', known, 'a', -86_400_000, true, 'new'],
])('a key that %s is judged by that', (_what, birth, kekId, ageMs, isBesideDamaged, verdict) => {
  expect(judgeKey(birth, { kekId, nowMs: bornMs + ageMs, isBesideDamaged })).toBe(verdict)
})
