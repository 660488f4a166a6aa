import { unreachable } from '../../../shared/domain/result.ts'
import type { Hold, SendOutcome, StatusOutcome } from '../adapter.ts'
import { holdOf, sendSilence } from '../answers.ts'
import { boundedWaitMs } from '../retry-after.ts'
import type { Said } from './platform.ts'

type NoValue = Exclude<Said<never>, { kind: 'value' }>

/** How a step ended that cannot make a dossier. */
export function nothingMade(step: string, said: NoValue): SendOutcome {
  if (said.kind === 'code') {
    return holdOfStatus(said.status) ?? { kind: 'not-sent', cause: `${step}-${said.code}` }
  }
  const { result } = said
  if (result.kind === 'untrusted') return sendSilence(result)
  if (result.kind !== 'answer') return { kind: 'not-sent', cause: `${step}-${result.cause}` }
  const { status, retryAfterMs } = result.answer
  if (status === 429 || status === 503) {
    return { kind: 'wait', ms: boundedWaitMs(retryAfterMs), scope: 'portal' }
  }
  return holdOfStatus(status) ?? { kind: 'not-sent', cause: `${step}-http-${status}` }
}

/** How NoiHoSo ended. Without the platform's promise, only a clear no is a no. */
export function submitOutcome(
  said: Said<{ MaHoSo: string }>,
  dossierCode: string,
): 'taken' | SendOutcome {
  const doubt = (cause: string): SendOutcome => ({ kind: 'in-doubt', cause, answered: true })
  switch (said.kind) {
    case 'value':
      return said.value.MaHoSo === dossierCode ? 'taken' : doubt('other-dossier')
    case 'code':
      if (said.status === 400) return refused('validation', [said.code])
      return holdOfStatus(said.status) ?? doubt(`national-${said.code}`)
    case 'nothing': {
      const { result } = said
      if (result.kind === 'answer') {
        const { status } = result.answer
        if (status === 400) return refused('validation')
        return holdOfStatus(status) ?? doubt(`http-${status}`)
      }
      const outcome = sendSilence(result)
      // No marker tells this platform from a stranger before it.
      return outcome.kind === 'not-the-portal'
        ? { kind: 'in-doubt', cause: outcome.cause, answered: false }
        : outcome
    }
    default:
      return unreachable(said)
  }
}

/** What it means for a question that a service gave no value. */
export function noWord(step: string, said: NoValue): StatusOutcome {
  const outcome = nothingMade(step, said)
  if (outcome.kind === 'hold') return outcome
  if (outcome.kind === 'wait') return { kind: 'wait', ms: outcome.ms }
  return { kind: 'unknown', cause: outcome.kind === 'not-sent' ? outcome.cause : step }
}

/** The dossier is there, whatever became of its report. */
export function later(said: NoValue): StatusOutcome {
  const outcome = nothingMade('report', said)
  if (outcome.kind === 'hold') return outcome
  return {
    kind: 'processing',
    pollAfterMs: boundedWaitMs(outcome.kind === 'wait' ? outcome.ms : null),
  }
}

/** A settled or open doubt as the end of an attempt to send. */
export function fromStatus(outcome: StatusOutcome): SendOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { ...outcome, replayed: false }
    case 'refused':
    case 'processing':
      return outcome
    case 'withdrawn':
      return refused('withdrawn')
    // The dossier is there or may be there, so this is no attempt that can be made again.
    case 'hold':
    case 'wait':
    case 'unknown':
    case 'absent':
      return { kind: 'in-doubt', cause: outcome.kind, answered: true }
    default:
      return unreachable(outcome)
  }
}

function holdOfStatus(status: number): Hold | null {
  return status === 400 ? null : holdOf({ status, json: undefined })
}

/** The platform, or the adapter before it, will never take these bytes. */
export function refused(problem: string, errors: readonly string[] = []) {
  return { kind: 'refused', problem, errors } as const
}
