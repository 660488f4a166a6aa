import type { SessionView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { ChoiceTile } from '../ui/choices.tsx'

type CheckPage = Extract<SessionView, { screen: 'review' | 'declare' }>

/** Id of the box in which the touch stands. */
export const PLEDGE = 'pledge'

/**
 * The words to which the citizen puts their name: they stay in sight below the answers, and are
 * touched by themselves before anything can be filed. A second touch takes it back.
 */
export function Pledge({
  session,
  invalid,
}: {
  readonly session: CheckPage
  readonly invalid: boolean
}) {
  const { act } = useKiosk()
  const declared = session.screen === 'declare'
  return (
    <div className="pledge">
      <ChoiceTile
        id={PLEDGE}
        name={PLEDGE}
        choice={{
          value: PLEDGE,
          label: session.statement,
          help: words(declared ? 'declare.touched' : 'declare.touch'),
          drawing: 'stamp',
        }}
        chosen={declared}
        several
        drawingSize={22}
        invalid={invalid}
        onChoose={() => void act({ type: declared ? 'back' : 'accept-review' })}
      />
    </div>
  )
}
