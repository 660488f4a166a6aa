import type { SessionView } from '../../shared/contract/index.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

const facts = [
  ['leave.what', 'leave.what-is'],
  ['leave.where', 'leave.where-is'],
  ['leave.how-long', 'leave.how-long-is'],
  ['leave.without', 'leave.without-is'],
] as const

/**
 * The citizen goes before the end: is what was entered kept for a day, or erased? To erase is the
 * first key, and what comes of touching none.
 */
export function Leave({
  session,
}: {
  readonly session: Extract<SessionView, { screen: 'leave' }>
}) {
  const { act } = useKiosk()
  const { procedure, notKept } = session
  const title = words('leave.title')
  return (
    <Screen
      step={[words('leave.step'), procedure.name]}
      title={title}
      hint={words('leave.hint')}
      drawing={procedure.drawing}
      faulty={notKept}
      state={
        notKept ? (
          <StateLine
            state="stop"
            phrase={words('leave.failed')}
            more={words('leave.failed-do')}
            live
          />
        ) : null
      }
      strip={[title, words('leave.strip-2')]}
      other={{
        label: words('leave.keep'),
        glyph: 'lock',
        onPress: () => void act({ type: 'keep-draft' }),
      }}
      go={{
        label: words('leave.erase'),
        glyph: 'erase',
        before: true,
        onPress: () => void act({ type: 'finish' }),
      }}
      keys={{}}
    >
      <div className="sheet sheet--fill notice">
        <div className="sheet__head">
          <h2>{say('leave.if-kept')}</h2>
        </div>
        <dl className="facts">
          {facts.map(([name, what]) => (
            <div key={name}>
              <dt>{say(name)}</dt>
              <dd>{say(what)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Screen>
  )
}
