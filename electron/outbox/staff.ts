import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { PortalAdapter, StatusOutcome, WithdrawOutcome } from '../portal/index.ts'
import { sqliteCode } from '../store/index.ts'
import { codeOfAnswer, httpStatusOf } from './codes.ts'
import { step, type Step } from './decide.ts'
import {
  afterStaff,
  heldCode,
  heldFrom,
  type StaffAction,
  type StaffOrder,
  type StaffRefusal,
} from './decide-staff.ts'
import type { Delivery } from './delivery.ts'
import type { OutboxChange } from './ports.ts'
import type { Queue } from './queue.ts'
import type { Row } from './rows.ts'

type StaffDeps = {
  readonly queue: Queue
  readonly delivery: Delivery
  readonly portal: PortalAdapter
  readonly clock: { now(): number }
  readonly tell: (change: OutboxChange) => void
}

type Done = Result<void, StaffRefusal>

/**
 * What officers and technicians do with filings. Every action is a compare-and-set like every
 * other move, so an attempt that runs at the same time either ends first or finds the filing gone.
 */
export function createStaffActions({ queue, delivery, portal, clock, tell }: StaffDeps) {
  function decide(action: StaffAction, clientRef: string, order: StaffOrder) {
    const row = queue.row(clientRef)
    if (row === undefined) return err({ code: 'unknown-filing' } as const)
    const decision = afterStaff(action, row, order, portal.capabilities)
    return decision.ok ? ok({ row, decision: decision.value }) : decision
  }

  function carryOut(row: Row, next: Step, actor: string): Done {
    const { clientRef } = row
    if (next.to === 'ERASED') {
      const uploads = queue.uploads(row)
      if (delivery.erase([row], next.reason, actor) === 0) return err({ code: 'changed' })
      for (const url of uploads) void portal.dropUpload(url, undefined, row.kioskId)
    } else {
      if (!queue.move(row, next, actor)) return err({ code: 'changed' })
      if (next.to !== row.state) tell({ kind: 'filing', clientRef, state: next.to })
    }
    delivery.wake()
    return ok(undefined)
  }

  function act(
    action: Exclude<StaffAction, 'withdraw' | 'export'>,
    clientRef: string,
    order: StaffOrder,
  ) {
    return guarded(() => {
      const decided = decide(action, clientRef, order)
      if (!decided.ok) return decided
      const { row, decision } = decided.value
      if (decision === 'ask-portal') return err({ code: 'portal-may-have-it' })
      return carryOut(row, decision, order.actor)
    })
  }

  async function withdraw(
    clientRef: string,
    order: StaffOrder,
    signal?: AbortSignal,
  ): Promise<Done> {
    const decided = decide('withdraw', clientRef, order)
    if (!decided.ok) return decided
    const { row, decision } = decided.value
    if (decision !== 'ask-portal') return guarded(() => carryOut(row, decision, order.actor))
    const held = guarded(() => holdBack(row, order.actor))
    if (!held.ok) return held
    const startedMs = clock.now()
    const outcome = await askPortal(row, signal)
    return guarded(() => concluded(held.value, row, outcome, startedMs, order.actor))
  }

  /** Nothing else is to touch the filing while the portal is asked. */
  function holdBack(row: Row, actor: string): Result<Row, StaffRefusal> {
    const { state, clientRef, rev } = row
    if (state === 'NEEDS_STAFF') return ok(row)
    if (state !== 'IN_DOUBT' && state !== 'PROCESSING') return err({ code: 'changed' })
    const code = heldCode(state)
    if (!queue.move(row, step('NEEDS_STAFF', 0, code), actor)) return err({ code: 'changed' })
    tell({ kind: 'filing', clientRef, state: 'NEEDS_STAFF' })
    return ok({ ...row, state: 'NEEDS_STAFF', rev: rev + 1, lastCode: code })
  }

  /** Withdraws it there; a portal that cannot is asked whether it has it at all. */
  async function askPortal(
    row: Row,
    signal?: AbortSignal,
  ): Promise<WithdrawOutcome | StatusOutcome> {
    const { clientRef, bodySha256, kioskId } = row
    if (portal.capabilities.withdraw) return portal.withdraw(clientRef, signal, kioskId)
    if (!portal.capabilities.statusByRef) return { kind: 'unsupported' }
    return portal.status(clientRef, bodySha256, signal, queue.papers(row), kioskId)
  }

  function concluded(
    held: Row,
    before: Row,
    outcome: WithdrawOutcome | StatusOutcome,
    startedMs: number,
    actor: string,
  ): Done {
    const code = codeOfAnswer(outcome)
    const question = {
      kind: 'withdraw',
      startedMs,
      outcome: code,
      httpStatus: httpStatusOf(outcome),
    } as const
    if (outcome.kind === 'accepted') {
      const next = step('ACCEPTED', 0, 'receipt', { receipt: outcome.receipt })
      if (!queue.settleAsk(held, next, question)) return err({ code: 'changed' })
      delivery.after({ ...held, rev: held.rev + 1 }, next, '')
      return err({ code: 'not-withdrawable' })
    }
    queue.noteQuestion(held, question, outcome.kind === 'refused' ? outcome.problem : null)
    if (outcome.kind === 'withdrawn' || outcome.kind === 'absent') {
      return carryOut(held, step('ERASED', 0, 'withdrawn'), actor)
    }
    const from = before.state === 'NEEDS_STAFF' ? null : heldFrom(held.lastCode)
    if (from !== null) {
      // As it was. The core may have been told otherwise meanwhile; then that stands.
      const back = carryOut(held, step(from, 0, 'not-withdrawn'), actor)
      if (!back.ok) return back
    }
    if (outcome.kind === 'refused' || outcome.kind === 'processing') {
      return err({ code: 'not-withdrawable' })
    }
    return outcome.kind === 'unsupported'
      ? err({ code: 'portal-may-have-it' })
      : err({ code: 'portal-unclear', cause: code })
  }

  return {
    /** Tries again, now. What the portal may have is asked about first. */
    retry: (clientRef: string, order: StaffOrder): Done => act('retry', clientRef, order),
    /** Keeps it back until it is released. */
    hold: (clientRef: string, order: StaffOrder): Done => act('hold', clientRef, order),
    /** Lets a held filing go on where it was. */
    release: (clientRef: string, order: StaffOrder): Done => act('release', clientRef, order),
    /** It is delivered on paper: the contents are erased for good. */
    handOver: (clientRef: string, order: StaffOrder): Done => act('hand-over', clientRef, order),
    /** Takes it back, at the portal first where that may have it; then the contents are erased. */
    withdraw,
  }
}

/** The actions of staff on one outbox. */
export type StaffActions = ReturnType<typeof createStaffActions>

/** A store that fails is a refusal here: nothing was changed. */
function guarded<T>(run: () => Result<T, StaffRefusal>): Result<T, StaffRefusal> {
  try {
    return run()
  } catch (cause) {
    const reason = sqliteCode(cause)
    if (reason === undefined) throw cause
    return err({ code: 'io', reason })
  }
}
