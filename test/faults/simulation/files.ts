import { setImmediate } from 'node:timers/promises'
import type { PaperReader, SealedFiles } from '../../../electron/store/index.ts'

/**
 * The real files under simulated time: `quiet` resolves when no reading is under way, so that the
 * order of events never hangs on the disk.
 */
export function createWatchedFiles() {
  const open = new Set<PaperReader>()
  const underWay = new Set<Promise<unknown>>()

  async function watched<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
    }
  }

  function watchReader(reader: PaperReader): PaperReader {
    open.add(reader)
    return {
      size: reader.size,
      read: (offset, length) => watched(reader.read(offset, length)),
      close: () => {
        open.delete(reader)
        return watched(reader.close())
      },
    }
  }

  return {
    watch: (files: SealedFiles): SealedFiles => ({
      ...files,
      openPaper: async (...paper) => {
        const opened = await watched(files.openPaper(...paper))
        return opened.ok ? { ok: true, value: watchReader(opened.value) } : opened
      },
    }),

    async quiet(): Promise<void> {
      do await setImmediate()
      while (underWay.size > 0)
    },

    /** A process that dies leaves nothing open. */
    async closeAll(): Promise<void> {
      const left = [...open]
      open.clear()
      for (const reader of left) await reader.close()
    },
  }
}
