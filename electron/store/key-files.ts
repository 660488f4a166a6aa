import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { syncDir, TEMPORARY_SUFFIX } from './atomic-file.ts'
import { systemCode } from './sqlite.ts'
import { vaultNames, type VaultName } from './vaults.ts'

/**
 * The files of the key ring, one key each: `kiosk.key`, `kiosk-2.key`, … for the key file, `.tpm`
 * and `.keyring` for what the other vaults have sealed. The highest number is the current key;
 * more than one file means that a rotation is under way.
 */
export type KeyFile = {
  readonly vault: VaultName
  readonly generation: number
  readonly path: string
}

const extensions = {
  'systemd-creds': 'tpm',
  'safe-storage': 'keyring',
  'key-file': 'key',
} as const satisfies Record<VaultName, string>

const GONE_SUFFIX = '.gone'
const NAME = /^kiosk(?:-([1-9]\d{0,8}))?\.(tpm|keyring|key)$/

/** The key files of a folder, newest first. Sweeps what a crash left half made or half destroyed. */
export async function listKeyFiles(dir: string): Promise<KeyFile[]> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const found: KeyFile[] = []
  for (const name of await readdir(dir)) {
    if (name.startsWith('kiosk') && name.endsWith(GONE_SUFFIX)) await shred(join(dir, name))
    // Never overwritten: it may be a second name of a key that is in use.
    if (name.startsWith('kiosk') && name.endsWith(TEMPORARY_SUFFIX)) await rm(join(dir, name))
    const match = NAME.exec(name)
    const vault = vaultNames.find((vault) => extensions[vault] === match?.[2])
    if (match === null || vault === undefined) continue
    found.push({ vault, generation: Number(match[1] ?? 1), path: join(dir, name) })
  }
  return found.sort((left, right) => right.generation - left.generation)
}

/** Reads a key file; `exposed` where group or others may read a key that nothing else protects. */
export async function readKeyFile(
  file: KeyFile,
): Promise<Result<Uint8Array, { readonly code: 'exposed' }>> {
  const handle = await open(file.path, 'r')
  try {
    // Windows has no such bits; there the folder's access list decides.
    const open = process.platform !== 'win32' && ((await handle.stat()).mode & 0o077) !== 0
    if (open && file.vault === 'key-file') return err({ code: 'exposed' })
    return ok(await handle.readFile())
  } finally {
    await handle.close()
  }
}

/**
 * Writes a key file whole or not at all, and never over another one: false where another process
 * made that generation first.
 */
export async function createKeyFile(
  dir: string,
  vault: VaultName,
  generation: number,
  kept: Uint8Array,
): Promise<KeyFile | undefined> {
  const name = `kiosk${generation === 1 ? '' : `-${generation}`}.${extensions[vault]}`
  const path = join(dir, name)
  const temporary = `${path}.${randomBytes(6).toString('hex')}${TEMPORARY_SUFFIX}`
  const handle = await open(temporary, 'wx', 0o600)
  try {
    await handle.writeFile(kept)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    // A link, not a rename: it fails where the name is taken.
    await link(temporary, path)
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') return undefined
    throw cause
  } finally {
    await rm(temporary, { force: true })
  }
  await syncDir(dir)
  return { vault, generation, path }
}

/**
 * Destroys a key: first it loses its name, so that a crash never leaves a spoilt key under a good
 * one, then its bytes are overwritten, then it goes. What a flash chip keeps of old blocks is
 * covered by the encryption of the whole disk alone.
 */
export async function destroyKeyFile(dir: string, file: KeyFile): Promise<void> {
  const gone = `${file.path}${GONE_SUFFIX}`
  await rename(file.path, gone)
  await syncDir(dir)
  await shred(gone)
  await syncDir(dir)
}

async function shred(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r+')
    try {
      const { size } = await handle.stat()
      await handle.write(randomBytes(size), 0, size, 0)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return
    throw cause
  }
  await rm(path, { force: true })
}
