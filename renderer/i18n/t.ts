import type { Phrase } from '../../shared/domain/phrase.ts'
import { vi, type MessageKey, type Messages } from './vi.ts'

/** The placeholders of a message: `'{a} và {b}'` gives `'a' | 'b'`. */
export type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never

/** What a message needs beside its key: nothing, or a value for each placeholder. */
export type Params<Key extends MessageKey> = [Placeholder<Messages[Key]>] extends [never]
  ? readonly []
  : readonly [params: Readonly<Record<Placeholder<Messages[Key]>, string | number>>]

/** The text of a message with its placeholders filled. */
export function t<Key extends MessageKey>(key: Key, ...params: Params<Key>): string
export function t(key: MessageKey, params: Readonly<Record<string, string | number>> = {}): string {
  return vi[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`message ${key} needs ${name}`)
    return String(value)
  })
}

/** A message of the page in the shape that words from data have: its key, its text. */
export function words<Key extends MessageKey>(key: Key, ...params: Params<Key>): Phrase {
  return { key, text: t(key, ...params) }
}
