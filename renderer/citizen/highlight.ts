import { fold } from '../../shared/domain/vietnamese.ts'

/**
 * Cuts a name at the words that were asked for, tone marks or not: pieces of which every second
 * one matches. A word matches from its beginning; a space matches between two that do.
 */
export function highlight(name: string, asked: string): readonly string[] {
  const wanted = fold(asked).split(/\s+/).filter(Boolean)
  const tokens = name.match(/\s+|\S+/gu) ?? []
  const isHit = (token: string | undefined) =>
    token !== undefined && wanted.some((word) => fold(token).startsWith(word))
  const pieces: string[] = ['']
  for (const [at, token] of tokens.entries()) {
    const hit = /^\s/u.test(token) ? isHit(tokens[at - 1]) && isHit(tokens[at + 1]) : isHit(token)
    const last = pieces.length - 1
    if (hit === (last % 2 === 1)) pieces[last] = `${pieces[last] ?? ''}${token}`
    else pieces.push(token)
  }
  return pieces
}
