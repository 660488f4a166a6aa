import type { SessionView, View } from '../shared/contract/index.ts'
import { isoDate, localDate } from '../shared/domain/local-time.ts'
import type { Profile } from './settings/index.ts'
import { pageScanners } from './page-scans.ts'
import type { SessionState } from './session/index.ts'
import type { OfferedSpeech } from './voice/index.ts'

type ViewParts = {
  readonly profile: Profile
  readonly training: boolean
  readonly nowMs: number
  readonly session: SessionState
  readonly screen: SessionView
  readonly assistance: View['assistance']
  readonly devices: View['devices']
  readonly delivery: View['delivery']
  readonly speech: OfferedSpeech
}

/** What the page shows of a kiosk at one moment. */
export function kioskView(parts: ViewParts): View {
  const { profile, session } = parts
  return {
    kiosk: {
      id: profile.kioskId,
      commune: profile.commune.name,
      province: profile.commune.province,
      training: parts.training,
      pixelsPerMm: profile.screen.pixelsPerMm,
      today: isoDate(localDate(parts.nowMs)),
      pageScanners: pageScanners(profile),
      keypad: profile.keypad ?? null,
      voice: parts.speech.canSpeak ? { headset: profile.headset ?? 'none' } : null,
      languages: [...parts.speech.languages],
    },
    session: parts.screen,
    idle:
      session.warnedForMs === null
        ? { state: 'active' }
        : { state: 'warned', secondsLeft: Math.ceil(session.warnedForMs / 1000) },
    display: session.display,
    assistance: parts.assistance,
    devices: parts.devices,
    delivery: parts.delivery,
  }
}
