import type { StopTicketView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { TwoLines } from '../ui/two-lines.tsx'
import { TicketCode } from './codes.tsx'
import { ticketWords } from './ticket-words.ts'

/** What keeps a number, or its paper, from coming. */
export function ticketTrouble(ticket: StopTicketView | null, withAnswers = false) {
  if (ticket?.state === 'refused') {
    const phrases = { phrase: words('stop.ticket-refused'), more: words('stop.ticket-refused-2') }
    return <StateLine state="stop" {...phrases} live />
  }
  if (ticket?.state !== 'issued') return null
  const { first, second, failed } = ticketWords(ticket.paper, withAnswers)
  return failed ? <StateLine state="stop" phrase={first} more={second} live /> : null
}

/** It stands first: in the largest letters too, the number is what is seen. */
export function IssuedTicket({
  ticket,
  withAnswers = false,
}: {
  readonly ticket: Extract<StopTicketView, { state: 'issued' }>
  /** Whether what was answered is on the paper too. */
  readonly withAnswers?: boolean
}) {
  const { act } = useKiosk()
  const { first, second, failed, canReprint } = ticketWords(ticket.paper, withAnswers)
  return (
    <>
      <div className="sheet receipt">
        <TicketCode ticket={ticket} />
        {failed ? null : (
          <div>
            <TwoLines first={first} second={second} live />
          </div>
        )}
      </div>
      {canReprint ? (
        <Button
          look="btn--quiet"
          glyph="print"
          label={words('ticket.reprint')}
          onPress={() => void act({ type: 'reprint' })}
        />
      ) : null}
    </>
  )
}
