import { fold } from '../../shared/domain/vietnamese.ts'

/** The frequent ones that are shown. */
export const FREQUENT_SHOWN = 5
/** Suggestions under the box; more letters find better than more tiles. */
export const SUGGESTIONS_SHOWN = 3

/** Without the spaces, which are easily forgotten or added. */
const run = (text: string) => text.replaceAll(' ', '')

/**
 * The items whose name has the typed words, without tones: those that begin with them first, then
 * those with a word that does, then any. Nothing typed finds nothing.
 */
export function findByWords<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  typed: string,
): readonly T[] {
  const wanted = fold(typed).trim().replaceAll(/\s+/g, ' ')
  if (wanted === '') return []
  const rank = (item: T) => {
    const name = fold(nameOf(item))
    if (name.startsWith(wanted)) return 0
    if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 1
    return run(name).includes(run(wanted)) ? 2 : 3
  }
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((one) => one.rank < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
