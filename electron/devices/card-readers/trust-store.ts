import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPem, type Certificate } from './protocol/certificate.ts'

/**
 * The signing authorities of a deployment: every certificate of an authority in the PEM files of a
 * folder; one of a signer is left out, as it may not vouch for others. A folder that is not there or
 * not readable trusts nobody, and so does no folder.
 */
export async function readTrustStore(dir: string | null): Promise<readonly Certificate[]> {
  if (dir === null) return []
  try {
    const names = (await readdir(dir)).filter((name) => /\.(?:pem|crt|cer)$/i.test(name))
    const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'latin1')))
    return texts.flatMap((text) => readPem(text)).filter(({ isAuthority }) => isAuthority)
  } catch {
    return []
  }
}
