import type { PageScan, PageScanner } from '../shared/contract/index.ts'
import type { Log } from './log.ts'
import type { Profile } from './settings/index.ts'

/** Limits of what the page may hand in as scanned. */
export const PAGE_SCAN_LIMITS = {
  /** Nobody holds cards under a scanner faster; a page that does is not ours. */
  GAP_MS: 250,
} as const

/** The scanners of this kiosk that only the page can serve. */
export function pageScanners(profile: Profile): PageScanner[] {
  return [
    ...(profile.wedge === true ? (['wedge'] as const) : []),
    ...(profile.cardCamera === true ? (['camera'] as const) : []),
  ]
}

/**
 * Takes what the page's own scanners read. A scanner that the profile does not name is refused, and
 * so is one that reads faster than hands are.
 */
export function createPageScans(deps: {
  readonly profile: Profile
  readonly scanned: (text: string, from: PageScanner) => void
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  readonly log: Log
}): (scan: PageScan) => 'done' | 'ignored' {
  const known = pageScanners(deps.profile)
  let lastMs = Number.NEGATIVE_INFINITY
  return ({ source, text }) => {
    const nowMs = deps.now()
    if (!known.includes(source) || nowMs - lastMs < PAGE_SCAN_LIMITS.GAP_MS) return 'ignored'
    lastMs = nowMs
    deps.log('page-scan', { source, characters: text.length })
    deps.scanned(text, source)
    return 'done'
  }
}
