import type { SessionView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { FactSheet } from './fact-sheet.tsx'

const facts = [
  [words('leave.what'), words('leave.what-is')],
  [words('leave.where'), words('leave.where-is')],
  [words('leave.how-long'), words('leave.how-long-is')],
  [words('leave.without'), words('leave.without-is')],
] as const

/**
 * The citizen goes before the end: is what was entered kept for a day, or erased? To erase is the
 * first key, and what comes of touching none.
 */
export function Leave({
  session,
}: {
  readonly session: Extract<SessionView, { screen: 'leave' }>
}) {
  const { act } = useKiosk()
  const { procedure, notKept } = session
  const title = words('leave.title')
  return (
    <Screen
      step={[words('leave.step'), procedure.name]}
      title={title}
      hint={words('leave.hint')}
      drawing={procedure.drawing}
      faulty={notKept}
      state={
        notKept ? (
          <StateLine
            state="stop"
            phrase={words('leave.failed')}
            more={words('leave.failed-do')}
            live
          />
        ) : null
      }
      strip={[title, words('leave.strip-2')]}
      other={{
        label: words('leave.keep'),
        glyph: 'lock',
        onPress: () => void act({ type: 'keep-draft' }),
      }}
      go={{
        label: words('leave.erase'),
        glyph: 'erase',
        before: true,
        onPress: () => void act({ type: 'finish' }),
      }}
      keys={{}}
    >
      <FactSheet title={words('leave.if-kept')} facts={facts} />
    </Screen>
  )
}
