import type { SessionView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { FactSheet } from './fact-sheet.tsx'

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
      <FactSheet
        locked
        title={words('notice.sheet')}
        facts={facts.map(([name, part]) => [words(name), notice[part]] as const)}
      />
    </Screen>
  )
}
