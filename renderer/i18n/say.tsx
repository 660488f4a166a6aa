import type { Phrase } from '../../shared/domain/phrase.ts'
import type { Value } from '../../shared/speech/index.ts'
import { SOURCE } from '../../shared/speech/index.ts'
import { saysHere } from '../speech/marked.ts'
import { phraseInLanguage, textLanguage } from './language.ts'
import { words, type Params } from './t.ts'
import type { MessageKey } from './vi.ts'

/** Words on the screen, from data or from the page. `data-say` is the key of their spoken clip. */
export function Say({ phrase }: { readonly phrase: Phrase }) {
  const shown = phraseInLanguage(phrase)
  return (
    <span data-say={shown.key} ref={saysHere(shown)} {...langOf(shown)}>
      {shown.text}
    </span>
  )
}

/** Says of words in another language than the page's which it is. */
export function langOf({ lang }: Phrase): { readonly lang?: string } {
  const is = lang ?? SOURCE
  return is === textLanguage() ? {} : { lang: is }
}

/** A message of the page as an element. */
export function say<Key extends MessageKey>(key: Key, ...params: Params<Key>) {
  return <Say phrase={words(key, ...params)} />
}

/** A value that stands on the screen by itself; `key` says of what kind it is, for no clip of its own. */
export function sayValue(key: `value.${string}`, value: Value) {
  return <Say phrase={{ ...value, key }} />
}
