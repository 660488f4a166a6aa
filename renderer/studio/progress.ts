import { isSaidIn } from '../../shared/speech/index.ts'
import type { StudioLine, StudioState } from '../../shared/speech/studio.ts'

/** How many of so many lines are recorded. */
export interface Progress {
  readonly name: string
  readonly recorded: number
  readonly of: number
}

const counted = (name: string, lines: readonly StudioLine[]): Progress => ({
  name,
  recorded: lines.filter(({ recorded }) => recorded).length,
  of: lines.length,
})

/** Of the whole pack, and of the first procedures with the screens that every visit has. */
export function progressOf(
  { lines, journeys }: StudioState,
  whole: string,
  procedures: number,
): readonly Progress[] {
  return [
    counted(whole, lines),
    ...journeys.slice(0, procedures).map(({ code, name }) =>
      counted(
        name,
        lines.filter((line) => isSaidIn(line, code)),
      ),
    ),
  ]
}

/** The next line without a clip behind a place, from the beginning again; null where all have one. */
export function nextOpen(lines: readonly StudioLine[], from: number): number | null {
  for (let step = 1; step <= lines.length; step += 1) {
    const at = (from + step) % lines.length
    if (lines[at]?.recorded === false) return at
  }
  return null
}
