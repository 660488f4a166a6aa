import type { HealthOutcome } from '../portal/index.ts'
import type { Store } from '../store/index.ts'
import type { Alarms } from './alarms.ts'
import { breakerAfter, probeDelayMs, signOfHealth, type Sign } from './breaker.ts'
import { createBreakerRow } from './breaker-row.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { portalRemedy, portalTrouble } from './portal-trouble.ts'
import type { OutboxChange, OutboxDeps, PortalState, PortalStatus } from './ports.ts'

type WatchDeps = Pick<OutboxDeps, 'clock' | 'timers' | 'random' | 'log' | 'portal'> & {
  readonly store: Store
  readonly alarms: Alarms
  readonly portalId: string
  readonly tell: (change: OutboxChange) => void
  /** Filings may go again; `afterAbsence` where nobody had answered before. */
  readonly onOpen: (afterAbsence: boolean) => void
  readonly onHealth: (outcome: HealthOutcome, sentMs: number) => void
  readonly onFailure: (cause: unknown) => void
}

/**
 * Keeps an eye on one portal: the breaker, kept in its row so that a restart does not forget an
 * outage, the rest that the portal asked for, and the signs of life.
 */
export function createPortalWatch(deps: WatchDeps) {
  const { store, portalId, portal, clock, timers, log, tell } = deps
  const row = createBreakerRow(store.db, portalId)
  let { breaker, restUntilMs } = row.load()
  let visible: PortalState = 'unknown'
  let nextProbeMs: number | null = null
  let signal: AbortSignal | null = null
  let probing: Promise<void> | null = null
  let cancelProbe = () => {}

  function save(): void {
    row.save(breaker, restMs() > 0 ? restUntilMs : null, nextProbeMs)
  }

  /** The rest that is left; a longer one than any portal gets means that the clock was set back. */
  function restMs(): number {
    const left = restUntilMs - clock.now()
    return left > limits.LONGEST_PLAN_MS ? 0 : Math.max(0, left)
  }

  function show(next: PortalState): void {
    if (next === visible) return
    visible = next
    log('portal', { state: next })
    tell({ kind: 'portal', state: next })
  }

  function note(sign: Sign): void {
    const before = breaker
    breaker = breakerAfter(before, sign, clock.now())
    if (signal !== null && sign.kind !== 'answered' && sign.kind !== 'alive') planProbe()
    const isNewHold = breaker.hold?.cause !== before.hold?.cause
    if (breaker.state !== before.state || isNewHold) {
      save()
      log('breaker', { state: breaker.state, cause: breaker.cause ?? '' })
    }
    // Told once, however often the portal repeats it.
    if (breaker.hold !== null && isNewHold) {
      deps.alarms.raise(`portal-${breaker.hold.cause}`, null, { detail: breaker.hold.detail })
    }
    const trouble = portalTrouble(breaker)
    if (trouble !== null && trouble !== portalTrouble(before)) {
      log('portal-trouble', { code: trouble, says: portalRemedy(trouble, breaker.cause ?? '') })
    }
    const isShut = breaker.state === 'open' || breaker.hold !== null
    show(isShut || breaker.away ? 'away' : 'reachable')
  }

  function planProbe(): void {
    cancelProbe()
    if (signal === null) return
    const delayMs = probeDelayMs(breaker, clock.now(), deps.random())
    nextProbeMs = Math.ceil(clock.now() + delayMs)
    cancelProbe = timers.after(delayMs, probe)
  }

  function probe(): void {
    cancelProbe()
    if (signal === null || probing !== null) return
    probing = lookForPortal(signal)
      .catch(deps.onFailure)
      .finally(() => {
        probing = null
        planProbe()
      })
  }

  async function lookForPortal(until: AbortSignal): Promise<void> {
    const sentMs = clock.now()
    const health = await portal.health(until)
    if (until.aborted) return
    deps.onHealth(health, sentMs)
    const { state, away } = breaker
    note(signOfHealth(health))
    if (breaker.state !== 'open') deps.onOpen(state === 'open' || away)
  }

  return {
    start(until: AbortSignal): void {
      signal = until
      probe()
    },
    /** Resolves when no sign of life is being asked for. */
    async stop(): Promise<void> {
      signal = null
      cancelProbe()
      await probing
    },
    note,
    /** The portal wants rest from this kiosk, whatever the filing. */
    rest(ms: number): void {
      restUntilMs = Math.ceil(clock.now() + Math.min(ms, limits.LONGEST_PLAN_MS))
      save()
    },
    restMs,
    isOpen: (): boolean => breaker.state === 'open',
    /** It answers, and has not asked for rest: a time for questions that can wait. */
    isQuiet: (): boolean => visible === 'reachable' && restMs() === 0,
    state: (): PortalState => visible,
    status: (): PortalStatus => ({
      state: visible,
      breaker: breaker.state,
      hold: breaker.hold,
      trouble: portalTrouble(breaker),
      cause: breaker.cause,
      sinceMs: breaker.sinceMs,
      nextProbeMs: breaker.state === 'open' ? nextProbeMs : null,
      restUntilMs: restMs() > 0 ? restUntilMs : null,
    }),
  }
}

/** The watch over one portal. */
export type PortalWatch = ReturnType<typeof createPortalWatch>
