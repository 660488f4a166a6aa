import { useState, useSyncExternalStore } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { SPEEDS, VOLUMES } from '../../shared/speech/index.ts'
import { phraseInLanguage } from '../i18n/language.ts'
import { Say } from '../i18n/say.tsx'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { wishVoice } from './controls.ts'
import { nowSaid } from './now-said.ts'
import { speedKeys, volumeKeys } from './voice-words.ts'

/** The words that are being said, in place of the guidance. */
export function Subtitle() {
  const said = useSyncExternalStore(nowSaid.subscribe, nowSaid.get)
  if (said === null) return null
  // Hidden from assistive technology: it is what the voice says already.
  return (
    <p className="strip__said" aria-hidden="true">
      {said}
    </p>
  )
}

/** While the voice is on: once more, stop and go on, speed, loudness, a dark screen. */
export function VoiceKeys() {
  const { view, act } = useKiosk()
  const [paused, setPaused] = useState(false)
  const { display } = view
  const { voice } = display
  if (view.kiosk.voice === null || !voice.on) return null
  const change = (part: Partial<typeof voice>) =>
    void act({ type: 'display', change: { voice: part } })
  return (
    <div className="strip__keys" role="group" aria-label={t('voice.controls')}>
      <VoiceKey
        label={words('voice.again')}
        onPress={() => {
          setPaused(false)
          wishVoice('again')
        }}
      />
      <VoiceKey
        label={words(paused ? 'voice.resume' : 'voice.pause')}
        onPress={() => {
          setPaused(!paused)
          wishVoice(paused ? 'resume' : 'pause')
        }}
      />
      <VoiceKey
        label={words('voice.speed')}
        now={t(speedKeys[voice.speed] ?? 'voice.speed')}
        onPress={() => change({ speed: (voice.speed + 1) % SPEEDS.length })}
      />
      <VoiceKey
        label={words('voice.volume')}
        now={t(volumeKeys[voice.volume] ?? 'voice.volume')}
        onPress={() => change({ volume: (voice.volume + 1) % VOLUMES.length })}
      />
      <VoiceKey
        label={words('voice.blank')}
        pressed={display.blank}
        onPress={() => void act({ type: 'display', change: { blank: !display.blank } })}
      />
    </div>
  )
}

function VoiceKey({
  label,
  now,
  pressed,
  onPress,
}: {
  readonly label: Phrase
  /** What it stands at. */
  readonly now?: string
  readonly pressed?: boolean
  readonly onPress: () => void
}) {
  return (
    <button
      type="button"
      className="btn btn--frame"
      data-voice-key={label.key}
      aria-label={now && `${phraseInLanguage(label).text.replace('\n', '')}: ${now}`}
      aria-pressed={pressed}
      onClick={onceOf(onPress)}
    >
      <Say phrase={label} />
    </button>
  )
}
