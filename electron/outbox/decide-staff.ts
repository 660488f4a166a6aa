import { z } from 'zod'
import { err, ok, unreachable, type Result } from '../../shared/domain/result.ts'
import type { PortalCapabilities } from '../portal/index.ts'
import { step, type Step } from './decide.ts'
import type { SubmissionState } from './submission.ts'

/** What an officer or a technician may do with a filing. */
export type StaffAction = 'retry' | 'hold' | 'release' | 'hand-over' | 'withdraw' | 'export'

/** Who acts, and what they have made sure of. */
export type StaffOrder = {
  /** A role or an account, never a name; it goes into the journal. */
  readonly actor: string
  /** For `handOver`: the papers are in the officer's hands. */
  readonly paperTaken?: boolean
  /** Somebody looked it up at the portal, and it is not there. */
  readonly notAtPortal?: boolean
}

/** Why nothing was done. */
export type StaffRefusal =
  | { readonly code: 'unknown-filing' }
  /** Accepted, withdrawn or handed over already. */
  | { readonly code: 'ended' }
  /** It is being sent at this moment; a minute later it is not. */
  | { readonly code: 'busy' }
  | { readonly code: 'not-with-staff' }
  | { readonly code: 'not-held' }
  /** The officer has not confirmed that the papers are taken. */
  | { readonly code: 'unconfirmed' }
  /** It could be there twice: withdraw it, or look it up and confirm `notAtPortal`. */
  | { readonly code: 'portal-may-have-it' }
  /** The portal gave no definite answer; everything is as it was. */
  | { readonly code: 'portal-unclear'; readonly cause: string }
  /** The authority works on it already. */
  | { readonly code: 'not-withdrawable' }
  /** Another hand was quicker. */
  | { readonly code: 'changed' }
  | { readonly code: 'io'; readonly reason: string }

/** A filing as far as an action of staff depends on it. */
export type StaffView = {
  readonly state: SubmissionState
  readonly lastCode: string | null
  readonly attempts: number
}

/** The reason of a filing whose sealed contents lie on a stick, for another kiosk to deliver. */
export const EXPORTED = 'exported'

/** `ask-portal`: only the portal's definite word allows what was asked for. */
export type StaffDecision = Step | 'ask-portal'

/**
 * What becomes of a filing when staff act. What the portal may have is never sent again, handed
 * over or dropped on the kiosk's own account. Of an exported filing it may have a copy tomorrow, so
 * that its word of today is no proof, unless it takes each filing once only.
 */
export function afterStaff(
  action: StaffAction,
  filing: StaffView,
  order: StaffOrder,
  capabilities: Pick<PortalCapabilities, 'replaySafe' | 'statusByRef' | 'withdraw'>,
): Result<StaffDecision, StaffRefusal> {
  const { state, lastCode } = filing
  if (state === 'ACCEPTED' || state === 'ERASED') return err({ code: 'ended' })
  if (state === 'SENDING') return err({ code: 'busy' })
  const mayBeThere = mayBeAtPortal(filing) && order.notAtPortal !== true
  const canBeCleared = capabilities.statusByRef || capabilities.replaySafe
  const isExported = state === 'NEEDS_STAFF' && lastCode === EXPORTED
  switch (action) {
    case 'hold':
      return ok(state === 'NEEDS_STAFF' ? keep(filing) : step('NEEDS_STAFF', 0, heldCode(state)))
    case 'release': {
      const from = heldFrom(lastCode)
      if (state !== 'NEEDS_STAFF' || from === null) return err({ code: 'not-held' })
      return ok(step(from, 0, 'released'))
    }
    case 'retry': {
      if (state !== 'NEEDS_STAFF') return ok(step(state, 0, 'retried'))
      const from = heldFrom(lastCode)
      if (from !== null) return ok(step(from, 0, 'retried'))
      if (isExported && mayBeThere && !capabilities.replaySafe) {
        return err({ code: 'portal-may-have-it' })
      }
      // Never blindly where there is a way to ask: somebody may have looked before the stick was used.
      const isAsked = mayBeThere || isExported
      if (isAsked && canBeCleared) return ok(step('IN_DOUBT', 0, 'retried'))
      return mayBeThere ? err({ code: 'portal-may-have-it' }) : ok(step('READY', 0, 'retried'))
    }
    case 'hand-over':
      if (state !== 'NEEDS_STAFF') return err({ code: 'not-with-staff' })
      if (order.paperTaken !== true) return err({ code: 'unconfirmed' })
      if (mayBeThere) return err({ code: 'portal-may-have-it' })
      return ok(step('ERASED', 0, 'handed-over'))
    case 'export':
      return ok(step('NEEDS_STAFF', 0, EXPORTED))
    case 'withdraw':
      if (isExported && mayBeThere && !capabilities.withdraw) {
        return err({ code: 'portal-may-have-it' })
      }
      return ok(mayBeThere ? 'ask-portal' : step('ERASED', 0, 'withdrawn'))
    default:
      return unreachable(action)
  }
}

/** Whether the portal may have the filing, as far as the kiosk knows. */
export function mayBeAtPortal({ state, lastCode, attempts }: StaffView): boolean {
  switch (state) {
    case 'QUEUED':
    case 'UPLOADING':
    case 'READY':
    case 'ERASED':
      return false
    case 'SENDING':
    case 'IN_DOUBT':
    case 'PROCESSING':
    case 'ACCEPTED':
      return true
    case 'NEEDS_STAFF': {
      const from = heldFrom(lastCode)
      if (from !== null) return mayBeAtPortal({ state: from, lastCode: null, attempts })
      if (lastCode === EXPORTED || lastCode === NOT_ALLOWED) return true
      return attempts > 0 && lastCode?.startsWith('refused-') !== true
    }
    default:
      return unreachable(state)
  }
}

/** The portal does not let this kiosk deliver for the one that took the filing in. */
const NOT_ALLOWED = 'refused-kiosk-disabled'

type HeldState = 'QUEUED' | 'UPLOADING' | 'READY' | 'IN_DOUBT' | 'PROCESSING'

const heldCodes = {
  QUEUED: 'held-queued',
  UPLOADING: 'held-uploading',
  READY: 'held-ready',
  IN_DOUBT: 'held-in-doubt',
  PROCESSING: 'held-processing',
} as const satisfies Record<HeldState, string>

const heldSchema = z.enum(heldCodes)

/** Where each goes back to. The uploads of a filing are looked at anew. */
const heldStates = {
  'held-queued': 'QUEUED',
  'held-uploading': 'QUEUED',
  'held-ready': 'READY',
  'held-in-doubt': 'IN_DOUBT',
  'held-processing': 'PROCESSING',
} as const satisfies Record<z.infer<typeof heldSchema>, HeldState>

/** The reason of a filing that staff hold; it says where the filing was. */
export function heldCode(state: HeldState): string {
  return heldCodes[state]
}

/** Where a held filing goes when it is released; null where it is not held. */
export function heldFrom(code: string | null): HeldState | null {
  const known = heldSchema.safeParse(code)
  return known.success ? heldStates[known.data] : null
}

function keep({ state, lastCode }: StaffView): Step {
  return step(state, 0, lastCode ?? 'held')
}
