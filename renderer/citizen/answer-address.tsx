import { useEffect, useState } from 'react'
import type {
  ListedProvince,
  PlaceSuggestion,
  ProvinceName,
  QuestionInput,
} from '../../shared/contract/index.ts'
import { aloud, secret } from '../../shared/speech/index.ts'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import type { AnswerSession } from './answer.tsx'
import {
  addressOf,
  beginAddress,
  stepBack,
  stepOf,
  takePlace,
  type AddressStep,
  type AddressWay,
} from './address-entry.ts'
import { AnswerField } from './answer-field.tsx'
import { SUGGESTIONS_SHOWN } from './long-list.ts'
import { FIELD, QuestionScreen, useSubmission, type Submission } from './question-screen.tsx'
import { SearchField } from './search-field.tsx'
import { Suggestions } from './suggestions.tsx'

/** Letters of an address that is written out; the form takes a little more. */
const TEXT_MAX = 250

interface AddressProps {
  readonly session: AnswerSession
  readonly input: Extract<QuestionInput, { kind: 'address' }>
}

/** What each small step has: the way there, the way on, and what was typed before. */
interface StepProps extends AddressProps {
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
        <Where
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
        <Pick
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

/**
 * In this commune, as mostly, in this province, elsewhere, or in words as an old paper has it. Until
 * the provinces are there the question stands alone, on the same screen: its title is not read out
 * twice.
 */
function Where({
  provinces,
  onHere,
  ...props
}: StepProps & {
  readonly provinces: readonly ListedProvince[] | null
  readonly onHere: (place: CommuneSuggestion) => void
}) {
  const [touched, setTouched] = useState<string | null>(null)
  const own = provinces?.find((one) => one.own) ?? null
  const here = own?.commune ?? null
  // What leads to a list is chosen beforehand; what would be the answer itself is not.
  const chosen = touched ?? (own === null || here !== null ? null : 'own')
  function onGo() {
    if (chosen === 'here' && own !== null && here !== null) {
      const { code, name } = own
      return onHere({ kind: 'commune', ...here, province: { code, name }, former: null })
    }
    if (chosen === 'own' && own !== null) {
      return props.onStep({ at: 'pick', province: { code: own.code, name: own.name } })
    }
    if (chosen === 'other') return props.onStep({ at: 'pick', province: null })
    if (chosen === 'old') return props.onStep({ at: 'free' })
    props.submission.refuse({ text: words('problem.required-choice') })
  }
  return (
    <QuestionScreen
      key="where"
      session={props.session}
      submission={props.submission}
      guidance={[null, words('answer.strip-choice')]}
      onGo={onGo}
      {...(provinces === null ? { go: null } : {})}
      {...props.back}
    >
      {provinces === null ? null : (
        <ChoiceTiles
          chosen={chosen === null ? [] : [chosen]}
          onChoose={setTouched}
          columns={1}
          drawingSize={30}
          choices={[
            ...(here === null
              ? []
              : [
                  {
                    value: 'here',
                    label: { key: `place.${here.code}`, text: here.name },
                    help: words('address.own'),
                    drawing: 'house',
                  },
                ]),
            ...(own === null
              ? []
              : [
                  {
                    value: 'own',
                    label: { key: `province.${own.code}`, text: own.name },
                    help: words(here === null ? 'address.own' : 'address.own-other'),
                    drawing: here === null ? 'house' : 'track',
                  },
                ]),
            {
              value: 'other',
              label: words('address.other'),
              help: words('address.other-help'),
              drawing: 'other',
            },
            ...(props.input.old
              ? [
                  {
                    value: 'old',
                    label: words('address.old'),
                    help: words('address.old-help'),
                    drawing: 'file',
                  },
                ]
              : []),
          ]}
        />
      )}
    </QuestionScreen>
  )
}

/**
 * A province or a commune, by a few letters without tones. A commune is the answer where the form
 * asks for nothing below it: it is chosen here, and then it goes on.
 */
function Pick({
  province,
  sought,
  onTake,
  ...props
}: StepProps & {
  readonly province: ProvinceName | null
  readonly sought: string
  readonly onTake: (place: PlaceSuggestion, words: string) => void
}) {
  const entry = useTextEntry(sought, 60)
  const [taken, setTaken] = useState<string | null>(null)
  const asked = entry.text.trim()
  const idle = asked === '' && province === null
  const found = useSuggestions(asked, province?.code)
  const shown = idle ? [] : (found?.places ?? []).slice(0, SUGGESTIONS_SHOWN)
  const chosen = shown.find((place) => place.code === taken && place.kind === 'commune')
  const hint =
    province === null
      ? words('address.where')
      : words('address.commune', { province: aloud(province.name) })
  return (
    <QuestionScreen
      session={props.session}
      submission={props.submission}
      guidance={
        chosen === undefined
          ? [null, words('address.strip-pick')]
          : [{ key: `place.${chosen.code}`, text: chosen.name }, words('answer.strip-chosen')]
      }
      hint={hint}
      onGo={() => {
        if (chosen?.kind === 'commune') props.submission.submit(addressOf(chosen, ''))
      }}
      {...(chosen === undefined ? { go: null } : {})}
      {...props.back}
      keyboard
    >
      <SearchField entry={entry} id={FIELD} label={t('answer.search-label')} />
      <Suggestions
        found={shown.map((place) => ({
          value: place.code,
          label: { key: `place.${place.code}`, text: place.name },
          help: helpOf(place, province),
        }))}
        none={idle || found === null ? null : 'address.none'}
        busy={found?.asked !== asked}
        {...(props.input.detail ? {} : { chosen: chosen?.code ?? null })}
        onTake={(code) => {
          const place = shown.find((one) => one.code === code)
          if (place === undefined) return
          if (place.kind === 'commune' && !props.input.detail) setTaken(code)
          else onTake(place, entry.text)
        }}
      />
      <TextKeyboard entry={entry} capitals="none" digits />
    </QuestionScreen>
  )
}

function helpOf(place: PlaceSuggestion, within: ProvinceName | null) {
  if (place.former !== null) return words('address.former', { name: aloud(place.former) })
  if (place.kind === 'province' || within !== null) return null
  return { key: `province.${place.province.code}`, text: place.province.name }
}

/** House, street or hamlet in the commune that was picked. */
function Detail({
  commune,
  typed,
  onTyped,
  ...props
}: StepProps & {
  readonly commune: Extract<PlaceSuggestion, { kind: 'commune' }>
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

type CommuneSuggestion = Extract<PlaceSuggestion, { kind: 'commune' }>

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

interface Found {
  readonly asked: string
  readonly places: readonly PlaceSuggestion[]
}

/** What the list said last, and to which words; null until it has said something. Late answers are dropped. */
function useSuggestions(asked: string, province: string | undefined) {
  const { places } = useKiosk()
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    let wanted = true
    const question = { words: asked, ...(province === undefined ? {} : { province }) }
    void places(question).then((answer) => {
      if (wanted && answer.ok) setFound({ asked, places: answer.value })
    })
    return () => {
      wanted = false
    }
  }, [places, asked, province])
  return found
}
