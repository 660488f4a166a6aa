import { statfs } from 'node:fs/promises'

/** Limits of the disk under the store. */
export const DISK_LIMITS = {
  /** Below this no new visit begins. */
  MIN_FREE_BYTES: 512 * 1024 * 1024,
  /** Nor below so many of the biggest session: papers, their envelope, the log. */
  SESSIONS_FREE: 3,
  /** Kept back so that acknowledging and erasing still work on a full disk. */
  BALLAST_BYTES: 64 * 1024 * 1024,
} as const

/** `low`: end the visit that goes on, begin no other. */
export type DiskRoom = 'ok' | 'low'

/** Whether there is room for a new visit; both sizes in bytes. */
export function diskRoom(freeBytes: number, biggestSessionBytes: number): DiskRoom {
  const needed = Math.max(
    DISK_LIMITS.MIN_FREE_BYTES,
    DISK_LIMITS.SESSIONS_FREE * biggestSessionBytes,
  )
  return freeBytes < needed ? 'low' : 'ok'
}

/** Bytes that this process may still write on the disk of `dir`. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}
