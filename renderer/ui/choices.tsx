import { useId } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { langOf, Say, say } from '../i18n/say.tsx'
import { saysHere } from '../speech/marked.ts'
import { Drawing, Glyph } from './drawings.tsx'
import { ids } from './screen.tsx'

/** One thing to choose. `mark`: pieces of the word, of which every second one is underlined. */
export interface Choice {
  readonly value: string
  readonly label: Phrase
  readonly help: Phrase | null
  readonly drawing: string | null
  readonly pieces?: readonly string[]
}

/** One tile with a circle: choose it, look at it, then go on. */
export function ChoiceTile({
  choice,
  name,
  chosen,
  drawingSize,
  onChoose,
  invalid = false,
  several = false,
  id,
}: {
  readonly choice: Choice
  /** Name of the group that the tile belongs to. */
  readonly name: string
  readonly chosen: boolean
  readonly drawingSize: number
  readonly onChoose: (value: string) => void
  readonly invalid?: boolean
  /** True where others may be chosen beside it: a square, and a second touch takes it back. */
  readonly several?: boolean
  readonly id?: string
}) {
  const { value, label, help, drawing, pieces } = choice
  return (
    <label className="tile tile--choice">
      <input
        id={id}
        type={several ? 'checkbox' : 'radio'}
        name={name}
        value={value}
        checked={chosen}
        onChange={() => onChoose(value)}
        aria-describedby={invalid ? ids.problem : undefined}
      />
      {drawing === null ? null : <Drawing name={drawing} size={drawingSize} />}
      <span className="tile__text">
        <span className="tile__word">
          {pieces === undefined ? (
            <Say phrase={label} />
          ) : (
            <Pieces phrase={label} pieces={pieces} />
          )}
        </span>
        {help === null ? null : (
          <span className="tile__help">
            <Say phrase={help} />
          </span>
        )}
      </span>
      {chosen ? (
        <span className="chosen" aria-hidden="true">
          {say('frame.chosen')}
        </span>
      ) : null}
      <span className={several ? 'tick tick--several' : 'tick'} aria-hidden="true">
        {chosen ? <Glyph name="tick" /> : null}
      </span>
    </label>
  )
}

function Pieces({
  phrase,
  pieces,
}: {
  readonly phrase: Phrase
  readonly pieces: readonly string[]
}) {
  const parts = pieces.map((text, at) => ({
    text,
    marked: at % 2 === 1,
    start: pieces.slice(0, at).join('').length,
  }))
  return (
    <span data-say={phrase.key} ref={saysHere(phrase)} {...langOf(phrase)}>
      {parts.map(({ text, marked, start }) => (marked ? <u key={start}>{text}</u> : text))}
    </span>
  )
}

/** Tiles of which one is chosen, or several; the screen's question is their name. */
export function ChoiceTiles({
  choices,
  chosen,
  several = false,
  onChoose,
  columns,
  drawingSize,
  invalid = false,
}: {
  readonly choices: readonly Choice[]
  readonly chosen: readonly string[]
  readonly several?: boolean
  readonly onChoose: (value: string) => void
  readonly columns: 1 | 2
  readonly drawingSize: number
  readonly invalid?: boolean
}) {
  const name = useId()
  const rows = Math.ceil(choices.length / columns)
  return (
    <div
      className={`tiles${columns === 2 ? ' tiles--2' : ''}${rows > 3 ? ' tiles--many' : ''}`}
      style={{ '--rows': rows }}
      role={several ? 'group' : 'radiogroup'}
      aria-labelledby={ids.question}
      aria-invalid={invalid || undefined}
    >
      {choices.map((choice) => (
        <ChoiceTile
          key={choice.value}
          choice={choice}
          name={name}
          chosen={chosen.includes(choice.value)}
          several={several}
          drawingSize={drawingSize}
          onChoose={onChoose}
          invalid={invalid}
        />
      ))}
    </div>
  )
}
