import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  clipText,
  readTexts,
  SOURCE,
  wordsOf,
  type Line,
  type Translation,
} from '../../shared/speech/index.ts'
import { scriptSchema, type Script, type VoicePack } from '../../shared/speech/schema.ts'

/** What is to be recorded. `shipped`: the folder of the packs that come with the kiosk. */
export async function readScript(shipped: string): Promise<Script> {
  return scriptSchema.parse(
    JSON.parse(await readFile(join(shipped, SOURCE, 'script.json'), 'utf8')),
  )
}

/** The texts of a pack by the Vietnamese; null where it is only spoken, or they cannot be read. */
export async function textsIn(
  dir: string,
  { texts }: VoicePack,
): Promise<ReadonlyMap<string, Translation> | null> {
  if (texts === null) return null
  try {
    return readTexts(JSON.parse(await readFile(join(dir, 'texts.json'), 'utf8')))
  } catch {
    return null
  }
}

/** Clips, by id, whose text no kiosk says any more. */
export function unsaidClips(
  { language, clips }: VoicePack,
  lines: readonly Line[],
): readonly string[] {
  const { numbers, letters } = wordsOf(language)
  const known = new Set([
    ...lines.map(({ clip }) => clip),
    ...[...numbers, ...letters].map((word) => clipText(word)),
  ])
  // Vietnamese names are put together from syllables.
  const isSaid = (text: string) => known.has(text) || (language === SOURCE && !text.includes(' '))
  return Object.entries(clips).flatMap(([id, { text }]) => (isSaid(text) ? [] : [id]))
}
