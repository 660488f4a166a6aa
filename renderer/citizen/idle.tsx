import { useState } from 'react'
import type { Screen as ScreenName } from '../../shared/contract/index.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { ticksOn } from './countdown.ts'
import { useSecondsLeft } from './use-seconds-left.ts'

const TICKS = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const

/** Screens with nothing half done on them. */
const hasFiled: ReadonlySet<ScreenName> = new Set(['done', 'look-up'])

/** "Are you still there?", over whatever was on the page. */
export function Idle({ secondsLeft }: { readonly secondsLeft: number }) {
  const { view, act } = useKiosk()
  const [total, setTotal] = useState(secondsLeft)
  if (secondsLeft > total) setTotal(secondsLeft)
  const seconds = useSecondsLeft(secondsLeft)
  const on = ticksOn(seconds, total, TICKS.length)
  const title = words('idle.title')
  return (
    <Screen
      step={[words('idle.step'), words('idle.step-why')]}
      title={title}
      hint={words('idle.hint')}
      drawing="waiting"
      strip={[title, words('idle.strip-2')]}
      other={{
        label: words('idle.erase'),
        glyph: 'erase',
        onPress: () => void act({ type: 'finish' }),
      }}
      go={{
        label: words('idle.stay'),
        glyph: 'tick',
        before: true,
        onPress: () => void act({ type: 'stay' }),
      }}
      keys={{ onBack: null, finish: false }}
    >
      <div className="sheet count">
        <p>{say('idle.count')}</p>
        <p className="count__number" role="timer">
          {say('idle.seconds', { seconds })}
        </p>
        <div className="count__ticks" aria-hidden="true">
          {TICKS.map((tick) => (
            <i key={tick} className={tick < on ? 'on' : undefined} />
          ))}
        </div>
      </div>
      <StateLine
        state="done"
        phrase={words(hasFiled.has(view.session.screen) ? 'idle.filed' : 'idle.kept')}
      />
    </Screen>
  )
}
