import type { ScanProblem, SessionView } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { useCameraCodes } from '../camera-qr/use-camera-codes.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { readerNotice } from './device-words.ts'

const problems: Readonly<Record<ScanProblem, readonly [Phrase, Phrase]>> = {
  garbled: [words('identify.problem.garbled'), words('identify.problem.garbled-do')],
  unknown: [words('identify.problem.unknown'), words('identify.problem.unknown-do')],
  vietqr: [words('identify.problem.vietqr'), words('identify.problem.vietqr-do')],
  'health-insurance': [
    words('identify.problem.health-insurance'),
    words('identify.problem.health-insurance-do'),
  ],
  ticket: [words('identify.problem.ticket'), words('identify.problem.ticket-do')],
  'dossier-code': [
    words('identify.problem.dossier-code'),
    words('identify.problem.dossier-code-do'),
  ],
  procedure: [words('identify.problem.procedure'), words('identify.problem.procedure-do')],
}

const ways = [
  ['card', 'identify.how-card'],
  ['waiting', 'identify.how-wait'],
  ['check', 'identify.how-look'],
] as const

type IdentifyView = Extract<SessionView, { screen: 'identify' }>

/** Waits for the card. What is read and why was said before. */
export function Identify({ session }: { readonly session: IdentifyView }) {
  const { problem, wanted } = session
  const { view, act, scan } = useKiosk()
  const { pageScanners } = view.kiosk
  const { cardReader } = view.devices
  const camera = useCameraCodes(pageScanners.includes('camera'), scan)
  const away = readerNotice({ ...view.devices, camera, wedge: pageScanners.includes('wedge') })
  const wrong = away ?? (problem === null ? null : problems[problem])
  return (
    <Screen
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={words('identify.title')}
      hint={away === null ? words('identify.hint') : null}
      drawing="card"
      faulty={wrong !== null}
      state={
        <div role="status">
          {wrong === null ? (
            <StateLine
              state="wait"
              phrase={words('identify.waiting')}
              {...(wanted && { more: words('identify.wanted', { procedure: wanted }) })}
              {...(cardReader.state === 'card' && { more: words('identify.on-reader') })}
            />
          ) : (
            <StateLine state="stop" phrase={wrong[0]} more={wrong[1]} />
          )}
        </div>
      }
      strip={wrong ?? [words('identify.strip-1'), words('identify.strip-2')]}
      keys={{}}
    >
      <section className="sheet sheet--fill ways">
        <h2>{say('identify.how')}</h2>
        <ol>
          {ways.map(([drawing, what]) => (
            <li key={what}>
              <Drawing name={drawing} size={26} />
              <p>{say(what)}</p>
            </li>
          ))}
        </ol>
      </section>
      {cardReader.state === 'card' ? (
        <Aside
          drawing="card"
          word={words('identify.open-chip')}
          help={words('identify.open-chip-help')}
          onPress={() => void act({ type: 'open-chip' })}
        />
      ) : (
        <Aside
          drawing="counter"
          word={words('identify.no-card')}
          help={words('identify.no-card-help')}
          onPress={() => void act({ type: 'call-help' })}
        />
      )}
    </Screen>
  )
}

/** The way of whoever has nothing to scan. */
function Aside(props: {
  readonly drawing: string
  readonly word: Phrase
  readonly help: Phrase
  readonly onPress: () => void
}) {
  return (
    <button type="button" className="tile tile--aside" onClick={onceOf(props.onPress)}>
      <Drawing name={props.drawing} size={24} />
      <span className="tile__text">
        <span className="tile__word">
          <Say phrase={props.word} />
        </span>
        <span className="tile__help">
          <Say phrase={props.help} />
        </span>
      </span>
      <Glyph name="next" size={9} />
    </button>
  )
}
