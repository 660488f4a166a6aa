import { unreachable } from '../../shared/domain/result.ts'
import type { SendOutcome } from '../portal/index.ts'
import { sqliteCode, unseal } from '../store/index.ts'
import { retryDelayMs } from './backoff.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { OutboxChange, OutboxDeps, PortalState } from './ports.ts'
import type { Claim, Due, Queue } from './queue.ts'

type DeliveryDeps = OutboxDeps & {
  readonly queue: Queue
  readonly tell: (change: OutboxChange) => void
}

/**
 * Sends filings one at a time, oldest first. A broken connection marks the portal as away: then
 * nothing is sent and a cheap probe runs until it answers, so that an outage costs one attempt
 * and not one per filing.
 */
export function createDelivery(deps: DeliveryDeps) {
  const { store, keys, portal, clock, timers, queue, tell, log } = deps
  let state: PortalState = 'unknown'
  /** True once a probe has failed since the portal was last there. */
  let absenceSeen = false
  let pausedUntilMs = 0
  let running: Promise<void> | null = null
  let probing: Promise<void> | null = null
  let stopping: AbortController | null = null
  /** Woken while running. */
  let again = false
  /** A crash, or a store that failed in the middle of an attempt: rows may say SENDING. */
  let doubtful = false
  let cancelWake = () => {}
  let cancelProbe = () => {}

  function setPortal(next: PortalState): void {
    if (state === next) return
    state = next
    log('portal', { state })
    tell({ kind: 'portal', state })
  }

  function wake(): void {
    if (running !== null) {
      again = true
      return
    }
    cancelWake()
    if (stopping === null) return
    running = drain(stopping.signal)
      .catch(onStoreFailure)
      .finally(() => {
        running = null
        // A filing may have come between the last look and this moment.
        if (again) wake()
      })
  }

  function wakeAfter(delayMs: number): void {
    cancelWake()
    if (stopping !== null) cancelWake = timers.after(delayMs, wake)
  }

  /** A full disk or an I/O error must not end the core: the filings are safe, the sender pauses. */
  function onStoreFailure(cause: unknown): void {
    const code = sqliteCode(cause)
    if (code === undefined) throw cause
    log('store-failed', { code })
    doubtful = true
    wakeAfter(limits.STORE_RETRY_MS)
  }

  async function drain(signal: AbortSignal): Promise<void> {
    // A microtask later, so that whoever woke us has returned to its caller.
    await Promise.resolve()
    again = false
    if (doubtful) {
      recover()
      doubtful = false
    }
    while (!signal.aborted) {
      if (state === 'away') return
      const pauseMs = pausedUntilMs - clock.now()
      if (pauseMs > 0) return wakeAfter(pauseMs)
      const next = queue.next()
      if (next === null) return
      if ('atMs' in next) return wakeAfter(next.atMs - clock.now())
      await deliver(next, signal)
    }
  }

  async function deliver(filing: Due, signal: AbortSignal): Promise<void> {
    const { clientRef } = filing
    const body = unseal(keys, { owner: clientRef, purpose: 'body' }, filing.sealed)
    if (!body.ok) {
      log('unreadable', { clientRef, code: body.error.code })
      if (queue.setAside(filing, body.error.code)) {
        tell({ kind: 'filing', clientRef, state: 'NEEDS_STAFF' })
      }
      return
    }
    const claim = queue.claim(filing, body.value.length)
    if (claim === null) return
    tell({ kind: 'filing', clientRef, state: 'SENDING' })
    const outcome = await portal.send(clientRef, body.value, signal)
    log('sent', { clientRef, outcome: codeOf(outcome) })
    settle(claim, filing.attempts + 1, outcome, signal)
  }

  function settle(claim: Claim, attempts: number, outcome: SendOutcome, signal: AbortSignal): void {
    const end = { outcome: codeOf(outcome), problem: null }
    const later = clock.now() + retryDelayMs(attempts, deps.random())
    switch (outcome.kind) {
      case 'accepted': {
        cameBack()
        const { receipt } = outcome
        const { dossierCode } = receipt
        if (!queue.accept(claim, receipt)) return
        tell({
          kind: 'filing',
          clientRef: claim.clientRef,
          state: 'ACCEPTED',
          dossierCode,
          receipt,
        })
        return erase([{ clientRef: claim.clientRef, rev: claim.rev + 1 }])
      }
      case 'refused':
        cameBack()
        return staff(claim, { ...end, problem: outcome.problem })
      case 'wait': {
        cameBack()
        const until = clock.now() + outcome.ms
        if (outcome.scope === 'portal') pausedUntilMs = until
        return requeue(claim, end, until, false)
      }
      case 'not-sent':
        requeue(claim, end, later, false)
        return wentAway()
      case 'in-doubt':
      case 'not-the-portal': {
        const answered = outcome.kind === 'in-doubt' && outcome.answered
        if (portal.capabilities.replaySafe) requeue(claim, end, later, answered)
        else staff(claim, end)
        if (answered) return cameBack()
        return signal.aborted ? undefined : wentAway()
      }
      default:
        return unreachable(outcome)
    }
  }

  function requeue(
    claim: Claim,
    end: Parameters<Queue['requeue']>[1],
    nextAtMs: number,
    countsAgainstIt: boolean,
  ): void {
    if (queue.requeue(claim, end, nextAtMs, countsAgainstIt)) {
      tell({ kind: 'filing', clientRef: claim.clientRef, state: 'QUEUED' })
    }
  }

  function staff(claim: Claim, end: Parameters<Queue['handToStaff']>[1]): void {
    if (queue.handToStaff(claim, end)) {
      tell({ kind: 'filing', clientRef: claim.clientRef, state: 'NEEDS_STAFF' })
    }
  }

  function erase(accepted: readonly { clientRef: string; rev: number }[]): void {
    const done = accepted.filter(({ clientRef, rev }) => queue.erase(clientRef, rev))
    if (done.length === 0) return
    // Where a reader holds the log, the next erasure or the next start empties it.
    if (!store.checkpointTruncate()) log('checkpoint-busy', {})
    for (const { clientRef } of done) tell({ kind: 'filing', clientRef, state: 'ERASED' })
  }

  function recover(): void {
    const { replaySafe } = portal.capabilities
    for (const clientRef of queue.recover(replaySafe)) {
      tell({ kind: 'filing', clientRef, state: replaySafe ? 'QUEUED' : 'NEEDS_STAFF' })
    }
    // Erasures that a crash cut short.
    erase(queue.inState('ACCEPTED'))
  }

  function cameBack(): void {
    setPortal('reachable')
    absenceSeen = false
  }

  function wentAway(): void {
    setPortal('away')
    probeAfter(limits.FIRST_PROBE_MS)
  }

  function probeAfter(delayMs: number): void {
    cancelProbe()
    if (stopping !== null) cancelProbe = timers.after(delayMs, probe)
  }

  function probe(): void {
    cancelProbe()
    if (stopping === null || probing !== null) return
    const { signal } = stopping
    probing = lookForPortal(signal)
      .catch(onStoreFailure)
      .finally(() => {
        probing = null
        probeAfter(state === 'away' ? limits.PROBE_AWAY_MS : limits.PROBE_IDLE_MS)
      })
  }

  async function lookForPortal(signal: AbortSignal): Promise<void> {
    const health = await portal.health(signal)
    if (signal.aborted) return
    if (health.kind === 'away') {
      absenceSeen = true
      return setPortal('away')
    }
    // Backoff is cut short only after a real absence: a portal that answers probes and drops
    // filings would otherwise be hammered.
    if (absenceSeen) queue.hurry()
    absenceSeen = false
    setPortal('reachable')
    wake()
  }

  return {
    start(): void {
      if (stopping !== null) return
      stopping = new AbortController()
      doubtful = true
      probe()
      wake()
    },

    async stop(): Promise<void> {
      stopping?.abort()
      stopping = null
      cancelWake()
      cancelProbe()
      await Promise.all([running, probing])
    },

    wake,
    portalState: (): PortalState => state,
  }
}

/** A stable code for rows and logs. */
function codeOf(outcome: SendOutcome): string {
  switch (outcome.kind) {
    case 'accepted':
    case 'wait':
      return outcome.kind
    case 'refused':
      return `refused-${outcome.problem}`
    case 'not-sent':
    case 'in-doubt':
    case 'not-the-portal':
      return `${outcome.kind}-${outcome.cause}`
    default:
      return unreachable(outcome)
  }
}
