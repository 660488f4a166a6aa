import type { SessionView } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { sheetWords } from './paper-words.ts'
import { feeTerm, limitTerm, type Term } from './terms.ts'
import { useRare } from './use-rare.ts'

type PrepareSession = Extract<SessionView, { screen: 'prepare' }>

/** What the procedure needs, takes and costs, and what the card has answered already. */
export function Prepare({ session }: { readonly session: PrepareSession }) {
  const { act } = useKiosk()
  // Loaded while the citizen reads: a question may need it next.
  useRare()
  const { components, known, total, asked, sheet } = session
  const bare = components.length === 0
  return (
    <Screen
      open
      step={[words('step.of', { step: 2 }), session.procedure.name]}
      title={words(bare ? 'prepare.title-none' : 'prepare.title')}
      strip={
        bare
          ? [words('prepare.strip-1-none'), words('prepare.strip-2-none')]
          : [words('prepare.strip-1'), words('prepare.strip-2')]
      }
      {...(sheet !== null && (sheet.state === 'none' || sheet.state === 'failed')
        ? {
            other: {
              label: words('prepare.print-sheet'),
              glyph: 'print',
              onPress: () => void act({ type: 'print-sheet' }),
            },
          }
        : {})}
      go={{
        label: words(bare ? 'frame.continue' : 'prepare.ready'),
        glyph: bare ? 'next' : 'tick',
        before: !bare,
        onPress: () => void act({ type: 'begin' }),
      }}
      keys={{}}
    >
      {bare ? null : (
        <ul className="papers">
          {components.map((paper) => (
            <li key={paper.code}>
              <Drawing name={paper.drawing} size={components.length > 3 ? 22 : 35} />
              <span>
                <b>
                  <Say phrase={paper.name} />
                </b>
                <span className="note">
                  {paper.when === null ? null : (
                    <>
                      <Say phrase={paper.when} />
                      {'. '}
                    </>
                  )}
                  {say(`prepare.${paper.handling}`)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="three">
        <Fact drawing="waiting" label={words('prepare.time')} term={limitTerm(session.limit)} />
        <Fact drawing="coin" label={words('prepare.fee')} term={feeTerm(session.fee)} />
        <Fact
          drawing="result"
          label={words('prepare.result')}
          term={{ word: session.result, note: null }}
        />
      </div>
      <StateLine
        state="done"
        phrase={words('prepare.gain', { known, total })}
        more={asked === 0 ? words('prepare.gain-none') : words('prepare.gain-asked', { asked })}
      />
      <SheetLine sheet={sheet} />
      {session.ends === 'filed' ? null : (
        <StateLine
          state="wait"
          phrase={words(`prepare.${session.ends}`)}
          more={words(`prepare.${session.ends}-2`)}
        />
      )}
    </Screen>
  )
}

/** How the sheet fares; no fault of it stops anybody. */
function SheetLine({ sheet }: Pick<PrepareSession, 'sheet'>) {
  const phrase = sheet === null ? null : sheetWords(sheet)
  if (sheet === null || phrase === null) return null
  return <StateLine state={sheet.state === 'printed' ? 'done' : 'wait'} phrase={phrase} live />
}

function Fact({
  drawing,
  label,
  term,
}: {
  readonly drawing: string
  readonly label: Phrase
  readonly term: Term
}) {
  return (
    <div className="fact">
      <Drawing name={drawing} size={26} />
      <p className="note">
        <Say phrase={label} />
      </p>
      <p>
        <b>
          <Say phrase={term.word} />
        </b>
      </p>
      {term.note === null ? null : (
        <p className="note">
          <Say phrase={term.note} />
        </p>
      )}
    </div>
  )
}
