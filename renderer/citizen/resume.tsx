import type { SessionView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'

type Kept = Extract<SessionView, { screen: 'resume' }>['kept']

const gone = {
  'form-changed': 'resume.form-changed',
  unreadable: 'resume.unreadable',
} as const satisfies Readonly<Record<Extract<Kept, { state: 'gone' }>['why'], string>>

/** The same card again: go on with what was kept, or begin anew. */
export function Resume({ kept }: { readonly kept: Kept }) {
  const { act } = useKiosk()
  const step = [words('step.of', { step: 2 }), words('step.choose')] as const
  const anew = () => void act({ type: 'begin-anew' })
  if (kept.state === 'gone') {
    const title = words('resume.gone-title')
    return (
      <Screen
        step={step}
        title={title}
        hint={words(gone[kept.why])}
        drawing="officer"
        strip={[title, words('resume.gone-strip-2')]}
        go={{ label: words('frame.continue'), glyph: 'next', onPress: anew }}
        keys={{}}
      />
    )
  }
  const title = words('resume.title')
  return (
    <Screen
      step={step}
      title={title}
      hint={words('resume.hint')}
      drawing="file"
      strip={[title, words('resume.strip-2')]}
      other={{ label: words('resume.anew'), glyph: 'erase', onPress: anew }}
      go={{
        label: words('resume.go-on'),
        glyph: 'next',
        onPress: () => void act({ type: 'resume-draft' }),
      }}
      keys={{}}
    >
      <div className="sheet come come--plain">
        <Drawing name={kept.procedure.drawing} size={30} />
        <p>
          <span className="note">{say('resume.what')}</span>
          <br />
          <b className="come__who">
            <Say phrase={kept.procedure.name} />
          </b>
        </p>
      </div>
      <div className="sheet come come--plain">
        <Drawing name="file" size={24} />
        <p>{say('resume.bring-again')}</p>
      </div>
    </Screen>
  )
}
