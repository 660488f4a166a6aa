import { useState } from 'react'
import type { ListedProvince } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import type { Commune } from './address-entry.ts'
import type { StepProps } from './answer-address.tsx'
import { QuestionScreen } from './question-screen.tsx'

/**
 * In this commune, as mostly, in this province, elsewhere, or in words as an old paper has it. Until
 * the provinces are there the question stands alone, on the same screen: its title is not read out
 * twice.
 */
export function AddressWhere({
  provinces,
  onHere,
  ...props
}: StepProps & {
  readonly provinces: readonly ListedProvince[] | null
  readonly onHere: (place: Commune) => void
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
