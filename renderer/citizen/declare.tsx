import type { SessionView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { printerNotice } from './device-words.ts'
import { feeTerm } from './terms.ts'

type DeclareSession = Extract<SessionView, { screen: 'declare' }>

/** What the citizen puts their name to, and the one touch that does it. */
export function Declare({ session }: { readonly session: DeclareSession }) {
  const { view, act } = useKiosk()
  const noSlip = printerNotice(view.devices.printer)
  const fee = feeTerm(session.fee)
  return (
    <Screen
      step={[words('step.of', { step: 5 }), words('step.declare')]}
      title={words('declare.title')}
      hint={words('declare.hint')}
      drawing="stamp"
      faulty={session.notKept}
      state={
        session.notKept ? (
          <div role="alert">
            <StateLine
              state="stop"
              phrase={words('declare.not-kept')}
              more={words('declare.not-kept-do')}
            />
          </div>
        ) : noSlip === null ? null : (
          <StateLine state="wait" phrase={noSlip[0]} more={noSlip[1]} live />
        )
      }
      strip={[words('declare.strip-1'), words('declare.strip-2')]}
      go={{
        label: words('declare.go'),
        glyph: 'tick',
        before: true,
        onPress: () => void act({ type: 'declare' }),
      }}
      keys={{}}
    >
      <div className="sheet sheet--fill statement">
        <div className="sheet__head">
          <Drawing name="name" size={18} />
          <h2>{say('declare.sheet')}</h2>
        </div>
        <p>
          <Say phrase={session.statement} />
        </p>
        <dl className="facts">
          <div>
            <dt>{say('declare.procedure')}</dt>
            <dd>
              <Say phrase={session.procedure.name} />
            </dd>
          </div>
          <div>
            <dt>{say('declare.fee')}</dt>
            <dd>
              <Say phrase={fee.word} />
              {fee.note === null ? null : (
                <>
                  {', '}
                  <Say phrase={fee.note} />
                </>
              )}
            </dd>
          </div>
        </dl>
      </div>
    </Screen>
  )
}
