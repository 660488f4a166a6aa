/**
 * A Vietnamese name is written family name first, given name last, what lies between is the middle
 * name. That is a guess from the words alone: some have two words for a family name, and the
 * peoples of the highlands often put it last. Whoever bears the name has the last word.
 */
export function guessedNamePart(name: string, part: 'family' | 'given'): string | null {
  const all = wordsOf(name)
  if (part === 'given') return all.at(-1) ?? null
  return all.length > 1 ? (all[0] ?? null) : null
}

/** Whether these words stand in the name, whole and side by side. */
export const isPartOfName = (name: string, part: string): boolean =>
  placeOf(wordsOf(name), wordsOf(part)) >= 0

/** What is left of a name without these parts; null where nothing is. */
export function restOfName(name: string, parts: readonly string[]): string | null {
  const left = parts.reduce((words, part) => without(words, wordsOf(part)), wordsOf(name))
  return left.length > 0 ? left.join(' ') : null
}

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '')

function without(words: string[], part: readonly string[]): string[] {
  const at = placeOf(words, part)
  return at < 0 ? words : words.toSpliced(at, part.length)
}

function placeOf(words: readonly string[], part: readonly string[]): number {
  if (part.length === 0) return -1
  return words.findIndex((_, at) => part.every((word, index) => words[at + index] === word))
}
