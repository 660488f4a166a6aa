/**
 * Breaks text into lines no wider than `width`, at spaces, and inside a word only where the word
 * alone is too wide. Spaces between lines are dropped; runs of white space count as one.
 */
export function wrapText(text: string, width: number, measure: (line: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (measure(line) > width) {
      const cut = longestHead(line, width, measure)
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
      if (line === '') break
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

/** Length in UTF-16 units of the longest head that fits, at least one code point. */
function longestHead(word: string, width: number, measure: (line: string) => number): number {
  let end = 0
  for (const letter of word) {
    const next = end + letter.length
    if (end > 0 && measure(word.slice(0, next)) > width) break
    end = next
  }
  return end
}

/** As `wrapText`, but with lines of about the same length: no last word left alone in a title. */
export function wrapBalanced(
  text: string,
  width: number,
  measure: (line: string) => number,
): string[] {
  const lines = wrapText(text, width, measure)
  if (lines.length < 2) return lines
  // Narrower than its widest word a title would be broken inside that word.
  let low = Math.max(width / 2, ...text.split(/\s+/u).map(measure))
  let high = width
  let best = lines
  for (let round = 0; round < 8 && low < high; round += 1) {
    const middle = (low + high) / 2
    const tried = wrapText(text, middle, measure)
    if (tried.length === lines.length) {
      best = tried
      high = middle
    } else {
      low = middle
    }
  }
  return best
}
