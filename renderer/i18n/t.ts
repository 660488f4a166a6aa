import type { Phrase } from '../../shared/domain/phrase.ts'
import { secret, SOURCE, spokenMessage, textOf, type Fill } from '../../shared/speech/index.ts'
import { inLanguage, phraseInLanguage } from './language.ts'
import { vi, type MessageKey, type Messages } from './vi.ts'

/** The placeholders of a message: `'{a} và {b}'` gives `'a' | 'b'`. */
export type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never

/** What a message needs beside its key: nothing, or a value for each placeholder. */
export type Params<Key extends MessageKey> = [Placeholder<Messages[Key]>] extends [never]
  ? readonly []
  : readonly [params: Readonly<Record<Placeholder<Messages[Key]>, string | Fill>>]

type Given = Readonly<Record<string, string | Fill>>

/** The text of a message in the language of the page, with its placeholders filled. */
export function t<Key extends MessageKey>(key: Key, ...params: Params<Key>): string
export function t(key: MessageKey, params: Given = {}): string {
  const fill = (name: string) => fillOf(key, params, name)
  return filled(inLanguage(vi[key], countIn(params)).text, fill)
}

/**
 * A message of the page in the shape that words from data have: its key, its text, and where values
 * stand in it, how it is said. A bare string is taken for the citizen's own and kept from the
 * loudspeaker; what anybody may hear is marked `aloud`. Without values it is the Vietnamese source,
 * put into the language of the page where it is shown or said.
 */
export function words<Key extends MessageKey>(key: Key, ...params: Params<Key>): Phrase
export function words(key: MessageKey, params?: Given): Phrase {
  if (params === undefined) return { key, text: vi[key] }
  const fill = (name: string) => fillOf(key, params, name)
  const { text, lang } = inLanguage(vi[key], countIn(params))
  const phrase = { key, text: filled(text, fill), spoken: spokenMessage(text, fill, lang) }
  return lang === SOURCE ? phrase : { ...phrase, lang }
}

const filled = (text: string, fill: (name: string) => Fill): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => textOf(fill(name)))

function fillOf(key: MessageKey, params: Given, name: string): Fill {
  const value = params[name]
  if (value === undefined) throw new Error(`message ${key} needs ${name}`)
  if (typeof value === 'string') return secret(value)
  return typeof value === 'object' && 'key' in value ? phraseInLanguage(value) : value
}

/** Of what a message speaks: the first number in it. */
function countIn(params: Given): number | undefined {
  for (const value of Object.values(params)) {
    if (typeof value === 'number') return value
    if (typeof value === 'object' && 'count' in value) return value.count
  }
  return undefined
}
