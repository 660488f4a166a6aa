import type { SessionView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

const facts = [
  ['notice.reads', 'reads'],
  ['notice.not-read', 'notRead'],
  ['notice.purpose', 'purpose'],
  ['notice.recipients', 'recipients'],
  ['notice.kept', 'kept'],
  ['notice.rights', 'rights'],
] as const

/** Before a card is read: what is read, what for, who gets it, for how long, and that one may refuse. */
export function Notice({
  session,
}: {
  readonly session: Extract<SessionView, { screen: 'notice' }>
}) {
  const { act } = useKiosk()
  const { notice, cardLies } = session
  const title = words('notice.title')
  return (
    <Screen
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      hint={words('notice.hint')}
      drawing="card"
      state={cardLies ? <StateLine state="wait" phrase={words('notice.card-lies')} live /> : null}
      strip={[title, words('notice.strip-2')]}
      other={{
        label: words('notice.refuse'),
        glyph: 'cross',
        onPress: () => void act({ type: 'refuse-notice' }),
      }}
      go={{
        label: words('notice.agree'),
        glyph: 'tick',
        onPress: () => void act({ type: 'agree-notice', edition: notice.edition }),
      }}
      keys={{}}
    >
      <div className="sheet sheet--fill notice">
        <div className="sheet__head">
          <Glyph name="lock" size={10} />
          <h2>{say('notice.sheet')}</h2>
        </div>
        <dl className="facts">
          {facts.map(([name, part]) => (
            <div key={name}>
              <dt>{say(name)}</dt>
              <dd>
                <Say phrase={notice[part]} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Screen>
  )
}

/** The ways of whoever does not want a card read here. */
export function Declined() {
  const { act } = useKiosk()
  const title = words('declined.title')
  return (
    <Screen
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      hint={words('declined.hint')}
      drawing="officer"
      strip={[title, words('declined.strip-2')]}
      other={{
        label: words('declined.again'),
        glyph: 'again',
        onPress: () => void act({ type: 'back' }),
      }}
      go={{
        label: words('declined.finish'),
        glyph: 'erase',
        before: true,
        onPress: () => void act({ type: 'finish' }),
      }}
      keys={{}}
    >
      <div className="sheet come come--plain">
        <Drawing name="counter" size={30} />
        <p>
          <b className="come__who">{say('declined.counter')}</b>
          <br />
          {say('declined.counter-help')}
        </p>
      </div>
      <div className="sheet come come--plain">
        <Drawing name="file" size={30} />
        <p>
          <b className="come__who">{say('declined.paper')}</b>
          <br />
          {say('declined.paper-help')}
        </p>
      </div>
    </Screen>
  )
}
