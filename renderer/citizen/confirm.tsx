import type { CardView } from '../../shared/contract/index.ts'
import { Say, say } from '../i18n/say.tsx'
import { date, dateWithAge } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { CardSheet } from './card-sheet.tsx'

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
      <CardSheet look="sheet--card" drawingSize={24} title={words('confirm.sheet')}>
        {rows.map(([name, value, look]) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd className={look}>{value}</dd>
          </div>
        ))}
      </CardSheet>
      <div className="below">
        {card.byHand.length === 0 ? (
          <StateLine
            state="done"
            phrase={words('confirm.gain', { count: rows.length })}
            more={words('confirm.gain-2')}
          />
        ) : (
          <StateLine
            state="wait"
            phrase={words('confirm.by-hand')}
            more={words('confirm.by-hand-2')}
          />
        )}
        <p>{say('confirm.wrong')}</p>
      </div>
    </Screen>
  )
}
