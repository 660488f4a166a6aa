import type { SessionView } from '../shared/contract/index.ts'
import { unreachable } from '../shared/domain/result.ts'
import type { KeyRingProblem, StoreProblem } from './store/index.ts'

/** Why the kiosk stays out of service; `message` is one line for a technician. */
export interface Trouble {
  readonly reason: Extract<SessionView, { screen: 'out-of-service' }>['reason']
  readonly message: string
}

/** What is wrong with the key in folder `dir`, and what to do. A key is never made over filings. */
export function keyTrouble(problem: KeyRingProblem, dir: string): Trouble {
  const { undelivered } = problem
  const waiting = undelivered === 0 ? '' : `; ${undelivered} undelivered filings wait for it`
  return { reason: 'keys', message: `${keyRemedy(problem, dir)}${waiting}` }
}

/** The way out where the kiosk's own key is lost for good. */
const RECOVER = 'bring the recovery key: kiosk store recover --key FILE'

function keyRemedy(problem: KeyRingProblem, dir: string): string {
  switch (problem.code) {
    case 'exposed':
      return `key file exposed: others may read it; chmod 600 ${dir}/kiosk*.key`
    case 'damaged':
      return `key damaged: put the kept copy back into ${dir}, or ${RECOVER}`
    case 'io':
      return `key unreadable (${problem.reason}): check the owner and mode of ${dir}`
    case 'vault':
      return `key not opened (${problem.reason}): check the TPM or keyring that keeps it, or ${RECOVER}`
    case 'no-vault':
      return 'no place for a key: this machine has no vault that may be used'
    case 'key-missing':
      return `key missing: put the kept copy back into ${dir}, or ${RECOVER}`
    case 'provider-changed': {
      const now = problem.reason ?? problem.found ?? 'none'
      return `key of ${problem.remembered} not available (${now}): bring it back, or ${RECOVER}`
    }
    case 'bad-recovery-key':
      return 'profile invalid at recoveryKey: not an X25519 public key in PEM'
    default:
      return unreachable(problem)
  }
}

/** What is wrong with the store in folder `dir`, and what to do. It may hold filings: keep it. */
export function storeTrouble(problem: StoreProblem, dir: string): Trouble {
  switch (problem.code) {
    case 'locked':
      return { reason: 'store', message: `store locked: another kiosk runs on ${dir}; stop it` }
    case 'damaged':
      return {
        reason: 'store',
        message: `store damaged (${problem.reason}): keep a copy of ${dir}, it may hold filings`,
      }
    case 'io': {
      const full = /^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(problem.reason)
      return full
        ? { reason: 'disk', message: `disk full: make room for ${dir}` }
        : {
            reason: 'store',
            message: `store unreadable (${problem.reason}): check the disk, owner and mode of ${dir}`,
          }
    }
    case 'no-driver':
      return {
        reason: 'store',
        message: `store driver missing (${problem.reason}): install the kiosk again`,
      }
    case 'pragma':
      return { reason: 'store', message: `store not durable: ${problem.name} does not hold` }
    case 'newer-schema':
      return {
        reason: 'store',
        message: `store of a newer kiosk (${problem.found}, known ${problem.known}): install that one`,
      }
    case 'wrong-key':
      return {
        reason: 'keys',
        message: `store sealed under another key: put back the key of ${problem.undelivered} filings, or ${RECOVER}`,
      }
    default:
      return unreachable(problem)
  }
}
