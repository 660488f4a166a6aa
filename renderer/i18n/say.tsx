import type { Phrase } from '../../shared/domain/phrase.ts'
import { words, type Params } from './t.ts'
import type { MessageKey } from './vi.ts'

/** Words on the screen, from data or from the page. `data-say` is the key of their spoken clip. */
export function Say({ phrase }: { readonly phrase: Phrase }) {
  return <span data-say={phrase.key}>{phrase.text}</span>
}

/** A message of the page as an element. */
export function say<Key extends MessageKey>(key: Key, ...params: Params<Key>) {
  return <Say phrase={words(key, ...params)} />
}
