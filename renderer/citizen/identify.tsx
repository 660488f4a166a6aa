import type { ScanProblem } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { useCameraCodes } from '../camera-qr/use-camera-codes.ts'
import { say } from '../i18n/say.tsx'
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
}

const notices = [
  ['identify.reads', 'identify.reads-what'],
  ['identify.purpose', 'identify.purpose-what'],
  ['identify.not-read', 'identify.not-read-what'],
  ['identify.kept', 'identify.kept-what'],
] as const

/** A chip is read whole, its face too; only what a form asks for is kept. */
const withChip = notices.map((notice) =>
  notice[0] === 'identify.not-read'
    ? (['identify.not-kept', 'identify.not-kept-what'] as const)
    : notice,
)

/** Waits for the card; says what is read and why before anything is. */
export function Identify({ problem }: { readonly problem: ScanProblem | null }) {
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
      <div className="sheet sheet--fill notice">
        <div className="sheet__head">
          <Glyph name="lock" size={10} />
          <h2>{say('identify.notice')}</h2>
        </div>
        <dl className="facts">
          {(cardReader.state === 'not-configured' ? notices : withChip).map(([name, what]) => (
            <div key={name}>
              <dt>{say(name)}</dt>
              <dd>{say(what)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <button
        type="button"
        className="tile tile--aside"
        onClick={onceOf(() => void act({ type: 'call-help' }))}
      >
        <Drawing name="counter" size={24} />
        <span className="tile__text">
          <span className="tile__word">{say('identify.no-card')}</span>
          <span className="tile__help">{say('identify.no-card-help')}</span>
        </span>
        <Glyph name="next" size={9} />
      </button>
    </Screen>
  )
}
