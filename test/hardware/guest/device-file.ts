import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** A character device that is read as it comes and written whole. */
export interface DeviceFile {
  write(bytes: Uint8Array): Promise<void>
  /** While held nothing is read, so that its driver fills up. */
  hold(): void
  release(): void
  close(): Promise<void>
}

/** Of one look at a device that had nothing to say; a blocking read would hold a thread for ever. */
const LOOK_MS = 5
const READ_BYTES = 16_384
const NOT_YET: ReadonlySet<string> = new Set(['ENOENT', 'ENODEV', 'ENXIO'])

/** Opens a device as soon as it is there. It ends by itself when the device goes. */
export async function openDeviceFile(
  path: string,
  onData: (bytes: Buffer) => void,
): Promise<DeviceFile> {
  const handle = await patiently(() => open(path, constants.O_RDWR | constants.O_NONBLOCK))
  const buffer = Buffer.alloc(READ_BYTES)
  let held = false
  const closing = new AbortController()

  async function readAll() {
    while (!closing.signal.aborted) {
      const found = held ? 'busy' : await handle.read(buffer, 0, READ_BYTES, null).catch(unlessBusy)
      if (found === 'gone') return
      if (found === 'busy' || found.bytesRead === 0) await delay(LOOK_MS)
      else onData(Buffer.from(buffer.subarray(0, found.bytesRead)))
    }
  }
  const reading = readAll()

  return {
    hold() {
      held = true
    },
    release() {
      held = false
    },
    async write(bytes) {
      for (let at = 0; at < bytes.length && !closing.signal.aborted;) {
        const taken = await handle.write(bytes, at, bytes.length - at, null).catch(unlessBusy)
        if (taken === 'gone') return
        if (taken === 'busy') await delay(LOOK_MS)
        else at += taken.bytesWritten
      }
    },
    async close() {
      closing.abort()
      await reading
      await handle.close().catch(() => {})
    },
  }
}

/** A driver makes its device in its own time, and a gadget's opens once the host has set it up. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!NOT_YET.has(codeOf(error))) throw error
      await delay(LOOK_MS)
    }
  }
}

function unlessBusy(error: unknown): 'busy' | 'gone' {
  return codeOf(error) === 'EAGAIN' ? 'busy' : 'gone'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
