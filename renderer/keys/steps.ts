import type { Phrase } from '../../shared/domain/phrase.ts'
import { spokenOfStop } from './spoken.ts'
import { elementAt, placeOf, stopsOf, type Stop } from './stops.ts'
import { pressAndStay } from './typed-digit.ts'
import { positionOf, type Place, type Shape } from './walk.ts'

/** The line of the screen as it is now, and where on it the focus is. */
export interface Standing {
  readonly line: readonly Stop[]
  readonly shape: Shape
  readonly place: Place | null
}

export function standingOn(page: Document): Standing {
  const line = stopsOf(page)
  const shape = line.map(({ keys }) => keys.length)
  return { line, shape, place: placeOf(line, page.activeElement) }
}

type Say = (phrases: readonly Phrase[]) => void

/** Puts the focus on a place, and says what stands there. */
export function stand({ line, shape }: Standing, place: Place, say: Say): void {
  const element = elementAt(line, place)
  if (element === undefined) return
  // What is only read takes the focus too, but stays out of the way of the tab key.
  if (element.tabIndex === -1) element.tabIndex = -1
  element.dataset['walked'] = ''
  element.focus()
  // The circle of a tile is but its corner.
  element.closest('label')?.scrollIntoView({ block: 'nearest' })
  const keys = place.key === null ? (line[place.stop]?.keys ?? []) : []
  say(spokenOfStop({ element, keys }, positionOf(shape, place)))
}

/** Presses what stands on a place. */
export function press(standing: Standing, place: Place, say: Say): void {
  const element = elementAt(standing.line, place)
  if (element === undefined) return
  if (place.key !== null) return pressAndStay(element)
  const isBox = element instanceof HTMLInputElement && element.inputMode !== ''
  // A box and a text have nothing to press: they are told again.
  if (isBox || !element.matches('button, input, a[href]')) stand(standing, place, say)
  else element.click()
}
