import { useEffect, useState } from 'react'
import type { PlaceSuggestion, ProvinceName } from '../../shared/contract/index.ts'
import { aloud } from '../../shared/speech/index.ts'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import { addressOf } from './address-entry.ts'
import type { StepProps } from './answer-address.tsx'
import { SUGGESTIONS_SHOWN } from './long-list.ts'
import { FIELD, QuestionScreen } from './question-screen.tsx'
import { SearchField } from './search-field.tsx'
import { Suggestions } from './suggestions.tsx'

/**
 * A province or a commune, by a few letters without tones. A commune is the answer where the form
 * asks for nothing below it: it is chosen here, and then it goes on.
 */
export function AddressPick({
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
