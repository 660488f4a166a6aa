import type { CardView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { date, dateWithAge } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

/** What the card said, locked: is it the person who stands here? */
export function Confirm({ card }: { readonly card: CardView }) {
  const { view, act } = useKiosk()
  const rows = [
    ['confirm.name', card.name, 'big'],
    ['confirm.number', card.maskedNumber, 'number'],
    ['confirm.birth', <Say key="birth" phrase={dateWithAge(card.birth, view.kiosk.today)} />, ''],
    ['confirm.sex', say(card.sex === 'male' ? 'sex.male' : 'sex.female'), ''],
    ['confirm.address', card.address, ''],
    ['confirm.issued', <Say key="issued" phrase={date(card.issued)} />, ''],
  ] as const
  const title = words('confirm.title')
  return (
    <Screen
      open
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      strip={[title, words('confirm.strip-2')]}
      other={{
        label: words('confirm.no'),
        glyph: 'cross',
        onPress: () => void act({ type: 'reject-card' }),
      }}
      go={{
        label: words('confirm.yes'),
        glyph: 'tick',
        before: true,
        onPress: () => void act({ type: 'confirm-card' }),
      }}
      keys={{}}
    >
      <div className="sheet sheet--card">
        <div className="sheet__head">
          <Drawing name="idcard" size={24} />
          <h2>{say('confirm.sheet')}</h2>
          <p className="locked">
            <Glyph name="lock" />
            {say('frame.locked')}
          </p>
        </div>
        <dl className="facts">
          {rows.map(([name, value, look]) => (
            <div key={name}>
              <dt>{say(name)}</dt>
              <dd className={look}>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="below">
        <StateLine
          state="done"
          phrase={words('confirm.gain', { count: rows.length })}
          more={words('confirm.gain-2')}
        />
        <p>{say('confirm.wrong')}</p>
      </div>
    </Screen>
  )
}
