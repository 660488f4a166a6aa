import { cp, lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { VoicePack } from '../../shared/speech/schema.ts'
import { syncDir } from '../store/index.ts'
import { filesOfPack, openSignedLanguage, type LanguageProblem } from './signed.ts'
import { packFile } from './pack.ts'

/** Why a pack was not installed: it is not believed, or its language comes with the kiosk. */
export type InstallProblem = LanguageProblem | { readonly code: 'shipped'; readonly tag: string }

/**
 * Installs a signed pack into a kiosk's folder of languages. Its own files alone are copied, and the
 * copy is verified once more: a stick may be swapped meanwhile. The name of the language is a link
 * to the copy, and changing a link is one step: at any moment the old pack or the new one is there
 * whole.
 */
export async function installLanguage(
  from: string,
  languages: string,
  publicKeyPem: string | null,
  shippedTags: readonly string[],
): Promise<Result<VoicePack, InstallProblem>> {
  const source = await openSignedLanguage(from, publicKeyPem)
  if (!source.ok) return source
  const { language: tag } = source.value
  if (shippedTags.includes(tag)) return err({ code: 'shipped', tag })
  const issue = createHash('sha256').update(packFile(source.value)).digest('hex').slice(0, 16)
  const copy = `.${tag}-${issue}`
  const to = join(languages, copy)
  await mkdir(languages, { recursive: true, mode: 0o700 })
  const last = await linkedTo(languages, tag)
  if (last === copy && (await openSignedLanguage(to, publicKeyPem)).ok) return source

  // Beside the copy: where the same issue is installed and damaged, it stays until the new one lies.
  const fresh = last === copy ? `${copy}-again` : copy
  const target = join(languages, fresh)
  await rm(target, { recursive: true, force: true })
  for (const file of filesOfPack(source.value)) {
    await mkdir(dirname(join(target, file)), { recursive: true, mode: 0o700 })
    await cp(join(from, file), join(target, file))
  }
  const copied = await openSignedLanguage(target, publicKeyPem)
  if (!copied.ok) {
    await rm(target, { recursive: true, force: true })
    return copied
  }
  const link = join(languages, `.${tag}.link`)
  await rm(link, { force: true })
  await symlink(fresh, link, 'junction')
  await rename(link, join(languages, tag))
  await syncDir(languages)
  if (last !== null) await rm(join(languages, last), { recursive: true, force: true })
  return ok(copied.value)
}

/** Takes a language away from a kiosk; false where it has none of that name. */
export async function removeLanguage(languages: string, tag: string): Promise<boolean> {
  const path = join(languages, tag)
  const found = await lstat(path).catch(() => null)
  if (found === null) return false
  const copy = await linkedTo(languages, tag)
  await rm(path, { recursive: true })
  if (copy !== null) await rm(join(languages, copy), { recursive: true, force: true })
  return true
}

/** The copy to which the link of a language leads; null where there is none of ours. */
async function linkedTo(languages: string, tag: string): Promise<string | null> {
  const target = await readlink(join(languages, tag)).catch(() => null)
  return target !== null && target.startsWith(`.${tag}-`) && !/[/\\]/.test(target) ? target : null
}
