import { useRef, useState, type KeyboardEvent } from 'react'
import type { AssistanceView } from '../../shared/contract/index.ts'
import { AnswerField } from '../citizen/answer-field.tsx'
import { useSecondsLeft } from '../citizen/use-seconds-left.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { DigitPad } from '../ui/keyboard/digit-pad.tsx'
import { Glyph } from '../ui/drawings.tsx'
import { Screen } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'

type Asking = Extract<AssistanceView['role'], { state: 'asking' }>

/** Two digits say who it is, six are the PIN. */
const LENGTH = { id: 2, all: 8 } as const

/** An assistant unlocks this screen, by PIN here or by laying a card. The core looks at both. */
export function Unlock({ asking }: { readonly asking: Asking }) {
  const { call } = useKiosk()
  const [digits, setDigits] = useState('')
  const [sent, setSent] = useState(false)
  const [failed, setFailed] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const seconds = useSecondsLeft(asking.door.state === 'wait' ? asking.door.seconds : 0)
  const open = asking.door.state === 'open' || (asking.door.state === 'wait' && seconds === 0)

  const write = (text: string) => setDigits(text.replaceAll(/\D/g, '').slice(0, LENGTH.all))
  function onKeyDown(event: KeyboardEvent) {
    if (/^\d$/.test(event.key)) write(digits + event.key)
    if (event.key === 'Backspace') write(digits.slice(0, -1))
    if (event.key === 'Enter') void unlock()
  }
  function press(text: string) {
    write(text)
    field.current?.focus({ preventScroll: true })
  }

  async function unlock() {
    if (digits.length < LENGTH.all || !open || sent) return
    setSent(true)
    const assistant = digits.slice(0, LENGTH.id)
    const pin = digits.slice(LENGTH.id)
    // What was typed is not kept here either, whatever comes of it.
    setDigits('')
    const answer = await call((client, commandId) =>
      client.citizen.unlock.try({ commandId, assistant, pin }),
    )
    setFailed(!answer.ok || answer.value.outcome === 'unavailable')
    setSent(false)
  }

  const title = words('unlock.title')
  return (
    <Screen
      title={title}
      hint={words('unlock.hint')}
      drawing="officer"
      state={
        failed ? (
          <StateLine state="stop" phrase={words('unlock.unavailable')} live />
        ) : (
          <Door asking={asking} seconds={seconds} />
        )
      }
      strip={[title, words('unlock.strip')]}
      {...(open && {
        go: { label: words('unlock.go'), glyph: 'lock', onPress: () => void unlock() },
      })}
      keys={{
        onBack: () =>
          void call((client, commandId) => client.citizen.unlock.ask({ commandId, open: false })),
        help: false,
      }}
      keyboard
    >
      <AnswerField
        problem={null}
        unit={null}
        ref={field}
        type="text"
        inputMode="none"
        autoComplete="off"
        readOnly
        value={shown(digits)}
        onKeyDown={onKeyDown}
      />
      <DigitPad
        onDigit={(digit) => press(digits + digit)}
        onDelete={() => press(digits.slice(0, -1))}
        masked
      />
    </Screen>
  )
}

/** Who it is may be read; the PIN may not. */
function shown(digits: string): string {
  const pin = '•'.repeat(Math.max(0, digits.length - LENGTH.id))
  return digits === '' ? '' : `CB-${digits.slice(0, LENGTH.id)} ${pin}`.trim()
}

function Door({ asking, seconds }: { readonly asking: Asking; readonly seconds: number }) {
  const { door, refused } = asking
  if (door.state === 'stopped') {
    return (
      <StateLine
        state="stop"
        phrase={words('unlock.stopped')}
        more={words('unlock.stopped-do')}
        live
      />
    )
  }
  if (door.state === 'wait' && seconds > 0) {
    return (
      <p className="state state--wait">
        <Glyph name="wait" />
        <b>{say('unlock.wait', { seconds })}</b>
      </p>
    )
  }
  if (refused === null) return null
  return <StateLine state="stop" phrase={words(`unlock.refused-${refused}`)} live />
}
