import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { err, type Result } from '../../shared/domain/result.ts'
import { SOURCE } from '../../shared/speech/index.ts'
import { languageTagSchema, type VoicePack } from '../../shared/speech/schema.ts'
import type { Log } from '../log.ts'
import { lookAtVoice } from './pack.ts'
import { languageRemedy, openSignedLanguage, type LanguageProblem } from './signed.ts'

/** A language that a citizen may choose. */
export interface OfferedLanguage {
  /** BCP 47 */
  readonly tag: string
  /** As its speakers call it. */
  readonly name: string
  /** Whether it has texts of its own; else the Vietnamese ones stay, and it is only spoken. */
  readonly texts: boolean
}

/** Vietnamese is there without any pack; then it is not spoken. */
export const sourceLanguage: OfferedLanguage = { tag: SOURCE, name: 'Tiếng Việt', texts: true }

/** What a kiosk can be read, and heard, in. */
export interface OfferedSpeech {
  /** Whether Vietnamese is spoken; without it nothing is. */
  readonly canSpeak: boolean
  /** Vietnamese first. */
  readonly languages: readonly OfferedLanguage[]
}

/** Where language packs lie, and whose signature those need that were brought to the kiosk. */
export interface LanguageSources {
  /** They came with the kiosk's own program, and are believed as it is. */
  readonly shipped: string
  readonly loaded: string
  /** Ed25519, PEM; null where nobody may bring any. */
  readonly publicKey: string | null
}

/** Every pack that lies there, and what keeps it from being offered. */
export interface FoundLanguage {
  readonly tag: string
  readonly dir: string
  readonly from: 'kiosk' | 'loaded'
  readonly pack: Result<VoicePack, LanguageProblem>
}

/**
 * Looks for language packs. Those that were brought are verified here, at each start, and not by a
 * note of an earlier verification: whoever can change a clip on the disk could write such a note.
 */
export async function findLanguages({
  shipped,
  loaded,
  publicKey,
}: LanguageSources): Promise<readonly FoundLanguage[]> {
  const found: FoundLanguage[] = []
  const add = (dir: string, from: FoundLanguage['from'], pack: FoundLanguage['pack']) => {
    const tag = basename(dir)
    const isOther = pack.ok && pack.value.language !== tag
    found.push({
      tag,
      dir,
      from,
      pack: isOther ? err({ code: 'invalid', where: 'language' }) : pack,
    })
  }
  for (const dir of await packsIn(shipped)) add(dir, 'kiosk', await lookAtVoice(dir))
  for (const dir of await packsIn(loaded)) {
    // A language that comes with the kiosk is never replaced.
    if (found.some(({ tag }) => tag === basename(dir))) continue
    add(dir, 'loaded', await openSignedLanguage(dir, publicKey))
  }
  return found
}

/** Folders that are named as a language is. */
async function packsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  const tags = names.filter((name) => languageTagSchema.safeParse(name).success)
  return tags.sort().map((tag) => join(folder, tag))
}

/** What the packs offer; one that is damaged, or not believed, is left out, and the log says so. */
export async function lookAtLanguages(sources: LanguageSources, log: Log): Promise<OfferedSpeech> {
  const others: OfferedLanguage[] = []
  let canSpeak = false
  for (const { tag, pack } of await findLanguages(sources)) {
    if (!pack.ok) log('no-voice', { language: tag, message: languageRemedy(pack.error) })
    else if (tag === SOURCE) canSpeak = true
    else others.push({ tag, name: pack.value.name, texts: pack.value.texts !== null })
  }
  return { canSpeak, languages: [sourceLanguage, ...others] }
}
