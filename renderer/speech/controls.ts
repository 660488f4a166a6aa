import type { Phrase } from '../../shared/domain/phrase.ts'

/**
 * What the keys beside the subtitle and the keypad ask for; the speaker hears it. `hush`: a key was
 * pressed, and whatever is being said ends. `hold`: somebody speaks into the microphone, and nothing is
 * said until `release`.
 */
export type VoiceWish =
  | 'again'
  | 'pause'
  | 'resume'
  | 'hush'
  | 'hold'
  | 'release'
  | { readonly say: readonly Phrase[] }

const listeners = new Set<(wish: VoiceWish) => void>()

export const wishVoice = (wish: VoiceWish): void => {
  for (const listener of listeners) listener(wish)
}

export function onVoiceWish(listener: (wish: VoiceWish) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
