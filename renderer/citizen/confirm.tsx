import type { CardView, ChipView } from '../../shared/contract/index.ts'
import { secret } from '../../shared/speech/index.ts'
import { code, privately } from '../i18n/values.ts'
import { Say, say, sayValue } from '../i18n/say.tsx'
import { date, dateWithAge } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { CardSheet } from './card-sheet.tsx'
import { chipWords } from './chip-words.ts'

/**
 * What the card said, locked: is it the person who stands here? A chip that says another person than
 * the code ends the way here.
 */
export function Confirm({ card, chip }: { readonly card: CardView; readonly chip: ChipView }) {
  const { view, act } = useKiosk()
  const rows = [
    ['confirm.name', sayValue('value.name', secret(card.name)), 'big'],
    ['confirm.number', sayValue('value.number', code(card.maskedNumber, true)), 'number'],
    [
      'confirm.birth',
      <Say key="birth" phrase={privately(dateWithAge(card.birth, view.kiosk.today))} />,
      '',
    ],
    [
      'confirm.sex',
      <Say key="sex" phrase={privately(words(card.sex === 'male' ? 'sex.male' : 'sex.female'))} />,
      '',
    ],
    ['confirm.address', sayValue('value.address', secret(card.address)), ''],
    ['confirm.issued', <Say key="issued" phrase={privately(date(card.issued))} />, ''],
  ] as const
  const title = words('confirm.title')
  const differs = chip.state === 'differs'
  const line = chipWords(chip, view.devices.cardReader)
  return (
    <Screen
      open
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      state={line === null ? null : <StateLine {...line} live />}
      strip={[title, words(differs ? 'confirm.strip-differs' : 'confirm.strip-2')]}
      other={{
        label: words('confirm.no'),
        glyph: 'cross',
        onPress: () => void act({ type: 'reject-card' }),
      }}
      {...(!differs && {
        go: {
          label: words('confirm.yes'),
          glyph: 'tick',
          before: true,
          onPress: () => void act({ type: 'confirm-card' }),
        },
      })}
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
        {differs ? null : <Gain card={card} chip={chip} count={rows.length} />}
        {mayOpen(chip) ? (
          <Button
            look="btn--quiet"
            label={words('access.open')}
            glyph="next"
            after
            onPress={() => void act({ type: 'open-chip' })}
          />
        ) : null}
        <p>{say('confirm.wrong')}</p>
      </div>
    </Screen>
  )
}

/** Another way into a chip that the code did not open. */
function mayOpen(chip: ChipView): boolean {
  return chip.state === 'not-read' && (chip.why === 'other-card' || chip.why === 'unreadable')
}

/** What need not be told or written any more; or what the citizen wrote. */
function Gain(props: { readonly card: CardView; readonly chip: ChipView; readonly count: number }) {
  if (props.card.byHand.length > 0)
    return (
      <StateLine state="wait" phrase={words('confirm.by-hand')} more={words('confirm.by-hand-2')} />
    )
  if (props.chip.state === 'read' && props.chip.gave.length > 0)
    return (
      <StateLine state="done" phrase={words('confirm.by-chip')} more={words('confirm.by-chip-2')} />
    )
  return (
    <StateLine
      state="done"
      phrase={words('confirm.gain', { count: props.count })}
      more={words('confirm.gain-2')}
    />
  )
}
