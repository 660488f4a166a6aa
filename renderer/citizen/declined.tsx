import { useState } from 'react'
import type { SessionView } from '../../shared/contract/index.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import { Drawing } from '../ui/drawings.tsx'
import { Screen, type ActionKey, type ScreenProblem } from '../ui/screen.tsx'
import { IssuedTicket, ticketTrouble } from './issued-ticket.tsx'

type DeclinedSession = Extract<SessionView, { screen: 'declined' }>
type Group = DeclinedSession['groups'][number]['id']

/** The ways of whoever does not want a card read here: a number for a counter, or a form by hand. */
export function Declined({ session }: { readonly session: DeclinedSession }) {
  const { groups, ticket } = session
  const { act } = useKiosk()
  const [group, setGroup] = useState<Group | null>(null)
  const [problem, setProblem] = useState<ScreenProblem | null>(null)
  const title = words('declined.title')
  const chosen = groups.find(({ id }) => id === group)
  const trouble = ticketTrouble(ticket)
  const offers = ticket.state !== 'issued' && groups.length > 0
  const take: ActionKey = {
    label: words('stop.take-ticket'),
    glyph: 'print',
    onPress: () => {
      if (group === null) return setProblem({ text: words('declined.none-chosen') })
      setProblem(null)
      void act({ type: 'take-number', group })
    },
  }
  const finish: ActionKey = {
    label: words('declined.finish'),
    glyph: 'erase',
    onPress: () => void act({ type: 'finish' }),
  }
  return (
    <Screen
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      hint={words(offers ? 'declined.hint-number' : 'declined.hint')}
      {...(trouble === null ? { drawing: 'officer' } : {})}
      state={trouble}
      problem={problem}
      strip={[chosen?.name ?? title, words(offers ? 'declined.strip-2' : 'declined.strip-end')]}
      other={{
        label: words('declined.again'),
        glyph: 'again',
        onPress: () => void act({ type: 'back' }),
      }}
      go={{ ...(offers ? take : finish), before: true }}
      keys={{}}
    >
      {ticket.state === 'issued' ? <IssuedTicket ticket={ticket} /> : null}
      {offers ? (
        <ChoiceTiles
          columns={2}
          drawingSize={26}
          chosen={group === null ? [] : [group]}
          onChoose={(value) => {
            setGroup(groups.find(({ id }) => id === value)?.id ?? null)
            setProblem(null)
          }}
          choices={groups.map(({ id, name, drawing }) => ({
            value: id,
            label: name,
            help: null,
            drawing,
          }))}
        />
      ) : (
        <>
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
        </>
      )}
    </Screen>
  )
}
