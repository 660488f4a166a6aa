import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { useStaff } from '../staff/use-staff.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

/**
 * The citizen wants a person. The screen covers what was on it until somebody goes on, or an
 * assistant unlocks; when nobody comes for long it says what else one can do.
 */
export function Help() {
  const { view, act, call } = useKiosk()
  const { role, call: waits } = view.assistance
  const staff = useStaff(true)
  if (role.state === 'asking') return staff && <staff.Unlock asking={role} />
  const long = waits === 'long'
  return (
    <Screen
      title={words(long ? 'help.long' : 'help.title')}
      hint={words(long ? 'help.long-hint' : 'help.hint')}
      drawing="officer"
      strip={[words(long ? 'help.long-hint' : 'help.hint'), words('help.strip-2')]}
      other={{
        label: words('help.unlock'),
        glyph: 'lock',
        onPress: () =>
          void call((client, commandId) => client.citizen.unlock.ask({ commandId, open: true })),
      }}
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
          <p className="come__who">{say(long ? 'help.long-who' : 'help.who')}</p>
          <p>{say(long ? 'help.long-who-2' : 'help.who-2')}</p>
        </div>
      </div>
      <StateLine state="done" phrase={words('help.kept')} more={words('help.kept-2')} />
    </Screen>
  )
}
