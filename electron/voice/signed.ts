import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { err, type Result } from '../../shared/domain/result.ts'
import { clipPath } from '../../shared/speech/index.ts'
import type { VoicePack } from '../../shared/speech/schema.ts'
import { publicKeyOf } from '../ed25519.ts'
import { writeDurably } from '../store/index.ts'
import { packFile, parseVoicePack, voiceRemedy, type VoiceProblem } from './pack.ts'

/**
 * A language pack that is carried to a kiosk: `pack.json` has the SHA-256 of each clip and of the
 * texts, and `pack.sig` is an Ed25519 signature over the bytes of `pack.json`, base64. Whoever can
 * write on the kiosk's disk, or swaps a stick, cannot change what a citizen reads or hears.
 */
const SIGNATURE = 'pack.sig'

/** Why a language pack is not believed. */
export type LanguageProblem =
  | VoiceProblem
  | { readonly code: 'no-signature' }
  /** The kiosk's profile names no key, or none that can be used. */
  | { readonly code: 'no-key' | 'bad-key' }
  | { readonly code: 'bad-signature' }
  /** It is not as it was when it was signed. */
  | { readonly code: 'file-changed' | 'file-missing' | 'not-listed'; readonly file: string }

/** Signs a pack as it stands, under the name of an issue; what was signed before is void. */
export async function signLanguage(
  dir: string,
  pack: VoicePack,
  release: string,
  privateKey: KeyObject,
): Promise<void> {
  const bytes = Buffer.from(packFile({ ...pack, release }))
  const signature = `${sign(null, bytes, privateKey).toString('base64')}\n`
  await writeDurably(join(dir, 'pack.json'), (file) => file.writeFile(bytes))
  await writeDurably(join(dir, SIGNATURE), (file) => file.writeFile(signature))
}

/** Reads a pack and believes it only whole: each file as signed, none beside them. */
export async function openSignedLanguage(
  dir: string,
  publicKeyPem: string | null,
): Promise<Result<VoicePack, LanguageProblem>> {
  if (publicKeyPem === null) return err({ code: 'no-key' })
  const key = publicKeyOf(publicKeyPem)
  if (key === null) return err({ code: 'bad-key' })
  const bytes = await readFile(join(dir, 'pack.json')).catch(() => null)
  if (bytes === null) return err({ code: 'missing' })
  const pack = parseVoicePack(bytes)
  if (!pack.ok) return pack
  const signature = await readFile(join(dir, SIGNATURE), 'utf8').catch(() => null)
  if (signature === null) return err({ code: 'no-signature' })
  if (!verify(null, bytes, key, Buffer.from(signature.trim(), 'base64'))) {
    return err({ code: 'bad-signature' })
  }
  const listed = listedFiles(pack.value)
  for (const [file, sha256] of listed) {
    const found = await readFile(join(dir, file)).catch(() => null)
    if (found === null) return err({ code: 'file-missing', file })
    if (createHash('sha256').update(found).digest('hex') !== sha256) {
      return err({ code: 'file-changed', file })
    }
  }
  const known = new Set(['pack.json', SIGNATURE, ...listed.keys()])
  const stranger = (await filesIn(dir)).find((file) => !known.has(file))
  return stranger === undefined ? pack : err({ code: 'not-listed', file: stranger })
}

/** The files that a pack speaks of, by their names within it, and the SHA-256 of each. */
function listedFiles({ clips, texts }: VoicePack): ReadonlyMap<string, string> {
  const files = Object.entries(clips).map(([id, { sha256 }]) => [clipPath(id), sha256] as const)
  return new Map(texts === null ? files : [['texts.json', texts], ...files])
}

/** All that a signed pack consists of. */
export const filesOfPack = (pack: VoicePack): readonly string[] => [
  'pack.json',
  SIGNATURE,
  ...listedFiles(pack).keys(),
]

/** Whatever lies in a folder but folders, by its name within it, with `/`. */
export async function filesIn(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  return found
    .filter((one) => !one.isDirectory())
    .map((one) => relative(dir, join(one.parentPath, one.name)).replaceAll('\\', '/'))
    .sort()
}

/** One line for a technician: what is wrong and what to do. */
export function languageRemedy(problem: LanguageProblem): string {
  switch (problem.code) {
    case 'no-signature':
      return 'the language pack is not signed: kiosk language sign DIR --key FILE --version V'
    case 'no-key':
      return 'this kiosk knows nobody who may bring languages: put procedureKey into its profile'
    case 'bad-key':
      return 'procedureKey in the profile is no Ed25519 public key: mend the profile'
    case 'bad-signature':
      return 'the language pack is not signed by the key in the profile (procedureKey), or its list was changed since: sign it with the right key, or bring it again'
    case 'file-changed':
      return `${problem.file} of the language pack was changed since it was signed: bring the pack again`
    case 'file-missing':
      return `${problem.file} of the language pack is missing: bring the pack again`
    case 'not-listed':
      return `${problem.file} does not belong to the language pack: take it away`
    case 'missing':
      return 'no pack.json: name the folder of a language pack'
    case 'invalid':
    case 'other-format':
    case 'other-texts':
    case 'damaged':
      return voiceRemedy(problem)
  }
}
