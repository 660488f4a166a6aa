import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Ends the name of a file that is still being written; left behind only by a crash. */
export const TEMPORARY_SUFFIX = '.tmp'

/**
 * Writes a file so that after a power cut it is there whole or not at all: temporary name, fsync,
 * rename, fsync of the folder. Replaces what was there. Throws the system's error.
 */
export async function writeDurably<T>(
  path: string,
  fill: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}${TEMPORARY_SUFFIX}`
  // Readable as well: the simulated power cut takes its copy through the descriptor.
  const handle = await open(temporary, 'wx+', 0o600)
  let result: T
  try {
    try {
      result = await fill(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw cause
  }
  await syncDir(dirname(path))
  return result
}

/** As `writeDurably`, where nothing may be awaited. */
export function writeDurablyNow(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}${TEMPORARY_SUFFIX}`
  try {
    const file = openSync(temporary, 'wx+', 0o600)
    try {
      writeFileSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
  syncDirNow(dirname(path))
}

/** Makes names that were added or removed in a folder durable. */
export async function syncDir(dir: string): Promise<void> {
  // Windows cannot open a folder for that; NTFS journals its names.
  if (process.platform === 'win32') return
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** As `syncDir`, where nothing may be awaited. */
export function syncDirNow(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
