import type { SessionView, StopTicketView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen, type ActionKey } from '../ui/screen.tsx'
import { counterInLine } from './counter-words.ts'
import { IssuedTicket, ticketTrouble } from './issued-ticket.tsx'

type StopSession = Extract<SessionView, { screen: 'stop' }>

/** What differs between a form that ends here and a thumb-print in the place of a touch. */
const looks = {
  form: { step: 3, head: 'stop.why', back: 'stop.mend', glyph: 'pen', issued: 'stop.strip-issued' },
  'thumb-print': {
    step: 5,
    head: 'stop.thumb-how',
    back: 'stop.thumb-back',
    glyph: 'back',
    issued: 'stop.thumb-strip-issued',
  },
} as const

/**
 * Why this procedure is not for this citizen here, and what is; or how whoever cannot declare by
 * touch gives a thumb-print at the counter. It is no fault: nothing is red but
 * what keeps a ticket from coming, and the answer that led here is one touch away.
 */
export function Stop({ session }: { readonly session: StopSession }) {
  const { stop, instead, mendable, procedure, ticket } = session
  const look = looks[stop.why]
  const { title, text } =
    stop.why === 'form'
      ? stop
      : { title: words('stop.thumb-title'), text: words('stop.thumb-text') }
  const { act } = useKiosk()
  const withAnswers = stop.why === 'thumb-print'
  const trouble = ticketTrouble(ticket, withAnswers)
  return (
    <Screen
      step={[words('step.of', { step: look.step }), procedure.name]}
      title={title}
      hint={words('stop.hint')}
      {...(trouble === null ? { drawing: 'officer' } : {})}
      state={trouble}
      strip={[title, words(guidance(session))]}
      {...(mendable
        ? {
            other: {
              label: words(look.back),
              glyph: look.glyph,
              onPress: () => void act({ type: 'back' }),
            },
          }
        : {})}
      go={wayOn(session, (type) => void act({ type }))}
      keys={{}}
    >
      {ticket?.state === 'issued' ? (
        <IssuedTicket ticket={ticket} withAnswers={withAnswers} />
      ) : null}
      <div className="sheet">
        <div className="sheet__head">
          <h2>{say(look.head)}</h2>
        </div>
        <p className="stop__text">
          <Say phrase={text} />
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

function guidance({ stop, instead, mendable, ticket }: StopSession) {
  if (ticket?.state === 'issued') return looks[stop.why].issued
  if (mendable && stop.why === 'form') return 'stop.strip'
  return instead === null && ticket !== null ? 'stop.strip-ticket' : 'stop.strip-end'
}

function atCounter(ticket: StopTicketView | null) {
  if (ticket === null) return say('stop.officer')
  if (ticket.state !== 'issued') return say('stop.officer-ticket')
  const { number, counter } = ticket
  return <b>{say('done.next-call', { number, counter: counterInLine(counter) })}</b>
}
