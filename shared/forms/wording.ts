/** Bounds of what is said to a citizen. */
export const wordingLimits = {
  /** Words (Vietnamese syllables) of a question; it stands in the largest type and is spoken. */
  MAX_QUESTION_WORDS: 12,
} as const

/** Officialese and guessed pronouns. */
const forbidden = ['vui lòng', 'quý khách', 'thực hiện', 'bạn']

/** hoà, khoẻ, thuý: the tone stands on the first vowel here (hòa, khỏe, thúy); "quý" is no such case. */
const newTonePlacement = /(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\p{L})/iu

/** Abbreviations that are names: people know them so, and the voice spells them. */
const namesInCapitals: ReadonlySet<string> = new Set(['ACB', 'BIDV', 'MB'])

/** What is wrong with a text for citizens; empty where nothing is. */
export function wordingProblems(text: string): string[] {
  const problems: string[] = []
  if (text !== text.normalize('NFC')) problems.push('not NFC')
  if (text !== text.trim() || text.includes('  ')) problems.push('stray spaces')
  if (text.includes('*')) problems.push('asterisk')
  if (text.includes('!')) problems.push('exclamation mark')
  // Codes such as CT01 carry a digit and are read letter by letter; a bare word must not shout.
  const words = text.match(/(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])/gu) ?? []
  const shouted = words.find((word) => !namesInCapitals.has(word))
  if (shouted !== undefined) problems.push(`capitals: ${shouted}`)
  for (const phrase of forbidden) {
    if (new RegExp(`(?<!\\p{L})${phrase}(?!\\p{L})`, 'iu').test(text)) {
      problems.push(`forbidden: ${phrase}`)
    }
  }
  const placed = text.match(newTonePlacement)
  if (placed) problems.push(`tone placement: ${placed[0]}`)
  return problems
}

/** As `wordingProblems`, and short enough to be asked in one breath. */
export function questionProblems(text: string): string[] {
  const problems = wordingProblems(text)
  const count = text.trim().split(/\s+/).length
  if (count > wordingLimits.MAX_QUESTION_WORDS) problems.push(`${count} words`)
  return problems
}
