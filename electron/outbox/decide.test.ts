import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Receipt, SendOutcome, StatusOutcome } from '../portal/index.ts'
import { afterRestart, afterSend, afterStatus, jobOf } from './decide.ts'
import { afterStaff, mayBeAtPortal, type StaffAction } from './decide-staff.ts'
import { OUTBOX_LIMITS } from './limits.ts'
import { submissionStateSchema } from './submission.ts'

const receipt: Receipt = {
  clientRef: '01a94a5b-6a00-7000-8000-000000000001',
  dossierCode: 'H19.99-20261121-0000001',
  receivedAt: '2026-11-21T03:00:00Z',
  bodySha256: '0'.repeat(64),
  attachments: [],
  keyId: 'a',
  signature: Buffer.alloc(64).toString('base64'),
}
const ms = fc.integer({ min: -5, max: 1e12 })
const cause = fc.constantFrom('ECONNRESET', 'http-500', 'receipt-signature', 'status-malformed')
const holdCause = fc.constantFrom('credentials', 'forbidden', 'tls', 'clock', 'contract')
const problem = fc.constantFrom('validation', 'digest-conflict', 'withdrawn', 'too-large')
const accepted = fc.constant({ kind: 'accepted', receipt, replayed: false } as const)
const processing = ms.map((pollAfterMs) => ({ kind: 'processing', pollAfterMs }) as const)
const refused = problem.map((type) => ({ kind: 'refused', problem: type, errors: [] }) as const)
const hold = holdCause.map((why) => ({ kind: 'hold', cause: why, detail: 'x' }) as const)

const sendOutcome: fc.Arbitrary<SendOutcome> = fc.oneof(
  accepted,
  processing,
  refused,
  hold,
  cause.map((why) => ({ kind: 'not-sent', cause: why }) as const),
  cause.map((why) => ({ kind: 'not-the-portal', cause: why }) as const),
  fc.tuple(cause, fc.boolean(), ms).map(([why, answered, retryAfterMs]) => ({
    kind: 'in-doubt' as const,
    cause: why,
    answered,
    retryAfterMs,
  })),
  fc
    .tuple(ms, fc.constantFrom('filing', 'portal'))
    .map(([wait, scope]) => ({ kind: 'wait', ms: wait, scope }) as const),
)
const statusOutcome: fc.Arbitrary<StatusOutcome> = fc.oneof(
  accepted,
  processing,
  refused,
  hold,
  fc.constantFrom({ kind: 'absent' } as const, { kind: 'withdrawn' } as const),
  cause.map((why) => ({ kind: 'unknown', cause: why }) as const),
  ms.map((wait) => ({ kind: 'wait', ms: wait }) as const),
)
const capabilities = fc.record({
  replaySafe: fc.boolean(),
  statusByRef: fc.boolean(),
  resumableUpload: fc.boolean(),
})
const known = {
  attempts: fc.integer({ min: 1, max: 10_000 }),
  itemFailures: fc.integer({ min: 0, max: 10_000 }),
  othersAccepted: fc.integer({ min: 0, max: 3 }),
  capabilities,
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
}
const sendContext = fc.record({ ...known, from: fc.constantFrom('QUEUED', 'READY', 'IN_DOUBT') })
const statusContext = fc.record({
  ...known,
  from: fc.constantFrom('IN_DOUBT', 'PROCESSING'),
  asks: fc.integer({ min: 0, max: 10_000 }),
})
const state = fc.constantFrom(...submissionStateSchema.options)

describe('after an attempt', () => {
  it('is accepted by a receipt and by nothing else', () => {
    fc.assert(
      fc.property(sendOutcome, sendContext, (outcome, context) => {
        const next = afterSend(outcome, context)
        expect(next.to === 'ACCEPTED').toBe(outcome.kind === 'accepted')
        expect(next.receipt !== null).toBe(next.to === 'ACCEPTED')
      }),
    )
  })

  it('never drops anything, however often it failed, and plans within bounds', () => {
    fc.assert(
      fc.property(sendOutcome, sendContext, (outcome, context) => {
        const next = afterSend(outcome, context)
        expect(next.to).not.toBe('ERASED')
        expect(next.afterMs).toBeGreaterThanOrEqual(0)
        expect(next.afterMs).toBeLessThanOrEqual(OUTBOX_LIMITS.LONGEST_PLAN_MS)
      }),
    )
  })

  it('may be sent again only where it surely was not taken', () => {
    fc.assert(
      fc.property(sendOutcome, sendContext, (outcome, context) => {
        const { to } = afterSend(outcome, context)
        const next = jobOf(to, false, context.capabilities)
        if (next !== 'send' || context.capabilities.replaySafe) return
        const isSurelyNotThere =
          outcome.kind === 'not-sent' ||
          outcome.kind === 'hold' ||
          (outcome.kind === 'wait' && outcome.scope === 'portal')
        expect(isSurelyNotThere).toBe(true)
        expect(context.from).not.toBe('IN_DOUBT')
      }),
    )
  })

  it('uses up no attempt where nothing was looked at', () => {
    const context = {
      from: 'READY',
      attempts: 1,
      itemFailures: 0,
      othersAccepted: 0,
      capabilities: { replaySafe: true, statusByRef: true, resumableUpload: true },
      random: 0.5,
    } as const
    expect(afterSend({ kind: 'not-sent', cause: 'ENOTFOUND' }, context)).toMatchObject({
      to: 'READY',
      isUncounted: true,
      isItemFailure: false,
    })
    const conflict = { kind: 'refused', problem: 'digest-conflict', errors: [] } as const
    expect(afterSend(conflict, context)).toMatchObject({
      to: 'NEEDS_STAFF',
      reason: 'integrity',
      problem: 'digest-conflict',
    })
  })

  it('goes to staff as poison after five failures of its own while three others went through', () => {
    const context = {
      from: 'READY',
      attempts: 5,
      capabilities: { replaySafe: true, statusByRef: true, resumableUpload: true },
      random: 0.5,
    } as const
    const outcome = { kind: 'in-doubt', cause: 'http-500', answered: true } as const
    const to = (itemFailures: number, othersAccepted: number) =>
      afterSend(outcome, { ...context, itemFailures, othersAccepted }).reason
    expect(to(4, 3)).toBe('poison')
    expect(to(3, 3)).toBe('in-doubt-http-500')
    expect(to(400, 2)).toBe('in-doubt-http-500')
  })
})

describe('after a question', () => {
  it('goes out again only if the portal definitely has it not', () => {
    fc.assert(
      fc.property(statusOutcome, statusContext, (outcome, context) => {
        const next = afterStatus(outcome, context)
        const isAbsent = outcome.kind === 'absent' && context.from === 'IN_DOUBT'
        expect(next.to === 'READY').toBe(isAbsent)
        expect(next.to === 'ACCEPTED').toBe(outcome.kind === 'accepted')
        expect(next.receipt !== null).toBe(next.to === 'ACCEPTED')
        expect(['QUEUED', 'SENDING', 'ERASED']).not.toContain(next.to)
        expect(next.afterMs).toBeLessThanOrEqual(OUTBOX_LIMITS.LONGEST_PLAN_MS)
      }),
    )
  })
})

describe('after a restart', () => {
  it('is nowhere on its way out, and not with a machine that cannot find out', () => {
    fc.assert(
      fc.property(state, capabilities, (from, can) => {
        const to = afterRestart(from, can)?.to ?? from
        expect(to).not.toBe('SENDING')
        expect(from !== 'SENDING' || to === 'IN_DOUBT' || to === 'NEEDS_STAFF').toBe(true)
        const isAsked = to === 'IN_DOUBT' || to === 'PROCESSING'
        expect(isAsked && jobOf(to, false, can) === null).toBe(false)
      }),
    )
  })
})

describe('after staff', () => {
  const action: fc.Arbitrary<StaffAction> = fc.constantFrom(
    'retry',
    'hold',
    'release',
    'hand-over',
    'withdraw',
    'export',
  )
  const filing = fc.record({
    state,
    attempts: fc.integer({ min: 0, max: 9 }),
    lastCode: fc.constantFrom(
      null,
      'doubt',
      'poison',
      'integrity',
      'refused-validation',
      'held-queued',
      'held-ready',
      'held-in-doubt',
      'held-processing',
      'exported',
    ),
  })
  const can = fc.record({
    replaySafe: fc.boolean(),
    statusByRef: fc.boolean(),
    resumableUpload: fc.boolean(),
    withdraw: fc.boolean(),
  })

  it('erases or sends nothing that the portal may have, unless somebody looked', () => {
    fc.assert(
      fc.property(action, filing, can, fc.boolean(), (what, at, can, paperTaken) => {
        const decided = afterStaff(what, at, { actor: 'officer', paperTaken }, can)
        if (!decided.ok || decided.value === 'ask-portal' || !mayBeAtPortal(at)) return
        const { to } = decided.value
        expect(to).not.toBe('ERASED')
        expect(can.replaySafe || jobOf(to, false, can) !== 'send').toBe(true)
      }),
    )
  })

  it('touches nothing that is being sent or has ended', () => {
    fc.assert(
      fc.property(action, filing, can, (what, at, can) => {
        const { ok } = afterStaff(what, at, { actor: 'officer', paperTaken: true }, can)
        expect(ok && ['SENDING', 'ACCEPTED', 'ERASED'].includes(at.state)).toBe(false)
      }),
    )
  })

  it('lets a held filing go on where it was', () => {
    const order = { actor: 'officer' }
    const can = {
      replaySafe: false,
      statusByRef: true,
      resumableUpload: false,
      withdraw: false,
    }
    for (const from of ['QUEUED', 'READY', 'IN_DOUBT', 'PROCESSING'] as const) {
      const held = afterStaff('hold', { state: from, lastCode: null, attempts: 1 }, order, can)
      if (!held.ok || held.value === 'ask-portal') throw new Error('not held')
      const { to, reason } = held.value
      const back = afterStaff('release', { state: to, lastCode: reason, attempts: 1 }, order, can)
      expect(back).toMatchObject({ ok: true, value: { to: from } })
    }
  })

  describe('of an exported filing', () => {
    const exported = { state: 'NEEDS_STAFF', lastCode: 'exported', attempts: 0 } as const
    const looked = { actor: 'technician', notAtPortal: true }
    const decide = (
      what: StaffAction,
      change: Partial<Parameters<typeof afterStaff>[3]>,
      order: Parameters<typeof afterStaff>[2] = { actor: 'technician', paperTaken: true },
    ) => {
      const all = { replaySafe: true, statusByRef: true, withdraw: true }
      const decided = afterStaff(what, exported, order, { ...all, ...change })
      if (!decided.ok) return decided.error.code
      return decided.value === 'ask-portal' ? decided.value : decided.value.to
    }

    it('asks before it sends, and sends only where a copy from the stick makes no second dossier', () => {
      expect(decide('retry', {})).toBe('IN_DOUBT')
      expect(decide('retry', {}, looked)).toBe('IN_DOUBT')
      expect(decide('retry', { statusByRef: false })).toBe('IN_DOUBT')
      expect(decide('retry', { replaySafe: false })).toBe('portal-may-have-it')
      expect(decide('retry', { replaySafe: false }, looked)).toBe('IN_DOUBT')
      const blind = { replaySafe: false, statusByRef: false }
      expect(decide('retry', blind)).toBe('portal-may-have-it')
      expect(decide('retry', blind, looked)).toBe('READY')
    })

    it('erases nothing without the portal’s promise to take no later copy', () => {
      expect(decide('withdraw', {})).toBe('ask-portal')
      expect(decide('withdraw', { withdraw: false })).toBe('portal-may-have-it')
      expect(decide('withdraw', { withdraw: false }, looked)).toBe('ERASED')
      expect(decide('hand-over', {})).toBe('portal-may-have-it')
      expect(decide('hand-over', {}, { ...looked, paperTaken: true })).toBe('ERASED')
    })

    it('keeps the mark when it is held, and cannot release it', () => {
      expect(decide('hold', {})).toBe('NEEDS_STAFF')
      expect(decide('release', {})).toBe('not-held')
    })
  })
})
