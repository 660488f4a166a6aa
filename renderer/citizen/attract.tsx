import { useState } from 'react'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { TwoLines } from '../ui/two-lines.tsx'
import { readerNotice } from './device-words.ts'
import { useLanguageKey } from './use-language-key.ts'
import { useRare } from './use-rare.ts'

const ways = [
  ['card', words('attract.how-card'), words('attract.how-card-help')],
  ['check', words('attract.how-answer'), words('attract.how-answer-help')],
  ['slip', words('attract.how-slip'), words('attract.how-slip-help')],
] as const

const forgotten = [words('attract.card-left'), words('attract.card-left-do')] as const

/** The first screen: what this machine is for, and one thing to touch. */
export function Attract({ cardLeft }: { readonly cardLeft: boolean }) {
  const { view, act } = useKiosk()
  const { pageScanners } = view.kiosk
  // Nobody looks through the camera before a citizen is there: it counts as one that can read.
  const reader = readerNotice({
    ...view.devices,
    camera: pageScanners.includes('camera') ? { state: 'opening' } : null,
    wedge: pageScanners.includes('wedge'),
  })
  // Somebody has just gone without it: that comes before all else.
  const away = cardLeft ? forgotten : reader
  const start = () => void act({ type: 'start' })
  const listen = () => void act({ type: 'display', change: { voice: { on: true } } }).then(start)
  const [choosing, setChoosing] = useState(false)
  const other = useLanguageKey(() => setChoosing(true))
  if (choosing) return <ManyLanguages onClose={() => setChoosing(false)} />
  return (
    <Screen
      greeting
      title={words('attract.title')}
      // In its place, so that the counter stays where it is.
      hint={away === null ? words('attract.hint') : null}
      state={away === null ? null : <StateLine state="wait" phrase={away[0]} more={away[1]} live />}
      strip={cardLeft ? forgotten : [words('attract.strip-1'), words('attract.strip-2')]}
      go={{ label: words('attract.start'), glyph: 'next', onPress: start }}
      {...(other === null ? {} : { other })}
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
      {view.kiosk.voice === null || view.display.voice.on ? null : (
        // For whoever does not read: known by its picture, and it begins at once.
        <button type="button" className="tile tile--listen" onClick={onceOf(listen)}>
          <Drawing name="listen" size={30} />
          <span className="tile__word">{say('attract.listen')}</span>
          <Glyph name="next" size={11} />
        </button>
      )}
      <section className="sheet sheet--fill ways">
        <h2>{say('attract.how')}</h2>
        <ol>
          {ways.map(([drawing, title, help]) => (
            <li key={drawing}>
              <Drawing name={drawing} size={26} />
              <TwoLines first={title} second={help} />
            </li>
          ))}
        </ol>
      </section>
    </Screen>
  )
}

/** Loaded when it is wanted: most kiosks have no third language. */
function ManyLanguages({ onClose }: { readonly onClose: () => void }) {
  const rare = useRare()
  return rare && <rare.Languages onClose={onClose} />
}
