import type { DocumentScannerState } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { Capture } from '../capture/use-capture.ts'
import { words } from '../i18n/t.ts'

/** A state line: how it is, and the one thing to do. */
export interface StateWords {
  readonly state: 'done' | 'wait' | 'stop'
  readonly first: Phrase
  readonly second: Phrase
}

/** What is said under the camera's picture. */
export function captureWords(
  camera: Capture['camera'],
  seen: Capture['seen'],
  keeping: 'no' | 'going-on' | 'failed',
): StateWords {
  switch (camera.state) {
    case 'starting':
      return line('wait', 'papers.starting', 'papers.starting-2')
    case 'missing':
    case 'pulled-out':
    case 'denied':
    case 'busy':
      return line('stop', `papers.camera.${camera.state}`, `papers.camera.${camera.state}-2`)
    case 'live':
      break
    default:
      return unreachable(camera)
  }
  if (keeping === 'going-on') return line('wait', 'papers.keeping', 'papers.keeping-2')
  if (keeping === 'failed') return line('stop', 'papers.not-kept', 'papers.not-kept-2')
  if (seen === null) return line('wait', 'papers.starting', 'papers.starting-2')
  const { flaw } = seen.verdict
  if (flaw === null) return line('done', 'papers.good', 'papers.good-2')
  // An empty tray is no mistake yet.
  const state = flaw === 'nothing' ? 'wait' : 'stop'
  return line(state, `papers.flaw.${flaw}`, `papers.flaw.${flaw}-2`)
}

/** What is said where the core drives a scanner. */
export function scannerWords(scanner: DocumentScannerState): StateWords {
  const { state } = scanner
  switch (state) {
    case 'ready':
      return scanner.feeds
        ? line('wait', 'papers.scanner.feeds', 'papers.scanner.feeds-2')
        : line('wait', 'papers.scanner.ready', 'papers.scanner.ready-2')
    case 'scanning':
    case 'no-paper':
      return line('wait', `papers.scanner.${state}`, `papers.scanner.${state}-2`)
    case 'jammed':
    case 'cover-open':
    case 'busy':
    case 'denied':
    case 'missing':
    case 'error':
      return line('stop', `papers.scanner.${state}`, `papers.scanner.${state}-2`)
    // The page is not asked to scan then.
    case 'camera':
    case 'not-configured':
      return line('stop', 'papers.scanner.missing', 'papers.scanner.missing-2')
    default:
      return unreachable(state)
  }
}

/** What is said of pages that have come, where the scanner then broke off; null where it did not. */
export function brokenOffWords({ state }: DocumentScannerState): StateWords | null {
  switch (state) {
    case 'jammed':
    case 'cover-open':
    case 'busy':
    case 'denied':
    case 'missing':
    case 'error':
      return line('stop', `papers.broken-off.${state}`, 'papers.broken-off-2')
    case 'ready':
    case 'scanning':
    case 'no-paper':
    case 'camera':
    case 'not-configured':
      return null
    default:
      return unreachable(state)
  }
}

/** Whether to scan is the thing to do now; else the paper goes to the counter, or one waits. */
export function scanningHelps({ state }: DocumentScannerState): boolean {
  switch (state) {
    case 'ready':
    case 'no-paper':
    case 'cover-open':
    case 'busy':
    case 'error':
      return true
    case 'scanning':
    case 'jammed':
    case 'denied':
    case 'missing':
    case 'camera':
    case 'not-configured':
      return false
    default:
      return unreachable(state)
  }
}

function line(state: StateWords['state'], first: PlainKey, second: PlainKey): StateWords {
  return { state, first: words(first), second: words(second) }
}

/** Keys without a placeholder. */
type PlainKey = Extract<
  Parameters<typeof words>[0],
  | `papers.flaw.${string}`
  | `papers.camera.${string}`
  | `papers.scanner.${string}`
  | `papers.broken-off${string}`
  | `papers.${'starting' | 'good' | 'keeping' | 'not-kept'}${'' | '-2'}`
>
