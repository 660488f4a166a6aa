import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPem } from './protocol/certificate.ts'
import { readLists, type Trust } from './protocol/revocation-list.ts'

const NOBODY: Trust = { authorities: [], lists: [] }

/**
 * Whom a deployment believes: every certificate of an authority in the PEM files of a folder (one of a
 * signer is left out, as it may not vouch for others), and the revocation lists in its CRL files, PEM
 * or DER. A folder that is not there or not readable trusts nobody, and so does no folder.
 */
export async function readTrustStore(dir: string | null): Promise<Trust> {
  if (dir === null) return NOBODY
  try {
    const names = await readdir(dir)
    const filesOf = (kind: RegExp) =>
      Promise.all(names.filter((name) => kind.test(name)).map((name) => readFile(join(dir, name))))
    const certificates = await filesOf(/\.(?:pem|crt|cer)$/i)
    const lists = await filesOf(/\.crl$/i)
    return {
      authorities: certificates
        .flatMap((file) => readPem(file.toString('latin1')))
        .filter(({ isAuthority }) => isAuthority),
      lists: lists.flatMap(readLists),
    }
  } catch {
    return NOBODY
  }
}
