import { useEffect, useState } from 'react'
import type { ListedProvince, QuestionInput } from '../../shared/contract/index.ts'
import { secret } from '../../shared/speech/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import {
  addressOf,
  beginAddress,
  stepBack,
  stepOf,
  takePlace,
  type AddressStep,
  type AddressWay,
  type Commune,
} from './address-entry.ts'
import { AddressPick } from './address-pick.tsx'
import { AddressWhere } from './address-where.tsx'
import type { AnswerSession } from './answer.tsx'
import { AnswerField } from './answer-field.tsx'
import { QuestionScreen, useSubmission, type Submission } from './question-screen.tsx'

/** Letters of an address that is written out; the form takes a little more. */
const TEXT_MAX = 250

interface AddressProps {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'address' }>
}

/** What each small step has: the way there, the way on, and what was typed before. */
export interface StepProps extends AddressProps {
  readonly submission: Submission
  readonly onStep: (step: AddressStep) => void
  readonly back: { readonly onBack?: () => void }
}

/**
 * A place: where, which commune, then house or hamlet. Each is a small step on this one screen,
 * and "back" goes through them before it leaves the question.
 */
export function AnswerAddress({ session, input }: AddressProps) {
  const provinces = useProvinces()
  const [way, setWay] = useState<AddressWay>(() => beginAddress(session.value))
  const [typed, setTyped] = useState('')
  /** The words by which a place was found, by the province within which: "back" shows them again. */
  const [sought, setSought] = useState<Readonly<Record<string, string>>>({})
  const submission = useSubmission(session)
  const earlier = stepBack(way)
  const step = stepOf(way)
  const common = {
    session,
    input,
    submission,
    onStep: (next: AddressStep) => setWay([...way, next]),
    back: earlier === null ? {} : { onBack: () => setWay(earlier) },
  }
  switch (step.at) {
    case 'kept':
      return (
        <Kept {...common} text={step.address.text} onGo={() => submission.submit(step.address)} />
      )
    case 'where':
      // Whoever has no list to pick from writes.
      if (provinces?.length === 0) return <Written {...common} />
      return (
        <AddressWhere
          {...common}
          provinces={provinces}
          onHere={(place) => {
            if (input.detail) common.onStep({ at: 'detail', commune: place })
            else submission.submit(addressOf(place, ''))
          }}
        />
      )
    case 'pick': {
      const within = step.province?.code ?? ''
      return (
        <AddressPick
          key={within}
          {...common}
          sought={sought[within] ?? ''}
          province={step.province}
          onTake={(place, words) => {
            setSought({ ...sought, [within]: words })
            setWay(takePlace(way, place))
          }}
        />
      )
    }
    case 'free':
      return <Written {...common} />
    case 'detail':
      return <Detail {...common} commune={step.commune} typed={typed} onTyped={setTyped} />
  }
}

/** What stands there already, or something else. */
function Kept({
  text,
  onGo,
  ...props
}: StepProps & { readonly text: string; readonly onGo: () => void }) {
  const [chosen, setChosen] = useState('kept')
  return (
    <QuestionScreen
      key="kept"
      session={props.session}
      submission={props.submission}
      guidance={[null, words('answer.strip-chosen')]}
      onGo={() => (chosen === 'kept' ? onGo() : props.onStep({ at: 'where' }))}
      {...props.back}
    >
      <ChoiceTiles
        chosen={[chosen]}
        onChoose={setChosen}
        columns={1}
        drawingSize={30}
        choices={[
          {
            value: 'kept',
            label: { ...secret(text), key: `value.${props.session.question.key}` },
            help: null,
            drawing: 'house',
          },
          { value: 'other', label: words('address.kept-other'), help: null, drawing: 'other' },
        ]}
      />
    </QuestionScreen>
  )
}

/** House, street or hamlet in the commune that was picked. */
function Detail({
  commune,
  typed,
  onTyped,
  ...props
}: StepProps & {
  readonly commune: Commune
  readonly typed: string
  readonly onTyped: (text: string) => void
}) {
  const entry = useTextEntry(typed, 200)
  const place = `${commune.name}, ${commune.province.name}`
  const { onBack } = props.back
  return (
    <QuestionScreen
      key="detail"
      session={props.session}
      submission={props.submission}
      guidance={[null, words('address.strip-detail')]}
      hint={words('address.detail', { place: secret(place) })}
      onGo={() => props.submission.submit(addressOf(commune, entry.text))}
      {...(onBack && {
        onBack: () => {
          onTyped(entry.text)
          onBack()
        },
      })}
      keyboard
    >
      <AnswerField problem={props.submission.problem} unit={null} {...entry.props} />
      <TextKeyboard entry={entry} capitals="none" digits />
    </QuestionScreen>
  )
}

/** In words: as an old paper has it, or on a kiosk whose lists of places cannot be read. */
function Written({ session, submission, back }: StepProps) {
  const { value } = session
  const given = typeof value === 'object' && value !== null && 'text' in value ? value.text : ''
  const entry = useTextEntry(typeof value === 'string' ? value : given, TEXT_MAX)
  return (
    <QuestionScreen
      key="free"
      session={session}
      submission={submission}
      guidance={[null, words('answer.strip-text')]}
      {...(back.onBack && { hint: words('address.free') })}
      onGo={() => {
        const text = entry.text.trim().normalize('NFC')
        submission.submit(text === '' ? null : { text })
      }}
      {...back}
      keyboard
    >
      <AnswerField problem={submission.problem} unit={null} {...entry.props} />
      <TextKeyboard entry={entry} capitals="none" digits />
    </QuestionScreen>
  )
}

/** All provinces; null until they are there. A core that refuses has none. */
function useProvinces() {
  const { provinces } = useKiosk()
  const [listed, setListed] = useState<readonly ListedProvince[] | null>(null)
  useEffect(() => {
    let wanted = true
    void provinces().then((answer) => {
      if (wanted) setListed(answer.ok ? answer.value : [])
    })
    return () => {
      wanted = false
    }
  }, [provinces])
  return listed
}
