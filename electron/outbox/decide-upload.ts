import { unreachable } from '../../shared/domain/result.ts'
import type { UploadOutcome } from '../portal/index.ts'
import { retryDelayMs } from './backoff.ts'
import type { Sign } from './breaker.ts'
import { step, type Step } from './decide.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { PaperProgress, WaitingPaper } from './papers.ts'

/** What becomes of a paper and its filing after one turn of its upload. */
export type UploadStep = {
  readonly paper: PaperProgress
  /** Null where another turn may follow at once. */
  readonly filing: Step | null
}

/**
 * What a turn of an upload means. A turn that the portal answered and that brought nothing counts
 * as a stall; one that reached nobody does not.
 *
 * @param random in [0, 1)
 */
export function afterUpload(
  outcome: UploadOutcome,
  paper: Pick<WaitingPaper, 'offset' | 'stalls' | 'size'>,
  random: number,
): UploadStep {
  const same = { complete: false, offset: paper.offset, stalls: paper.stalls }
  switch (outcome.kind) {
    case 'complete':
      return { paper: { complete: true, offset: paper.size, stalls: 0 }, filing: null }
    case 'yielded':
      return { paper: { complete: false, offset: outcome.offset, stalls: 0 }, filing: null }
    case 'interrupted': {
      const offset = outcome.offset ?? paper.offset
      const stalls = offset > paper.offset ? 0 : paper.stalls + 1
      const next = { complete: false, offset, stalls }
      if (stalls > limits.UPLOAD_STALLS && outcome.answered) {
        return { paper: next, filing: step('NEEDS_STAFF', 0, 'upload-stuck') }
      }
      const reason = `interrupted-${outcome.cause}`
      return { paper: next, filing: step('UPLOADING', retryDelayMs(stalls + 1, random), reason) }
    }
    case 'not-sent':
    case 'not-the-portal': {
      const reason = `${outcome.kind}-${outcome.cause}`
      return { paper: same, filing: step('UPLOADING', retryDelayMs(1, random), reason) }
    }
    case 'wait':
      return { paper: same, filing: step('UPLOADING', 0, 'wait') }
    case 'hold':
      return { paper: same, filing: step('UPLOADING', 0, `hold-${outcome.cause}`) }
    case 'unreadable': {
      // A disk that fails may read it later; bytes that do not open will never be others.
      const stalls = paper.stalls + 1
      const filing =
        outcome.code === 'io' && stalls <= limits.UPLOAD_STALLS
          ? step('UPLOADING', retryDelayMs(stalls, random), 'unreadable-io')
          : step('NEEDS_STAFF', 0, outcome.code)
      return { paper: { ...same, stalls }, filing }
    }
    case 'refused': {
      const { problem, fields = [] } = outcome
      const filing = step('NEEDS_STAFF', 0, `refused-${problem}`, { problem, fields })
      return { paper: same, filing }
    }
    default:
      return unreachable(outcome)
  }
}

/** A stable code for the attempts. */
export function codeOfUpload(outcome: UploadOutcome): string {
  switch (outcome.kind) {
    case 'complete':
    case 'yielded':
    case 'wait':
      return outcome.kind
    case 'interrupted':
    case 'not-sent':
    case 'not-the-portal':
    case 'hold':
      return `${outcome.kind}-${outcome.cause}`
    case 'unreadable':
      return `unreadable-${outcome.code}`
    case 'refused':
      return `refused-${outcome.problem}`
    default:
      return unreachable(outcome)
  }
}

/**
 * What a turn says of line and portal; null where it says nothing. A line that was cut after it
 * had carried something is a bad one, and yet there.
 */
export function signOfUpload(
  outcome: UploadOutcome,
  { clientRef, offset }: { readonly clientRef: string; readonly offset: number },
): Sign | null {
  switch (outcome.kind) {
    case 'complete':
    case 'yielded':
    case 'refused':
    case 'wait':
      return { kind: 'answered' }
    case 'interrupted':
      if (outcome.answered) return { kind: 'stumbled', cause: outcome.cause, clientRef }
      return (outcome.offset ?? 0) > offset ? null : { kind: 'failed', cause: outcome.cause }
    case 'not-sent':
    case 'not-the-portal':
      return { kind: 'failed', cause: outcome.cause }
    case 'hold':
      return outcome
    case 'unreadable':
      return null
    default:
      return unreachable(outcome)
  }
}
