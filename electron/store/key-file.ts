import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { createKeyProvider, GCM, type KeyProvider } from './keys.ts'
import { systemCode } from './sqlite.ts'

/**
 * Why there is no key.
 * - `exposed`: group or others may read the file.
 * - `damaged`: not 32 bytes.
 */
export type KeyProblem =
  | { readonly code: 'exposed' }
  | { readonly code: 'damaged' }
  | { readonly code: 'io'; readonly reason: string }

/**
 * The simplest key provider: 32 random bytes in `kiosk.key`, mode 0600, on a disk that is
 * encrypted as a whole. The first start makes the file.
 */
export async function openKeyFile(dir: string): Promise<Result<KeyProvider, KeyProblem>> {
  const file = join(dir, 'kiosk.key')
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const found = await readKey(file)
    if (found !== undefined) return found
    await createKey(dir, file)
    return (await readKey(file)) ?? err({ code: 'io', reason: 'ENOENT' })
  } catch (cause) {
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    return err({ code: 'io', reason })
  }
}

async function readKey(file: string): Promise<Result<KeyProvider, KeyProblem> | undefined> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    if (systemCode(cause) === 'ENOENT') return undefined
    throw cause
  })
  if (handle === undefined) return undefined
  try {
    // Windows has no such bits; there the folder's access list decides.
    const mode = (await handle.stat()).mode
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return err({ code: 'exposed' })
    const bytes = await handle.readFile()
    return bytes.length === GCM.KEY_BYTES ? ok(createKeyProvider(bytes)) : err({ code: 'damaged' })
  } finally {
    await handle.close()
  }
}

/**
 * Writes the key under another name, syncs it, then links it into place: a power cut leaves a
 * whole key or none, and a key that is already there is never replaced.
 */
async function createKey(dir: string, file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(randomBytes(GCM.KEY_BYTES))
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(draft, file)
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause
  } finally {
    await rm(draft)
  }
  if (process.platform === 'win32') return
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
