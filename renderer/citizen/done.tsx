import { useState } from 'react'
import type { SessionView, View } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { code } from '../i18n/values.ts'
import { Say, say } from '../i18n/say.tsx'
import { pairs } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { TwoLines } from '../ui/two-lines.tsx'
import { DossierCode, ReferenceCode, TicketCode } from './codes.tsx'
import { counterInLine } from './counter-words.ts'
import { dueWords } from './due-words.ts'
import { paperTroubles, paperWords, receiptWords } from './paper-words.ts'
import { useRare } from './use-rare.ts'

type DoneSession = Extract<SessionView, { screen: 'done' }>

/** How far the filing has come and when its result is due, in words, colour and drawing. */
function outcome({ delivery, due }: DoneSession, portal: View['delivery']['portal']) {
  switch (delivery.state) {
    case 'held':
      return portal === 'away'
        ? ({
            title: words('done.title-away'),
            hint: words('done.hint-away'),
            drawing: 'cloud',
            state: (
              <StateLine state="wait" phrase={words('done.state-away')} more={dueWords(due)} live />
            ),
          } as const)
        : ({
            title: words('done.title-held'),
            hint: words('done.hint-held'),
            drawing: 'file',
            state: (
              <StateLine state="wait" phrase={words('done.state-held')} more={dueWords(due)} live />
            ),
          } as const)
    case 'accepted':
      return {
        title: words('done.title-accepted'),
        hint: words('done.hint-accepted'),
        drawing: 'result',
        state: (
          <StateLine state="done" phrase={words('done.state-accepted')} more={dueWords(due)} live />
        ),
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
  const rare = useRare()
  const [goingOn, setGoingOn] = useState(false)
  const { delivery, ticket, reference } = session
  const { title, hint, drawing, state } = outcome(session, view.delivery.portal)
  const cardLies = ['card', 'reading'].includes(view.devices.cardReader.state)
  const paper = paperWords(session.paper, ticket !== null)
  const receipt = receiptWords(session.receipt)
  const troubles = paperTroubles(session)
  const well = troubles.length === 0
  const reprint = paper.canReprint ? (
    <Button
      look="btn--quiet"
      glyph="print"
      label={words('done.reprint')}
      onPress={() => void act({ type: 'reprint' })}
    />
  ) : null
  if (goingOn) {
    return rare && <rare.Again after={session.after} onLeave={() => setGoingOn(false)} />
  }
  return (
    <Screen
      step={[words('step.of', { step: 5 }), session.procedure.name]}
      title={title}
      hint={hint}
      {...(well ? { drawing } : {})}
      state={
        <>
          {state}
          {well ? null : (
            <div className="troubles" role="alert">
              {troubles.map(([first, second]) => (
                <StateLine
                  key={first.key}
                  state="stop"
                  phrase={first}
                  {...(second === null ? {} : { more: second })}
                />
              ))}
            </div>
          )}
        </>
      }
      strip={[title, words(paper.failed ? 'done.strip-2-no-slip' : 'done.strip-2')]}
      {...(session.mayGoOn
        ? {
            other: {
              label: words('done.another'),
              glyph: 'plus',
              onPress: () => setGoingOn(true),
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
        <ReferenceCode reference={reference} />
        {ticket === null ? null : <TicketCode ticket={ticket} />}
        {delivery.state === 'accepted' ? (
          <div className="receipt__dossier">
            <DossierCode dossierCode={delivery.dossierCode} />
          </div>
        ) : null}
      </div>
      {paper.failed ? reprint : null}
      <div className="sheet next">
        <h2>{say('done.next')}</h2>
        <ol>
          {paper.failed ? null : (
            <li>
              <Drawing name="slip" size={24} />
              <TwoLines first={paper.first} second={paper.second} live />
              {reprint}
            </li>
          )}
          {receipt === null || session.receipt.state === 'failed' ? null : (
            <li>
              <Drawing name="result" size={24} />
              <TwoLines first={receipt[0]} second={receipt[1]} live />
            </li>
          )}
          <li>
            <Drawing name="counter" size={24} />
            <p>
              <b>
                {ticket === null
                  ? say('done.no-ticket')
                  : say('done.next-call', {
                      number: code(ticket.number, false),
                      counter: counterInLine(ticket.counter),
                    })}
              </b>
              <br />
              {session.ends === 'filed' ? null : <>{say(`done.${session.ends}`)} </>}
              <Say phrase={session.next} />
            </p>
          </li>
        </ol>
        {/* No scanner knows whether a card still lies under it. */}
        <p className="note">{say(cardLies ? 'done.take-card-reader' : 'done.take-card')}</p>
        {session.before.map(({ procedure, reference: earlier }) => (
          <p className="note" key={earlier}>
            {say('done.before', {
              procedure: procedure.name,
              reference: code(pairs(earlier), true),
            })}
          </p>
        ))}
      </div>
    </Screen>
  )
}
