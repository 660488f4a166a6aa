import type { AccessState } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { words } from '../i18n/t.ts'
import type { ChipWords } from './chip-words.ts'

/** What a citizen is told while the chip is opened with its number; null where nothing has come of it. */
export function accessWords(
  state: AccessState,
  triesLeft: number,
  scanned: boolean,
): ChipWords | null {
  const otherwise = words(scanned ? 'access.otherwise-scanned' : 'access.otherwise-alone')
  switch (state) {
    case 'open':
      return null
    case 'reading':
      return { state: 'wait', phrase: words('chip.reading'), more: words('access.reading-2') }
    case 'wrong':
      return triesLeft > 0
        ? {
            state: 'wait',
            phrase: words('access.wrong'),
            more: words('access.wrong-2', { count: triesLeft }),
          }
        : { state: 'stop', phrase: words('access.no-more'), more: otherwise }
    case 'removed':
      return { state: 'wait', phrase: words('access.removed'), more: words('access.removed-2') }
    case 'no-id-card':
      return { state: 'stop', phrase: words('chip.no-id-card'), more: otherwise }
    case 'no-number':
      return { state: 'stop', phrase: words('access.no-number'), more: otherwise }
    case 'blocked':
      return { state: 'stop', phrase: words('access.blocked'), more: otherwise }
    case 'hidden':
      return { state: 'stop', phrase: words('access.hidden'), more: otherwise }
    case 'failed':
      return { state: 'stop', phrase: words('chip.failed'), more: otherwise }
    case 'unreadable':
      return { state: 'wait', phrase: words('chip.unreadable'), more: words('access.removed-2') }
    default:
      return unreachable(state)
  }
}
