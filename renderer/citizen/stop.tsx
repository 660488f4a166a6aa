import type { SessionView, StopTicketView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen, type ActionKey } from '../ui/screen.tsx'
import { counterInLine } from './counter-words.ts'
import { IssuedTicket, ticketTrouble } from './issued-ticket.tsx'

type StopSession = Extract<SessionView, { screen: 'stop' }>

/**
 * Why this procedure is not for this citizen here, and what is; or how whoever cannot declare by
 * touch gives a thumb-print at the counter. It is no fault: nothing is red but
 * what keeps a ticket from coming, and the answer that led here is one touch away.
 */
export function Stop({ session }: { readonly session: StopSession }) {
  const { why, instead, mendable, procedure, ticket } = session
  const title = why?.title ?? words('stop.thumb-title')
  const { act } = useKiosk()
  const trouble = ticketTrouble(ticket)
  return (
    <Screen
      step={[words('step.of', { step: why === null ? 5 : 3 }), procedure.name]}
      title={title}
      hint={words('stop.hint')}
      {...(trouble === null ? { drawing: 'officer' } : {})}
      state={trouble}
      strip={[title, words(guidance(session))]}
      {...(mendable
        ? {
            other: {
              label: words(why === null ? 'stop.thumb-back' : 'stop.mend'),
              glyph: why === null ? 'back' : 'pen',
              onPress: () => void act({ type: 'back' }),
            },
          }
        : {})}
      go={wayOn(session, (type) => void act({ type }))}
      keys={{}}
    >
      {ticket?.state === 'issued' ? <IssuedTicket ticket={ticket} /> : null}
      <div className="sheet">
        <div className="sheet__head">
          <h2>{say(why === null ? 'stop.thumb-how' : 'stop.why')}</h2>
        </div>
        <p className="stop__text">
          <Say phrase={why?.text ?? words('stop.thumb-text')} />
        </p>
      </div>
      {instead === null ? (
        <div className="sheet come come--plain">
          <Drawing name="counter" size={24} />
          <p>{atCounter(ticket)}</p>
        </div>
      ) : (
        <div className="sheet come come--plain">
          <Drawing name={instead.drawing} size={30} />
          <p>
            <span className="note">{say('stop.instead')}</span>
            <br />
            <b className="come__who">
              <Say phrase={instead.name} />
            </b>
          </p>
        </div>
      )}
    </Screen>
  )
}

/** The one thing to do: what fits instead, a number for the counter, or to end. */
function wayOn(
  { instead, ticket }: StopSession,
  press: (type: 'do-instead' | 'take-ticket' | 'finish') => void,
): ActionKey & { readonly before?: boolean } {
  if (instead !== null) {
    const onPress = () => press('do-instead')
    return { label: words('stop.do-instead'), glyph: 'next', onPress }
  }
  if (ticket === null || ticket.state === 'issued') {
    const onPress = () => press('finish')
    return { label: words('stop.finish'), glyph: 'erase', before: true, onPress }
  }
  const onPress = () => press('take-ticket')
  return { label: words('stop.take-ticket'), glyph: 'print', before: true, onPress }
}

function guidance({ why, instead, mendable, ticket }: StopSession) {
  if (ticket?.state === 'issued') return 'stop.strip-issued'
  if (mendable && why !== null) return 'stop.strip'
  return instead === null && ticket !== null ? 'stop.strip-ticket' : 'stop.strip-end'
}

function atCounter(ticket: StopTicketView | null) {
  if (ticket === null) return say('stop.officer')
  if (ticket.state !== 'issued') return say('stop.officer-ticket')
  const { number, counter } = ticket
  return <b>{say('done.next-call', { number, counter: counterInLine(counter) })}</b>
}
