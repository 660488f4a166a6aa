import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

/** The citizen wants a person. The screen covers what was on it until somebody goes on. */
export function Help() {
  const { act } = useKiosk()
  return (
    <Screen
      title={words('help.title')}
      hint={words('help.hint')}
      drawing="officer"
      strip={[words('help.hint'), words('help.strip-2')]}
      go={{
        label: words('frame.continue'),
        glyph: 'next',
        onPress: () => void act({ type: 'end-help' }),
      }}
      keys={{ onBack: null, help: false }}
    >
      <div className="sheet come">
        <Drawing name="counter" size={60} />
        <div>
          <p className="come__who">{say('help.who')}</p>
          <p>{say('help.who-2')}</p>
        </div>
      </div>
      <StateLine state="done" phrase={words('help.kept')} more={words('help.kept-2')} />
    </Screen>
  )
}
