import { useEffect, useRef } from 'react'
import type { DisplayChange } from '../../shared/contract/index.ts'
import { VOLUMES } from '../../shared/speech/index.ts'
import { useKiosk, type Kiosk } from '../kiosk-context.ts'
import { wishVoice } from '../speech/controls.ts'
import { jack } from '../speech/headset.ts'
import { nowSaid } from '../speech/now-said.ts'
import { listenToKeypad } from './listen.ts'

/**
 * Five keys, help, volume and a jack for whoever does not see the screen, and switches for whoever moves
 * little; nothing is to be seen.
 */
export function Keypad() {
  const kiosk = useKiosk()
  const latest = useRef<Kiosk>(kiosk)
  useEffect(() => {
    latest.current = kiosk
  }, [kiosk])
  const { keypad } = kiosk.view.kiosk
  useEffect(() => {
    if (keypad === null) return
    const change = (voice: DisplayChange['voice']) =>
      void latest.current.act({ type: 'display', change: { voice } })
    const voice = () => latest.current.view.display.voice
    return listenToKeypad(document, keypad, {
      hush: () => wishVoice('hush'),
      say: (phrases) => wishVoice({ say: phrases }),
      isSpeaking: () => nowSaid.get() !== null,
      onSpeaking: nowSaid.subscribe,
      explain: () => (voice().on ? wishVoice('again') : change({ on: true })),
      callHelp: () => void latest.current.act({ type: 'call-help' }),
      louder: () => change({ volume: (voice().volume + 1) % VOLUMES.length }),
      plug(isIn) {
        jack.plug(isIn)
        // Who brings a headset wants to hear (EN 301 549, 5.2).
        if (isIn && !voice().on) change({ on: true })
      },
    })
  }, [keypad])
  return null
}
