/** What something costs the citizen: sums that can be added up. */
export interface Cost {
  /** Touches that do something, the keys of the keyboard among them. */
  readonly taps: number
  /** Code points that the citizen entered; what was chosen or found in a list is none. */
  readonly characters: number
  /** Presses of keys, with finished letters and one key a tone; and the same with Telex. */
  readonly keys: number
  readonly telexKeys: number
  /** Choices made. */
  readonly decisions: number
  /** Screens that the citizen reads; a small step of a place is one. */
  readonly screens: number
  /** Papers laid under the camera. */
  readonly feeds: number
}

export const nothing: Cost = {
  taps: 0,
  characters: 0,
  keys: 0,
  telexKeys: 0,
  decisions: 0,
  screens: 0,
  feeds: 0,
}

/** The parts that are not nothing. */
export const cost = (parts: Partial<Cost>): Cost => ({ ...nothing, ...parts })

export function sum(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (all, one) => ({
      taps: all.taps + one.taps,
      characters: all.characters + one.characters,
      keys: all.keys + one.keys,
      telexKeys: all.telexKeys + one.telexKeys,
      decisions: all.decisions + one.decisions,
      screens: all.screens + one.screens,
      feeds: all.feeds + one.feeds,
    }),
    nothing,
  )
}

/** Seconds a key and a screen or decision; the keys of an elder are 25 a minute, of others 60. */
const SECONDS = { elderKey: 2.35, adultKey: 1, screen: 3 } as const

/** Minutes that an elder and another adult take, the machines' own time not counted. */
export function minutes({ keys, decisions, screens }: Cost): { elder: number; adult: number } {
  const looking = SECONDS.screen * (decisions + screens)
  return {
    elder: (SECONDS.elderKey * keys + looking) / 60,
    adult: (SECONDS.adultKey * keys + looking) / 60,
  }
}
