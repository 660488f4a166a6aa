import { fold } from '../../shared/domain/vietnamese.ts'

/**
 * Cuts a name at the words that were asked for, tone marks or not: pieces of which every second
 * one matches. A word matches from its beginning.
 */
export function highlight(name: string, asked: string): readonly string[] {
  const wanted = fold(asked).split(/\s+/).filter(Boolean)
  const pieces: string[] = ['']
  for (const part of name.normalize('NFC').split(/(?<=\s)|(?=\s)/u)) {
    const hit = wanted.some((word) => fold(part).startsWith(word))
    const last = pieces.length - 1
    const matching = pieces.length % 2 === 0
    const joins = hit === matching || (part.trim() === '' && matching)
    if (joins) pieces[last] = `${pieces[last] ?? ''}${part}`
    else pieces.push(part)
  }
  return trimmed(pieces)
}

/** A space after the last matching word belongs to what follows, so that no line runs under it. */
function trimmed(pieces: readonly string[]): readonly string[] {
  return pieces.map((piece, at) => {
    const before = pieces[at - 1] ?? ''
    const lead = at % 2 === 0 && at > 0 ? (/\s+$/u.exec(before)?.[0] ?? '') : ''
    return lead + (at % 2 === 1 ? piece.trimEnd() : piece)
  })
}
