import type { FilingStatus as Filing } from '../../shared/contract/index.ts'
import { secret } from '../../shared/speech/index.ts'
import { dateWithWeekday } from '../i18n/format.ts'
import { Say, say, sayValue } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { TwoLines } from '../ui/two-lines.tsx'
import { DossierCode, ReferenceCode } from './codes.tsx'
import { counterName } from './counter-words.ts'
import { filingStatusWords, missingSheetWords, portalWords } from './filing-status-words.ts'

/** What became of the filing whose slip was scanned. Nothing here is more than the slip tells. */
export function FilingStatus({ filing }: { readonly filing: Filing }) {
  const { view, act } = useKiosk()
  const { id } = view.kiosk
  const status = filingStatusWords(filing, { id, portal: view.delivery.portal })
  const steps = (
    <div className="sheet next">
      <h2>{say('look-up.do')}</h2>
      <ol>
        {status.steps.map(({ drawing, first, second }) => (
          <li key={drawing}>
            <Drawing name={drawing} size={24} />
            <TwoLines first={first} second={second} />
          </li>
        ))}
      </ol>
    </div>
  )
  return (
    <Screen
      step={[words('look-up.step'), words('look-up.step-how')]}
      title={status.title}
      hint={status.hint}
      drawing={status.drawing}
      state={<StateLine state={status.look} phrase={status.state} live />}
      strip={[status.title, words('look-up.strip-2')]}
      {...(mayPrint(filing)
        ? {
            other: {
              label: words('look-up.print-missing'),
              glyph: 'print',
              onPress: () => void act({ type: 'print-sheet' }),
            },
          }
        : {})}
      go={{
        label: words('look-up.finish'),
        glyph: 'tick',
        before: true,
        onPress: () => void act({ type: 'finish' }),
      }}
      keys={{ onBack: null, finish: false }}
    >
      {filing.state === 'supplement' ? <Missing filing={filing} /> : null}
      {filing.state === 'supplement' ? steps : null}
      {filing.state === 'unknown' ? null : <Codes filing={filing} />}
      {filing.state === 'sent' ? <PortalLine portal={filing.portal} /> : null}
      {filing.state === 'supplement' ? null : steps}
    </Screen>
  )
}

/** The codes to read to an officer, and where that officer sits. */
function Codes({ filing }: { readonly filing: Exclude<Filing, { state: 'unknown' }> }) {
  return (
    <div className="sheet receipt">
      <ReferenceCode reference={filing.reference} />
      {filing.counter === null ? null : (
        <div>
          <p className="note">{say('look-up.ask-at')}</p>
          <p className="receipt__where">
            <Say phrase={counterName(filing.counter)} />
          </p>
        </div>
      )}
      {filing.state === 'sent' || filing.state === 'supplement' ? (
        <div className="receipt__dossier">
          <DossierCode dossierCode={filing.dossierCode} />
          {filing.state === 'sent' ? (
            <p className="note">
              {say('look-up.accepted-on', { day: dateWithWeekday(filing.acceptedOn) })}
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

type Supplement = Extract<Filing, { state: 'supplement' }>

function mayPrint(filing: Filing): boolean {
  const sheet = filing.state === 'supplement' ? filing.sheet : null
  return sheet !== null && (sheet.state === 'none' || sheet.state === 'failed')
}

/** What the authority asks for, in the officer's words, and until when. */
function Missing({ filing }: { readonly filing: Supplement }) {
  const { items, more, due, sheet } = filing
  const printed = sheet === null ? null : missingSheetWords(sheet)
  return (
    <div className="sheet missing">
      {sheet === null || printed === null ? null : (
        <StateLine state={sheet.state === 'printed' ? 'done' : 'wait'} phrase={printed} live />
      )}
      <h2>{say('look-up.missing')}</h2>
      {items.length === 0 ? null : (
        <ol>
          {items.map((item) => (
            <li key={item}>{sayValue('value.missing', secret(item))}</li>
          ))}
        </ol>
      )}
      {more ? <p>{say('look-up.missing-more')}</p> : null}
      <p>
        <b>
          {due === null
            ? say('look-up.missing-no-due')
            : say('look-up.missing-due', { day: dateWithWeekday(due) })}
        </b>
      </p>
    </div>
  )
}

/** Whether the portal was asked; never more than a line, and never for long. */
function PortalLine({ portal }: Pick<Extract<Filing, { state: 'sent' }>, 'portal'>) {
  const phrase = portalWords(portal)
  if (phrase === null) return null
  return <StateLine state={portal === 'asked' ? 'done' : 'wait'} phrase={phrase} live />
}
