import type { SessionView } from '../../shared/contract/index.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

type Reason = Extract<SessionView, { screen: 'out-of-service' }>['reason']

const reasons = {
  'no-profile': 'out.no-profile',
  'bad-profile': 'out.bad-profile',
  store: 'out.store',
  keys: 'out.keys',
  disk: 'out.disk',
  'core-lost': 'out.core-lost',
} as const satisfies Readonly<Record<Reason, string>>

/** The machine cannot serve: where to go, why in plain words, and that nothing is lost. */
export function OutOfService({ reason }: { readonly reason: Reason }) {
  return (
    <Screen
      title={words('out.title')}
      hint={words('out.hint')}
      drawing="waiting"
      faulty
      state={<StateLine state="stop" phrase={words(reasons[reason])} />}
      strip={[words('out.strip-1'), words('out.hint')]}
      keys={{ onBack: null, help: false, finish: false }}
    >
      <div className="sheet come">
        <Drawing name="counter" size={60} />
        <div>
          <p className="come__who">{say('out.hint')}</p>
          <p>{say('out.tell')}</p>
        </div>
      </div>
      <StateLine state="done" phrase={words('out.safe')} />
    </Screen>
  )
}
