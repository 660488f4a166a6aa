import { useRef, useState } from 'react'
import type { AccessState, SessionView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { DigitPad } from '../ui/keyboard/digit-pad.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { accessWords } from './access-words.ts'
import { AnswerField } from './answer-field.tsx'

type AccessSession = Extract<SessionView, { screen: 'access-number' }>

/** Digits of an access number. */
const LENGTH = 6

/** The number that opens a chip. Never needed: whoever has none goes on without. */
export function AccessNumber({ session }: { readonly session: AccessSession }) {
  const { act } = useKiosk()
  const { state, triesLeft, scanned } = session
  const [digits, setDigits] = useState('')
  const [seen, setSeen] = useState<AccessState>(state)
  const field = useRef<HTMLInputElement>(null)
  const only = (text: string) => text.replaceAll(/\D/g, '').slice(0, LENGTH)
  // A number that was wrong is no help for the next one.
  if (seen !== state) {
    setSeen(state)
    if (state === 'wrong') setDigits('')
  }

  function press(next: string) {
    setDigits(only(next))
    field.current?.focus({ preventScroll: true })
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
            if (digits.length === LENGTH) void act({ type: 'give-access-number', digits })
            else field.current?.focus({ preventScroll: true })
          },
        },
      })}
      keys={{}}
      keyboard
    >
      <AnswerField
        problem={null}
        unit={null}
        ref={field}
        type="text"
        inputMode="none"
        autoComplete="off"
        value={digits}
        onChange={(event) => setDigits(only(event.target.value))}
      />
      <DigitPad
        onDigit={(digit) => press(digits + digit)}
        onDelete={() => press(digits.slice(0, -1))}
      />
    </Screen>
  )
}
