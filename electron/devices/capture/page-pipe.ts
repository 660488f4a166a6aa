import { execFile } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'

/** Pages that a program writes to files, one after the other, as one stream that is on no disk. */
export interface PagePipe {
  /** Where the program is to write: page N to `N.pnm.part`. */
  readonly dir: string
  /** For the program to inherit: as long as it lives, the stream does not end. */
  readonly writing: number
  readonly output: Readable
  /** The program has inherited what it is to have. */
  handedOver(): void
  /** To be called when the program is gone: before, it would make files where the names were. */
  remove(): Promise<void>
}

/**
 * A FIFO in a folder of its own below `parent`, with the name of every page linked to it. Null where this machine has none; nothing may be
 * written to the folder then.
 */
export async function openPagePipe(parent: string, pages: number): Promise<PagePipe | null> {
  // Only this user enters it.
  const dir = await mkdtemp(join(parent, 'kiosk-scan-')).catch(() => null)
  if (dir === null) return null
  const remove = () => rm(dir, { recursive: true, force: true })
  try {
    const fifo = join(dir, 'pages')
    await promisify(execFile)('mkfifo', ['-m', '600', fifo])
    for (let page = 1; page <= pages; page += 1) {
      await symlink('pages', join(dir, `${page}.pnm.part`))
    }
    // Without waiting for who writes; then who writes finds one who reads.
    const reading = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK)
    const output = new Socket({ fd: reading, readable: true, writable: false })
    const writing = openSync(fifo, constants.O_WRONLY)
    return { dir, writing, output, handedOver: () => closeSync(writing), remove }
  } catch {
    await remove()
    return null
  }
}
