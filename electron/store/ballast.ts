import { rmSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncDirNow, writeDurably } from './atomic-file.ts'
import { DISK_LIMITS } from './disk.ts'
import { systemCode } from './sqlite.ts'

/** Room that is kept back for the moment when the disk is full. */
export type Ballast = {
  held(): boolean
  /** Gives the room back at once; false where there was none left to give. */
  release(): boolean
  /** Takes the room again; false where the disk has not enough of it. */
  restore(): Promise<boolean>
}

const CHUNK_BYTES = 1024 * 1024

/** Opens the ballast of a store's folder and tries to fill it. */
export async function openBallast(
  dir: string,
  bytes: number = DISK_LIMITS.BALLAST_BYTES,
): Promise<Ballast> {
  const path = join(dir, 'kiosk.ballast')
  let held = false
  const restore = async (): Promise<boolean> => {
    held = held || (await isWhole(path, bytes)) || (await fill(path, bytes))
    return held
  }
  await restore()
  return {
    held: () => held,
    release() {
      if (!held) return false
      held = false
      rmSync(path, { force: true })
      // Without it some file systems keep the blocks for a while.
      syncDirNow(dirname(path))
      return true
    },
    restore,
  }
}

/** Really written, not only long: a sparse file keeps no room back. */
async function isWhole(path: string, bytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.size === bytes && (process.platform === 'win32' || found.blocks * 512 >= bytes)
}

async function fill(path: string, bytes: number): Promise<boolean> {
  const chunk = Buffer.alloc(CHUNK_BYTES, 0xb5)
  try {
    await writeDurably(path, async (handle) => {
      for (let at = 0; at < bytes; at += CHUNK_BYTES) {
        await handle.writeFile(chunk.subarray(0, bytes - at))
      }
    })
    return true
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause
    return false
  }
}
