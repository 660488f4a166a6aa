import type { SessionView, View } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { Say, say } from '../i18n/say.tsx'
import { pairs } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { counterInLine, counterName } from './counter-words.ts'
import { paperWords, receiptWords } from './paper-words.ts'

type DoneSession = Extract<SessionView, { screen: 'done' }>

/** How far the filing has come, in words, colour and drawing. */
function outcome(delivery: DoneSession['delivery'], portal: View['delivery']['portal']) {
  switch (delivery.state) {
    case 'held':
      return portal === 'away'
        ? ({
            title: words('done.title-away'),
            hint: words('done.hint-away'),
            drawing: 'cloud',
            state: <StateLine state="wait" phrase={words('done.state-away')} live />,
          } as const)
        : ({
            title: words('done.title-held'),
            hint: words('done.hint-held'),
            drawing: 'file',
            state: <StateLine state="wait" phrase={words('done.state-held')} live />,
          } as const)
    case 'accepted':
      return {
        title: words('done.title-accepted'),
        hint: words('done.hint-accepted'),
        drawing: 'result',
        state: <StateLine state="done" phrase={words('done.state-accepted')} live />,
      } as const
    case 'needs-officer':
      return {
        title: words('done.title-officer'),
        hint: words('done.hint-officer'),
        drawing: 'officer',
        state: <StateLine state="wait" phrase={words('done.state-officer')} live />,
      } as const
    default:
      return unreachable(delivery)
  }
}

/** The end: what is promised, the code and number to keep, and what happens next. */
export function Done({ session }: { readonly session: DoneSession }) {
  const { view, act } = useKiosk()
  const { delivery, ticket, reference } = session
  const { title, hint, drawing, state } = outcome(delivery, view.delivery.portal)
  const paper = paperWords(session.paper)
  const receipt = receiptWords(session.receipt)
  const counter = counterInLine(ticket.counter)
  return (
    <Screen
      step={[words('step.of', { step: 5 }), session.procedure.name]}
      title={title}
      hint={hint}
      drawing={drawing}
      state={state}
      strip={[title, words(paper.failed ? 'done.strip-2-no-slip' : 'done.strip-2')]}
      {...(paper.canReprint
        ? {
            other: {
              label: words('done.reprint'),
              glyph: 'print',
              onPress: () => void act({ type: 'reprint' }),
            },
          }
        : {})}
      go={{
        label: words('done.finish'),
        glyph: 'erase',
        before: true,
        onPress: () => void act({ type: 'finish' }),
      }}
      keys={{ onBack: null, finish: false }}
    >
      <div className="sheet receipt">
        <div>
          <p className="note">{say('done.reference')}</p>
          <p className="code">{pairs(reference)}</p>
          <p className="note">{say('done.reference-help')}</p>
        </div>
        <div>
          <p className="note">{say('done.ticket')}</p>
          <p className="code">{ticket.number}</p>
          <p className="note">{counterName(ticket.counter)}</p>
        </div>
        {delivery.state === 'accepted' ? (
          <div className="receipt__dossier">
            <p className="note">{say('done.dossier')}</p>
            <p className="dossier">{delivery.dossierCode}</p>
          </div>
        ) : null}
      </div>
      {paper.failed ? (
        <div role="alert">
          <StateLine state="stop" phrase={paper.first} more={paper.second} />
        </div>
      ) : null}
      <div className="sheet next">
        <h2>{say('done.next')}</h2>
        <ol>
          {paper.failed ? null : (
            <li>
              <Drawing name="slip" size={24} />
              <p aria-live="polite">
                <b>
                  <Say phrase={paper.first} />
                </b>
                <br />
                <Say phrase={paper.second} />
              </p>
            </li>
          )}
          {receipt === null ? null : (
            <li>
              <Drawing name="result" size={24} />
              <p aria-live="polite">
                <b>
                  <Say phrase={receipt[0]} />
                </b>
                <br />
                <Say phrase={receipt[1]} />
              </p>
            </li>
          )}
          <li>
            <Drawing name="counter" size={24} />
            <p>
              <b>{say('done.next-call', { number: ticket.number, counter })}</b>
              <br />
              <Say phrase={session.next} />
            </p>
          </li>
        </ol>
      </div>
    </Screen>
  )
}
