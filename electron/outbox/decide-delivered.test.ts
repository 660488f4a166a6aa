import { expect, it } from 'vitest'
import type { StatusOutcome } from '../portal/index.ts'
import { verdictOn } from './decide-delivered.ts'

it.each([
  [{ kind: 'processing', pollAfterMs: 1000 }, 'known'],
  [{ kind: 'withdrawn' }, 'known'],
  [{ kind: 'refused', problem: 'validation', errors: [] }, 'known'],
  [{ kind: 'absent' }, 'forgotten'],
  [{ kind: 'unknown', cause: 'left-out' }, 'unclear'],
  [{ kind: 'unknown', cause: 'receipt-signature' }, 'unclear'],
  [{ kind: 'unknown', cause: 'timeout' }, 'no-word'],
  [{ kind: 'hold', cause: 'contract', detail: 'http-404' }, 'no-word'],
] satisfies [StatusOutcome, string][])('reads %o as %s', (outcome, verdict) => {
  expect(verdictOn(outcome, 'H19.99-20261121-0000001')).toBe(verdict)
})
