import { useState } from 'react'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { ChoiceTiles } from '../ui/choices.tsx'
import { Screen, type ScreenProblem } from '../ui/screen.tsx'
import type { Groups } from './choose.tsx'

/** Groups as pictures; then, where a group has several, its procedures. */
export function ChooseByPicture({
  groups,
  onFind,
}: {
  readonly groups: Groups
  readonly onFind: () => void
}) {
  const { act } = useKiosk()
  const [groupId, setGroupId] = useState<string | null>(null)
  const [opened, setOpened] = useState(false)
  const [code, setCode] = useState<string | null>(null)
  const [problem, setProblem] = useState<ScreenProblem | null>(null)
  const group = groups.find(({ id }) => id === groupId) ?? null

  const noneChosen = () => setProblem({ text: words('choose.none-chosen') })
  const choose = (chosen: string) => void act({ type: 'choose', code: chosen })

  if (!opened || group === null) {
    const goOn = () => {
      if (group === null) return noneChosen()
      setProblem(null)
      const [only, second] = group.procedures
      if (only !== undefined && second === undefined) return choose(only.code)
      setCode(null)
      setOpened(true)
    }
    const title = words('choose.title')
    return (
      <Screen
        key="groups"
        step={[words('step.of', { step: 2 }), words('step.choose')]}
        title={title}
        hint={words('choose.hint')}
        drawing="officer"
        problem={problem}
        strip={
          group === null
            ? [title, words('choose.strip-2')]
            : [group.name, words('choose.strip-chosen')]
        }
        go={{ label: words('frame.continue'), glyph: 'next', onPress: goOn }}
        keys={{}}
      >
        <div className="find">
          <Button glyph="search" glyphSize={9} label={words('choose.find')} onPress={onFind} />
        </div>
        <ChoiceTiles
          columns={2}
          drawingSize={38}
          value={groupId}
          onChoose={(id) => {
            setGroupId(id)
            setProblem(null)
          }}
          choices={groups.map(({ id, name, drawing }) => ({
            value: id,
            label: name,
            help: null,
            drawing,
          }))}
        />
      </Screen>
    )
  }

  const chosen = group.procedures.find((procedure) => procedure.code === code)
  const title = words('choose.group-title', { group: group.name.text })
  return (
    <Screen
      key="procedures"
      step={[words('step.of', { step: 2 }), words('step.choose')]}
      title={title}
      hint={words('choose.group-hint')}
      drawing={group.drawing}
      problem={problem}
      strip={
        chosen === undefined
          ? [title, words('choose.strip-2')]
          : [chosen.name, words('choose.strip-chosen')]
      }
      go={{
        label: words('frame.continue'),
        glyph: 'next',
        onPress: () => (code === null ? noneChosen() : choose(code)),
      }}
      keys={{ onBack: () => setOpened(false) }}
    >
      <ChoiceTiles
        columns={1}
        drawingSize={30}
        value={code}
        onChoose={(value) => {
          setCode(value)
          setProblem(null)
        }}
        choices={group.procedures
          .filter(({ fileable }) => fileable)
          .map((procedure) => ({
            value: procedure.code,
            label: procedure.name,
            help: null,
            drawing: procedure.drawing,
          }))}
      />
    </Screen>
  )
}
