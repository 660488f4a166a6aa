import { drawings } from '../../shared/forms/drawings.ts'

/** A small sign inside a button or a state line. */
export type GlyphName =
  | 'again'
  | 'back'
  | 'bin'
  | 'camera'
  | 'contrast'
  | 'cross'
  | 'delete'
  | 'done'
  | 'down'
  | 'erase'
  | 'help'
  | 'hold'
  | 'lock'
  | 'lower'
  | 'mic'
  | 'next'
  | 'pen'
  | 'plus'
  | 'print'
  | 'search'
  | 'size'
  | 'skip'
  | 'space'
  | 'stop'
  | 'thumb'
  | 'tick'
  | 'turn'
  | 'up'
  | 'voice'
  | 'wait'
  | 'warn'

/** Drawings of things and livelihood carry rice green; people and papers carry lotus. */
const riceDrawings: ReadonlySet<string> = new Set([
  'away',
  'coin',
  'house',
  'learn',
  'other',
  'shop',
  'split',
  'stay',
  'track',
])

/** The drawing to show for a name that came with data; an unknown name is "other". */
export function drawingId(name: string): string {
  return drawings.has(name) ? name : 'other'
}

/**
 * A drawing, always beside its word and so silent to a screen reader. `size` is its side in
 * millimetres; `big` is for the one that stands on the counter.
 */
export function Drawing({
  name,
  size,
  big = false,
}: {
  readonly name: string
  readonly size: number
  readonly big?: boolean
}) {
  const id = drawingId(name)
  const classes = ['draw', big ? 'draw--big' : '', riceDrawings.has(id) ? 'rice' : '']
  return (
    <svg
      className={classes.filter(Boolean).join(' ')}
      style={{ '--d': size }}
      viewBox="0 0 96 96"
      aria-hidden="true"
    >
      <use href={`#${id}`} />
    </svg>
  )
}

/** The commune's hall, as wide as the page: the first screen, and the resting half when lowered. */
export function HallDrawing() {
  return (
    <svg className="draw draw--hall" viewBox="0 0 240 106" aria-hidden="true">
      <use href="#hall" />
    </svg>
  )
}

/** The product's mark. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 40 40" aria-hidden="true">
      <use href="#mark" />
    </svg>
  )
}

/** A glyph; `size` in millimetres where it differs from its place's own. */
export function Glyph({ name, size }: { readonly name: GlyphName; readonly size?: number }) {
  return (
    <svg
      className="glyph"
      {...(size === undefined ? {} : { style: { '--g': size } })}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <use href={`#g-${name}`} />
    </svg>
  )
}
