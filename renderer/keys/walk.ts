/**
 * Where a press of the keypad leads. A screen is one line of stops, which up and down go round; a stop
 * may hold a row of keys, so that a keyboard is passed in a few presses. Pure: what the stops are is
 * in `stops.ts`.
 */

/** How many keys each stop of a screen holds; 0 where it is one thing by itself. */
export type Shape = readonly number[]

/** One stop, or with `key` a key within its row. */
export interface Place {
  readonly stop: number
  readonly key: number | null
}

export type WalkKey = 'up' | 'down' | 'back' | 'next' | 'select'

export type Doing =
  | { readonly kind: 'stand'; readonly place: Place }
  | { readonly kind: 'press'; readonly place: Place }
  /** As the frame's "Quay lại", and as the key of the way on. */
  | { readonly kind: 'go-back' }
  | { readonly kind: 'go-on' }

/** The title, where every screen begins. */
export const begin: Place = { stop: 0, key: null }

/** What a key does from a place; null is nowhere on this screen, as when what stood there is gone. */
export function walk(shape: Shape, place: Place | null, key: WalkKey): Doing {
  switch (key) {
    case 'up':
    case 'down':
      if (place === null) return { kind: 'stand', place: begin }
      return { kind: 'stand', place: along(shape, place, key === 'down' ? 1 : -1) }
    case 'next':
      return { kind: 'go-on' }
    case 'back':
      // Out of a row first: there is always a way out.
      if (place === null || place.key === null) return { kind: 'go-back' }
      return { kind: 'stand', place: { ...place, key: null } }
    case 'select':
      if (place === null) return { kind: 'stand', place: begin }
      if (place.key === null && keysAt(shape, place) > 0) {
        return { kind: 'stand', place: { ...place, key: 0 } }
      }
      return { kind: 'press', place }
  }
}

/**
 * One thing on, for whoever has no key for the way out: past the last key of a row comes the row
 * itself once more, and then what stands behind it.
 */
export function scanOn(shape: Shape, place: Place | null): Place {
  if (place === null) return begin
  if (place.key === null) return along(shape, place, 1)
  const key = place.key + 1
  return { stop: place.stop, key: key < keysAt(shape, place) ? key : null }
}

/** Which of how many this place is, from 1: within its row, or on the screen. */
export function positionOf(shape: Shape, { stop, key }: Place): { index: number; count: number } {
  if (key === null) return { index: stop + 1, count: shape.length }
  return { index: key + 1, count: shape[stop] ?? 0 }
}

const keysAt = (shape: Shape, { stop }: Place): number => shape[stop] ?? 0

/** A row is gone round by itself: its keys are pressed one after another. */
function along(shape: Shape, place: Place, by: 1 | -1): Place {
  if (place.key !== null) return { ...place, key: round(place.key + by, keysAt(shape, place)) }
  return { stop: round(place.stop + by, shape.length), key: null }
}

const round = (at: number, count: number): number => (count === 0 ? 0 : (at + count) % count)
