import { useId } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say, say } from '../i18n/say.tsx'
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
}: {
  readonly choice: Choice
  /** Name of the group that the tile belongs to. */
  readonly name: string
  readonly chosen: boolean
  readonly drawingSize: number
  readonly onChoose: (value: string) => void
  readonly invalid?: boolean
}) {
  const { value, label, help, drawing, pieces } = choice
  return (
    <label className="tile tile--choice">
      <input
        type="radio"
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
      <span className="tick" aria-hidden="true">
        <Glyph name="tick" />
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
    <span data-say={phrase.key}>
      {parts.map(({ text, marked, start }) => (marked ? <u key={start}>{text}</u> : text))}
    </span>
  )
}

/** Tiles of which one is chosen; the screen's question is their name. */
export function ChoiceTiles({
  choices,
  value,
  onChoose,
  columns,
  drawingSize,
  invalid = false,
}: {
  readonly choices: readonly Choice[]
  readonly value: string | null
  readonly onChoose: (value: string) => void
  readonly columns: 1 | 2
  readonly drawingSize: number
  readonly invalid?: boolean
}) {
  const name = useId()
  return (
    <div
      className={columns === 2 ? 'tiles tiles--2' : 'tiles'}
      style={{ '--rows': Math.ceil(choices.length / columns) }}
      role="radiogroup"
      aria-labelledby={ids.question}
      aria-invalid={invalid || undefined}
    >
      {choices.map((choice) => (
        <ChoiceTile
          key={choice.value}
          choice={choice}
          name={name}
          chosen={choice.value === value}
          drawingSize={drawingSize}
          onChoose={onChoose}
          invalid={invalid}
        />
      ))}
    </div>
  )
}
