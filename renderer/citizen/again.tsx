import { useState } from 'react'
import type { ProcedureBrief } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import { Screen } from '../ui/screen.tsx'

/** Value of the tile that leads to all procedures; no code is a word. */
const OTHER = 'other'
/** Beside the tile that leads to all of them. */
const AFTER_SHOWN = 3

/** What comes next with the same card: what usually does, or anything else. */
export function Again({
  after,
  onLeave,
}: {
  readonly after: readonly ProcedureBrief[]
  readonly onLeave: () => void
}) {
  const { act } = useKiosk()
  const [chosen, setChosen] = useState(after[0]?.code ?? OTHER)
  const title = words('again.title')
  return (
    <Screen
      key="again"
      step={[words('step.of', { step: 2 }), words('step.choose')]}
      title={title}
      hint={words('again.hint')}
      drawing="officer"
      strip={[title, words('choose.strip-2')]}
      go={{
        label: words('frame.continue'),
        glyph: 'next',
        onPress: () => void act({ type: 'another', code: chosen === OTHER ? null : chosen }),
      }}
      keys={{ onBack: onLeave }}
    >
      <ChoiceTiles
        columns={1}
        drawingSize={30}
        chosen={[chosen]}
        onChoose={setChosen}
        choices={[
          ...after.slice(0, AFTER_SHOWN).map(({ code, name, drawing }) => ({
            value: code,
            label: name,
            help: words('again.after'),
            drawing,
          })),
          {
            value: OTHER,
            label: words('again.other'),
            help: words('again.other-help'),
            drawing: 'other',
          },
        ]}
      />
    </Screen>
  )
}
