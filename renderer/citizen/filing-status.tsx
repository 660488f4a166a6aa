import type { FilingStatus as Filing } from '../../shared/contract/index.ts'
import { dateWithWeekday, pairs } from '../i18n/format.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { counterName } from './counter-words.ts'
import { filingStatusWords } from './filing-status-words.ts'

/** What became of the filing whose slip was scanned. Nothing here is more than the slip tells. */
export function FilingStatus({ filing }: { readonly filing: Filing }) {
  const { view, act } = useKiosk()
  const { id } = view.kiosk
  const status = filingStatusWords(filing, { id, portal: view.delivery.portal })
  return (
    <Screen
      step={[words('look-up.step'), words('look-up.step-how')]}
      title={status.title}
      hint={status.hint}
      drawing={status.drawing}
      state={<StateLine state={status.look} phrase={status.state} live />}
      strip={[status.title, words('look-up.strip-2')]}
      go={{
        label: words('look-up.finish'),
        glyph: 'tick',
        before: true,
        onPress: () => void act({ type: 'finish' }),
      }}
      keys={{ onBack: null, finish: false }}
    >
      {filing.state === 'unknown' ? null : <Codes filing={filing} />}
      <div className="sheet next">
        <h2>{say('look-up.do')}</h2>
        <ol>
          {status.steps.map(({ drawing, first, second }) => (
            <li key={drawing}>
              <Drawing name={drawing} size={24} />
              <p>
                <b>
                  <Say phrase={first} />
                </b>
                <br />
                <Say phrase={second} />
              </p>
            </li>
          ))}
        </ol>
      </div>
    </Screen>
  )
}

/** The codes to read to an officer, and where that officer sits. */
function Codes({ filing }: { readonly filing: Exclude<Filing, { state: 'unknown' }> }) {
  return (
    <div className="sheet receipt">
      <div>
        <p className="note">{say('done.reference')}</p>
        <p className="code">{pairs(filing.reference)}</p>
        <p className="note">{say('done.reference-help')}</p>
      </div>
      {filing.counter === null ? null : (
        <div>
          <p className="note">{say('look-up.ask-at')}</p>
          <p className="receipt__where">{counterName(filing.counter)}</p>
        </div>
      )}
      {filing.state === 'sent' ? (
        <div className="receipt__dossier">
          <p className="note">{say('done.dossier')}</p>
          <p className="dossier">{filing.dossierCode}</p>
          <p className="note">
            {say('look-up.accepted-on', { day: dateWithWeekday(filing.acceptedOn).text })}
          </p>
        </div>
      ) : null}
    </div>
  )
}
