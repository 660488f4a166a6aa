import { useId, useState } from 'react'
import type { SearchHit } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { phraseInLanguage } from '../i18n/language.ts'
import { Say, say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { ChoiceTile, ChoiceTiles } from '../ui/choices.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { ids, Screen, type ScreenProblem } from '../ui/screen.tsx'
import type { Groups } from './choose.tsx'
import { highlight } from './highlight.ts'

/** What the words found: what can be filed here is chosen; the rest says where it is done. */
export function ChooseFound({
  groups,
  text,
  hits,
  onEdit,
  onLeave,
}: {
  readonly groups: Groups
  readonly text: string
  readonly hits: readonly SearchHit[]
  readonly onEdit: (text: string) => void
  /** To the pictures; with a group, that one is touched. */
  readonly onLeave: (group?: string) => void
}) {
  const { act } = useKiosk()
  const name = useId()
  const [code, setCode] = useState<string | null>(null)
  const [problem, setProblem] = useState<ScreenProblem | null>(null)
  const drawings = new Map(
    groups.flatMap(({ procedures }) => procedures.map((each) => [each.code, each.drawing])),
  )
  const chosen = hits.find((hit) => hit.code === code)
  const none = hits.length === 0
  const canFile = hits.some((hit) => hit.fileable)
  const title = none ? words('search.found-none') : words('search.found', { count: hits.length })

  return (
    <Screen
      step={[words('step.of', { step: 2 }), words('step.choose')]}
      title={title}
      hint={none ? words('search.found-none-hint') : words('search.found-hint')}
      drawing={none ? 'other' : 'track'}
      problem={problem}
      strip={
        chosen === undefined
          ? [title, canFile ? words('choose.strip-2') : words('choose.not-here')]
          : [nameOf(chosen), words('choose.strip-chosen')]
      }
      other={{ label: words('choose.by-picture'), onPress: () => onLeave() }}
      {...(canFile
        ? {
            go: {
              label: words('frame.continue'),
              glyph: 'next',
              onPress: () =>
                code === null
                  ? setProblem({ text: words('choose.none-chosen') })
                  : void act({ type: 'choose', code }),
            },
          }
        : {})}
      keys={{ onBack: () => onEdit(text) }}
    >
      <div className="find find--edit">
        <p className="field">
          <Glyph name="search" size={10} />
          <span className="field__value">{text}</span>
        </p>
        <Button
          glyph="pen"
          glyphSize={9}
          label={words('search.edit')}
          onPress={() => onEdit(text)}
        />
      </div>
      {none ? (
        <ChoiceTiles
          columns={2}
          drawingSize={38}
          chosen={[]}
          onChoose={onLeave}
          choices={groups.map((group) => ({
            value: group.id,
            label: group.name,
            help: null,
            drawing: group.drawing,
          }))}
        />
      ) : (
        <div className="tiles tiles--found" role="group" aria-labelledby={ids.question}>
          {hits.map((hit) =>
            hit.fileable ? (
              <ChoiceTile
                key={hit.code}
                name={name}
                chosen={hit.code === code}
                drawingSize={24}
                onChoose={(value) => {
                  setCode(value)
                  setProblem(null)
                }}
                choice={{
                  value: hit.code,
                  label: nameOf(hit),
                  pieces: highlight(nameOf(hit).text, text),
                  help: officialNameOf(hit) ?? {
                    key: `catalogue.${hit.code}.field`,
                    text: hit.field,
                  },
                  drawing: drawings.get(hit.code) ?? 'file',
                }}
              />
            ) : (
              <AtCounter key={hit.code} hit={hit} />
            ),
          )}
        </div>
      )}
    </Screen>
  )
}

/** What is done elsewhere: no circle, and where to go. */
function AtCounter({ hit }: { readonly hit: SearchHit }) {
  const official = officialNameOf(hit)
  return (
    <p className="notetile">
      <Drawing name="counter" size={18} />
      <span>
        <b>
          <Say phrase={nameOf(hit)} />
        </b>
        {official === null ? (
          <br />
        ) : (
          <span className="notetile__official">
            <Say phrase={official} />
          </span>
        )}
        {say('choose.at-counter')}
      </span>
    </p>
  )
}

const nameOf = ({ code, name, shortName }: SearchHit): Phrase =>
  phraseInLanguage(
    shortName === null
      ? { key: `catalogue.${code}.name`, text: name }
      : { key: `catalogue.${code}.short-name`, text: shortName },
  )

/** What the law calls it, where people call it otherwise. */
function officialNameOf({ code, name, shortName }: SearchHit): Phrase | null {
  if (shortName === null) return null
  const called = name.replace(/^thủ tục /iu, '').toLowerCase()
  return called === shortName.toLowerCase() ? null : { key: `catalogue.${code}.name`, text: name }
}
