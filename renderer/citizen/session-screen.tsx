import type { SessionView } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { TypingHabits } from '../ui/keyboard/index.ts'
import { AccessNumber } from './access-number.tsx'
import { Answer } from './answer.tsx'
import { Attract } from './attract.tsx'
import { CardPart } from './card-part.tsx'
import { Choose } from './choose.tsx'
import { Confirm } from './confirm.tsx'
import { Done } from './done.tsx'
import { FilingStatus } from './filing-status.tsx'
import { Help } from './help.tsx'
import { Identify } from './identify.tsx'
import { Declined } from './declined.tsx'
import { Notice } from './notice.tsx'
import { OutOfService } from './out-of-service.tsx'
import { Papers } from './papers.tsx'
import { Prepare } from './prepare.tsx'
import { Review } from './review.tsx'
import { Submitting } from './submitting.tsx'
import { useRare } from './use-rare.ts'

/**
 * The screen that the core is on. A question keeps its entry for as long as it is the question;
 * the next one starts empty even where it is of the same kind.
 */
export function SessionScreen({ session }: { readonly session: SessionView }) {
  // Fetched while the notice is read: the question that needs it does not wait for it.
  useRare()
  return <TypingHabits>{screenOf(session)}</TypingHabits>
}

function screenOf(session: SessionView) {
  switch (session.screen) {
    case 'attract':
      return <Attract cardLeft={session.cardLeft === true} />
    case 'notice':
      return <Notice session={session} />
    case 'declined':
      return <Declined session={session} />
    case 'identify':
      return <Identify session={session} />
    case 'access-number':
      return <AccessNumber session={session} />
    case 'look-up':
      // Another slip is another screen, read out from the top.
      return (
        <FilingStatus
          key={session.filing.state === 'unknown' ? '' : session.filing.reference}
          filing={session.filing}
        />
      )
    case 'card-part':
      return <CardPart key={session.part} session={session} />
    case 'confirm':
      return <Confirm card={session.card} chip={session.chip} />
    case 'choose':
      return <Choose groups={session.groups} notHere={session.notHere} />
    case 'prepare':
      return <Prepare session={session} />
    case 'answer':
      return <Answer key={session.question.key} session={session} />
    case 'stop':
    case 'leave':
    case 'resume':
      return <Later session={session} />
    case 'papers':
      return <Papers key={session.component.code} session={session} />
    case 'review':
    case 'declare':
      return <Review session={session} />
    case 'submitting':
      return <Submitting />
    case 'done':
      return <Done session={session} />
    case 'help':
      return <Help />
    case 'out-of-service':
      return <OutOfService reason={session.reason} />
    default:
      return unreachable(session)
  }
}

/** Loaded with the other screens that come late. */
function Later({
  session,
}: {
  readonly session: Extract<SessionView, { screen: 'stop' | 'leave' | 'resume' }>
}) {
  const rare = useRare()
  if (rare === null) return null
  switch (session.screen) {
    case 'stop':
      return <rare.Stop session={session} />
    case 'leave':
      return <rare.Leave session={session} />
    case 'resume':
      return <rare.Resume kept={session.kept} />
    default:
      return unreachable(session)
  }
}
