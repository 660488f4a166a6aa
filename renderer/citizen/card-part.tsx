import { useState } from 'react'
import type { SessionView } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import { Screen, type ScreenProblem } from '../ui/screen.tsx'
import { AnswerField } from './answer-field.tsx'
import { problemWords } from './problem-words.ts'
import { StateLine } from '../ui/state-line.tsx'
import { chipWords } from './chip-words.ts'
import { FIELD } from './question-screen.tsx'

type CardPartSession = Extract<SessionView, { screen: 'card-part' }>

/**
 * What a scanner that types could not read of the card: the citizen writes it. A few letters that
 * came through would only be in the way; they stand in the hint, and whole words in the box.
 */
export function CardPart({ session }: { readonly session: CardPartSession }) {
  const { view, act } = useKiosk()
  const { part, read, whole, maxLength, problem, chip } = session
  const entry = useTextEntry(whole ? read : '', maxLength)
  const [tries, setTries] = useState(0)
  const [shown, setShown] = useState<{ try: number; as: ScreenProblem | null }>({
    try: 0,
    as: null,
  })
  // The same reason again is a new problem: the focus goes to it again.
  if (shown.try !== tries) {
    setShown({
      try: tries,
      as: problem === null ? null : { text: problemWords(problem, 'name'), field: FIELD },
    })
  }
  const title = words(`card-part.${part}`)
  const line = chipWords(chip, view.devices.cardReader)

  return (
    <Screen
      step={[words('step.of', { step: 1 }), words('step.card')]}
      title={title}
      hint={whole || read === '' ? words('card-part.hint') : words('card-part.hint-read', { read })}
      drawing="card"
      state={line === null ? null : <StateLine {...line} live />}
      problem={shown.as}
      strip={
        shown.as === null
          ? [title, words('card-part.strip-2')]
          : [words('problem.summary'), shown.as.text]
      }
      go={{
        label: words('frame.continue'),
        glyph: 'next',
        onPress: () =>
          void act({ type: 'write-card-part', part, text: entry.text.normalize('NFC') }).then(() =>
            setTries((count) => count + 1),
          ),
      }}
      keys={{}}
      keyboard
    >
      <AnswerField problem={shown.as} unit={null} {...entry.props} />
      <TextKeyboard
        entry={entry}
        capitals={part === 'name' ? 'words' : 'none'}
        digits={part === 'address'}
      />
    </Screen>
  )
}
