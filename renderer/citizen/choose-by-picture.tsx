import { useState } from 'react'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { ChoiceTiles } from '../ui/choices.tsx'
import { Screen, type ScreenProblem } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import type { Groups } from './choose.tsx'

/** Up to so many procedures stand one below the other. */
const ONE_COLUMN_MAX = 4
/** Tiles of one page: as many as stay large. */
const PAGE = 6

/** Groups as pictures; then, where a group has several, its procedures. */
export function ChooseByPicture({
  groups,
  notHere,
  initial,
  onFind,
}: {
  readonly groups: Groups
  readonly notHere: boolean
  /** The group that was touched elsewhere. */
  readonly initial: string | null
  readonly onFind: () => void
}) {
  const { act } = useKiosk()
  const [groupId, setGroupId] = useState(initial)
  const [opened, setOpened] = useState(false)
  const [code, setCode] = useState<string | null>(null)
  const [page, setPage] = useState(0)
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
      setPage(0)
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
        {...(notHere && {
          state: (
            <div role="status">
              <StateLine
                state="stop"
                phrase={words('identify.problem.procedure')}
                more={words('choose.sheet-not-here')}
              />
            </div>
          ),
        })}
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
          chosen={groupId === null ? [] : [groupId]}
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

  const procedures = group.procedures.filter(({ fileable }) => fileable)
  const pages = Math.ceil(procedures.length / PAGE)
  const shown = procedures.slice(page * PAGE, (page + 1) * PAGE)
  const chosen = group.procedures.find((procedure) => procedure.code === code)
  const title = words('choose.group-title', { group: group.name })
  return (
    <Screen
      key="procedures"
      step={[words('step.of', { step: 2 }), words('step.choose')]}
      title={title}
      hint={
        pages > 1 ? words('choose.page', { page: page + 1, pages }) : words('choose.group-hint')
      }
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
      {...(pages > 1 && {
        other: {
          label: words('choose.more'),
          onPress: () => setPage((page + 1) % pages),
        },
      })}
      keys={{ onBack: () => (page > 0 ? setPage(page - 1) : setOpened(false)) }}
    >
      <ChoiceTiles
        key={page}
        columns={procedures.length <= ONE_COLUMN_MAX ? 1 : 2}
        drawingSize={procedures.length <= ONE_COLUMN_MAX ? 30 : 22}
        chosen={code === null ? [] : [code]}
        onChoose={(value) => {
          setCode(value)
          setProblem(null)
        }}
        choices={shown.map((procedure) => ({
          value: procedure.code,
          label: procedure.name,
          help: null,
          drawing: procedure.drawing,
        }))}
      />
    </Screen>
  )
}
