import type { LaidCardView, QuestionInput } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { useCameraCodes } from '../camera-qr/use-camera-codes.ts'
import { secret } from '../../shared/speech/index.ts'
import { code, privately } from '../i18n/values.ts'
import { Say, say, sayValue } from '../i18n/say.tsx'
import { date } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { StateLine } from '../ui/state-line.tsx'
import type { AnswerSession } from './answer.tsx'
import { CardSheet } from './card-sheet.tsx'
import { readerNotice } from './device-words.ts'
import { FactSheet } from './fact-sheet.tsx'
import { QuestionScreen, useSubmission } from './question-screen.tsx'

const facts = [
  [words('second-card.how'), words('second-card.how-2')],
  [words('second-card.why'), words('second-card.why-2')],
  [words('second-card.without'), words('second-card.without-2')],
] as const

/**
 * Waits for the card of a second person. Whoever has none goes on and is asked instead; a card that
 * was read is shown with its name, since the wrong one is laid easily.
 */
export function AnswerCard({
  session,
  input,
}: {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'card' }>
}) {
  const { view, act, scan } = useKiosk()
  const submission = useSubmission(session)
  const { pageScanners } = view.kiosk
  const camera = useCameraCodes(pageScanners.includes('camera'), scan)
  const away = readerNotice({ ...view.devices, camera, wedge: pageScanners.includes('wedge') })
  const { person } = input
  // Another card than the one that is asked for is no mistake of anybody's; it is said as a state.
  const { problem, ...quiet } = submission
  const calm = { ...quiet, problem: null }
  const { read } = input
  if (read !== null) {
    return (
      <QuestionScreen
        session={session}
        submission={calm}
        guidance={[words('second-card.ask'), words('second-card.strip-read')]}
        hint={words('second-card.ask')}
        onGo={() => void act({ type: 'accept-card' })}
        go={{
          label: words('second-card.yes'),
          glyph: 'tick',
          onPress: () => void act({ type: 'accept-card' }),
        }}
        other={{
          label: words('second-card.no'),
          glyph: 'cross',
          onPress: () => void act({ type: 'drop-card' }),
        }}
      >
        <Read card={read} title={words('second-card.read', { person })} />
      </QuestionScreen>
    )
  }
  return (
    <QuestionScreen
      session={session}
      submission={calm}
      guidance={[problem?.text ?? null, words('second-card.strip')]}
      hint={session.question.hint ?? words('second-card.hint')}
      faulty={problem !== null}
      onGo={() => submission.submit(null)}
      go={null}
      other={{ label: words('second-card.none'), onPress: () => submission.submit(null) }}
      state={
        <div role="status">
          {away !== null ? (
            <StateLine state="stop" phrase={away[0]} more={away[1]} />
          ) : problem !== null ? (
            <StateLine state="stop" phrase={problem.text} />
          ) : (
            <StateLine state="wait" phrase={words('second-card.waiting', { person })} />
          )}
        </div>
      }
    >
      <FactSheet locked title={words('second-card.sheet')} facts={facts} />
    </QuestionScreen>
  )
}

function Read({ card, title }: { readonly card: LaidCardView; readonly title: Phrase }) {
  return (
    <div aria-live="polite">
      <CardSheet look="sheet--card" drawingSize={24} title={title}>
        <div>
          <dt>{say('confirm.name')}</dt>
          <dd className="big">
            {card.name === null
              ? say('second-card.name-later')
              : sayValue('value.name', secret(card.name))}
          </dd>
        </div>
        <div>
          <dt>{say('confirm.number')}</dt>
          <dd className="number">{sayValue('value.number', code(card.maskedNumber, true))}</dd>
        </div>
        <div>
          <dt>{say('confirm.birth')}</dt>
          <dd>
            <Say phrase={privately(date(card.birth))} />
          </dd>
        </div>
      </CardSheet>
    </div>
  )
}
