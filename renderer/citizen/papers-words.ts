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
export function scannerWords({ state }: DocumentScannerState): StateWords {
  switch (state) {
    case 'ready':
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

function line(state: StateWords['state'], first: PlainKey, second: PlainKey): StateWords {
  return { state, first: words(first), second: words(second) }
}

/** Keys without a placeholder. */
type PlainKey = Extract<
  Parameters<typeof words>[0],
  | `papers.flaw.${string}`
  | `papers.camera.${string}`
  | `papers.scanner.${string}`
  | `papers.${'starting' | 'good' | 'keeping' | 'not-kept'}${'' | '-2'}`
>
