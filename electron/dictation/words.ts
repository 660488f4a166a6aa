import { DICTATION } from '../../shared/domain/dictation.ts'

/**
 * The words in what a recogniser has written; null where there are none. Recognisers write sentences
 * with a stop behind them, and remarks on what is no speech in brackets ("[tiếng nhạc]"): no field
 * wants either.
 */
export function wordsIn(output: Uint8Array): string | null {
  const text = decode(output)
  if (text === null) return null
  const words = text
    .replaceAll(/\[[^\]]*\]|\([^)]*\)/g, ' ')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .normalize('NFC')
    .replace(/^[\s.,;:!?…–-]+/u, '')
    .replace(/[\s.,;:!?…–-]+$/u, '')
  const cut = [...words]
    .slice(0, DICTATION.TEXT_MAX / 2)
    .join('')
    .trimEnd()
  return /[\p{L}\p{N}]/u.test(cut) ? cut : null
}

function decode(output: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(output)
  } catch {
    return null
  }
}
