import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { readerNotice } from './device-words.ts'

const ways = [
  ['card', words('attract.how-card'), words('attract.how-card-help')],
  ['check', words('attract.how-answer'), words('attract.how-answer-help')],
  ['slip', words('attract.how-slip'), words('attract.how-slip-help')],
] as const

/** The first screen: what this machine is for, and one thing to touch. */
export function Attract() {
  const { view, act } = useKiosk()
  const { pageScanners } = view.kiosk
  // Nobody looks through the camera before a citizen is there: it counts as one that can read.
  const away = readerNotice({
    ...view.devices,
    camera: pageScanners.includes('camera') ? { state: 'opening' } : null,
    wedge: pageScanners.includes('wedge'),
  })
  const start = () => void act({ type: 'start' })
  return (
    <Screen
      greeting
      title={words('attract.title')}
      // In its place, so that the counter stays where it is.
      hint={away === null ? words('attract.hint') : null}
      state={away === null ? null : <StateLine state="wait" phrase={away[0]} more={away[1]} live />}
      strip={[words('attract.strip-1'), words('attract.strip-2')]}
      go={{ label: words('attract.start'), glyph: 'next', onPress: start }}
      keys={{ onBack: null, finish: false }}
    >
      <button type="button" className="tile tile--service" onClick={onceOf(start)}>
        <Drawing name="file" size={48} />
        <span className="tile__text">
          <span className="tile__word">{say('attract.file')}</span>
          <span className="tile__help">{say('attract.file-help')}</span>
        </span>
        <Glyph name="next" size={11} />
      </button>
      <section className="sheet sheet--fill ways">
        <h2>{say('attract.how')}</h2>
        <ol>
          {ways.map(([drawing, title, help]) => (
            <li key={drawing}>
              <Drawing name={drawing} size={26} />
              <p>
                <b>
                  <Say phrase={title} />
                </b>
                <br />
                <Say phrase={help} />
              </p>
            </li>
          ))}
        </ol>
      </section>
    </Screen>
  )
}
