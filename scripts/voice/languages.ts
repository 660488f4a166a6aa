import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTexts, type Translation } from '../../shared/speech/index.ts'

/** A language that comes with the kiosk, and how the machine's voice speaks it. */
export interface ShippedLanguage {
  /** BCP 47 */
  readonly tag: string
  /** As its speakers call it. */
  readonly name: string
  readonly dir: string
  /** Of espeak-ng. */
  readonly voice: { readonly name: string; readonly wordsPerMinute: number; readonly pitch: number }
}

const packs = fileURLToPath(new URL('../../resources/voice', import.meta.url))

export const vietnamese: ShippedLanguage = {
  tag: 'vi',
  name: 'Tiếng Việt',
  dir: join(packs, 'vi'),
  voice: { name: 'vi', wordsPerMinute: 145, pitch: 42 },
}

export const english: ShippedLanguage = {
  tag: 'en',
  name: 'English',
  dir: join(packs, 'en'),
  voice: { name: 'en-gb', wordsPerMinute: 140, pitch: 42 },
}

/** The texts of a language by the Vietnamese, and the hash that its pack carries; null for Vietnamese. */
export async function textsOf(language: ShippedLanguage): Promise<{
  readonly texts: ReadonlyMap<string, Translation>
  readonly sha256: string
} | null> {
  const bytes = await readFile(join(language.dir, 'texts.json')).catch(() => null)
  if (bytes === null) return null
  return {
    texts: readTexts(JSON.parse(bytes.toString('utf8'))),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
