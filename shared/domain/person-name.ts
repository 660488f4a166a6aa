/**
 * A Vietnamese name is written family name first, given name last, what lies between is the middle
 * name. That is a guess from the words alone: some have two words for a family name, and the
 * peoples of the highlands often put it last. Whoever bears the name has the last word. `taken`:
 * parts that stand in boxes of their own already.
 */
export function guessedNamePart(
  name: string,
  part: 'family' | 'given',
  taken: readonly string[] = [],
): string | null {
  const left = wordsOf(name, taken).filter(isWord)
  if (part === 'given') return left.at(-1) ?? null
  return left.length > 1 ? (left[0] ?? null) : null
}

/** Whether these words stand in what is left of the name, whole and side by side. */
export const isPartOfName = (name: string, part: string, taken: readonly string[] = []): boolean =>
  placeOf(wordsOf(name, taken), wordsOf(part)) >= 0

/** What is left of a name without these parts; null where nothing is. */
export const restOfName = (name: string, taken: readonly string[]): string | null =>
  wordsOf(name, taken).filter(isWord).join(' ') || null

/** Stands where a part was taken out, so that words on either side are no neighbours. */
const GAP = ''
const isWord = (word: string): boolean => word !== GAP

function wordsOf(text: string, taken: readonly string[] = []): string[] {
  return taken.reduce((words, part) => {
    const partWords = wordsOf(part)
    const at = placeOf(words, partWords)
    return at < 0 ? words : words.toSpliced(at, partWords.length, GAP)
  }, text.split(' ').filter(isWord))
}

function placeOf(words: readonly string[], part: readonly string[]): number {
  if (part.length === 0) return -1
  return words.findIndex((_, at) => part.every((word, index) => words[at + index] === word))
}
