import { useState } from 'react'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import { Screen } from '../ui/screen.tsx'

/** The languages of this kiosk, each as its speakers call it. */
export function Languages({ onClose }: { readonly onClose: () => void }) {
  const { view, act } = useKiosk()
  const [tag, setTag] = useState(view.display.language)
  return (
    <Screen
      title={words('languages.title')}
      strip={[words('languages.title'), words('languages.strip-2')]}
      go={{
        label: words('frame.continue'),
        glyph: 'next',
        onPress: () => {
          void act({ type: 'display', change: { language: tag } })
          onClose()
        },
      }}
      keys={{ onBack: onClose, finish: false }}
    >
      <ChoiceTiles
        columns={1}
        drawingSize={24}
        chosen={[tag]}
        onChoose={setTag}
        choices={view.kiosk.languages.map((language) => ({
          value: language.tag,
          label: { key: 'value.language', text: language.name, lang: language.tag },
          help: null,
          drawing: null,
        }))}
      />
    </Screen>
  )
}
