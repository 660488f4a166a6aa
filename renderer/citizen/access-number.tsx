import { useState } from 'react'
import type { AccessState, SessionView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { DigitPad, useDigitEntry, type DigitFormat } from '../ui/keyboard/index.ts'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { accessWords } from './access-words.ts'
import { AnswerField } from './answer-field.tsx'

type AccessSession = Extract<SessionView, { screen: 'access-number' }>

/** Digits of an access number. */
const LENGTH = 6
const FORMAT: DigitFormat = { kind: 'groups', sizes: [LENGTH] }

/** The number that opens a chip. Never needed: whoever has none goes on without. */
export function AccessNumber({ session }: { readonly session: AccessSession }) {
  const { act } = useKiosk()
  const { state, triesLeft, scanned } = session
  const entry = useDigitEntry('', FORMAT)
  const [seen, setSeen] = useState<AccessState>(state)
  // A number that was wrong is no help for the next one.
  if (seen !== state) {
    setSeen(state)
    if (state === 'wrong') entry.clear()
  }

  const title = words('access.title')
  const line = accessWords(state, triesLeft, scanned)
  const open = triesLeft > 0 && state !== 'reading'
  return (
    <Screen
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      hint={words('access.hint')}
      drawing="card"
      state={line === null ? null : <StateLine {...line} live />}
      strip={[title, words(scanned ? 'access.strip-scanned' : 'access.strip-alone')]}
      other={{ label: words('access.skip'), onPress: () => void act({ type: 'back' }) }}
      {...(open && {
        go: {
          label: words('frame.continue'),
          glyph: 'next',
          onPress: () => {
            if (entry.digits.length === LENGTH)
              void act({ type: 'give-access-number', digits: entry.digits })
            else entry.props.ref.current?.focus({ preventScroll: true })
          },
        },
      })}
      keys={{}}
      keyboard
    >
      <AnswerField problem={null} unit={null} {...entry.props} />
      <DigitPad onDigit={entry.press} onDelete={entry.erase} />
    </Screen>
  )
}
