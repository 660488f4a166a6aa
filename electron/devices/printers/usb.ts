import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Timers } from '../../timers.ts'
import type { OpenProblem, Transport } from './transport.ts'

/** Delays of the USB printer class. */
export const USB_LIMITS = {
  /** Between two looks for an answer while one may be under way. */
  LOOK_BUSY_MS: 10,
  /** The same while nothing was asked: notices an unplugged printer, and what is told unasked. */
  LOOK_IDLE_MS: 200,
  /** How long after a write an answer may be under way. */
  BUSY_FOR_MS: 600,
  /** Before a write that the kernel could not take is tried again. */
  RETRY_MS: 10,
  /** Of one read; a status answer has four bytes. */
  READ_BYTES: 512,
} as const

/**
 * A printer on the kernel's USB printer class (`/dev/usb/lp*`), looked for anew at each opening.
 * Opened so that nothing blocks: a blocking read of a printer that says nothing would hold a thread
 * of the pool for ever.
 */
export function usbTransport(ports: {
  readonly find: () => Promise<Result<string, OpenProblem>>
  readonly timers: Timers
}): Transport {
  const { timers } = ports
  return {
    open: async (events, signal) => {
      const path = await ports.find()
      if (!path.ok) return path
      const opened = await openDevice(path.value)
      if (!opened.ok) return opened
      const handle = opened.value
      if (signal.aborted) {
        await handle.close()
        return err('refused')
      }

      let isOpen = true
      let cancelLook: (() => void) | null = null
      let busyUntil = 0
      const buffer = new Uint8Array(USB_LIMITS.READ_BYTES)

      const end = () => {
        if (!isOpen) return
        isOpen = false
        cancelLook?.()
        handle.close().catch(() => {})
        events.closed()
      }

      const lookIn = (delayMs: number) => {
        cancelLook = timers.after(delayMs, () => {
          cancelLook = null
          void look()
        })
      }
      const look = async (): Promise<void> => {
        const found = await read(handle, buffer)
        if (!isOpen || found === 'one-way') return
        if (found === 'gone') return end()
        if (found !== null) {
          events.data(found)
          return look()
        }
        lookIn(timers.now() < busyUntil ? USB_LIMITS.LOOK_BUSY_MS : USB_LIMITS.LOOK_IDLE_MS)
      }
      /** An answer may come: a long wait is cut short. */
      const expect = () => {
        busyUntil = timers.now() + USB_LIMITS.BUSY_FOR_MS
        if (cancelLook === null) return
        cancelLook()
        lookIn(USB_LIMITS.LOOK_BUSY_MS)
      }
      void look()

      return ok({
        write: async (bytes) => {
          for (let at = 0; at < bytes.length;) {
            const taken = await write(handle, bytes.subarray(at))
            if (!isOpen) return false
            if (taken === 'gone') {
              end()
              return false
            }
            at += taken
            if (taken === 0) await new Promise<void>((go) => timers.after(USB_LIMITS.RETRY_MS, go))
            if (!isOpen) return false
          }
          expect()
          return true
        },
        close: end,
      })
    },
  }
}

async function openDevice(path: string): Promise<Result<FileHandle, OpenProblem>> {
  try {
    return ok(await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY))
  } catch (error) {
    switch (codeOf(error)) {
      case 'EBUSY':
        return err('busy')
      case 'EACCES':
      case 'EPERM':
        return err('denied')
      default:
        return err('refused')
    }
  }
}

/** `one-way`: this printer has no back channel. */
async function read(
  handle: FileHandle,
  buffer: Uint8Array,
): Promise<Uint8Array | 'gone' | 'one-way' | null> {
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
    return bytesRead > 0 ? buffer.slice(0, bytesRead) : null
  } catch (error) {
    switch (codeOf(error)) {
      case 'EAGAIN':
      case 'EINTR':
        return null
      case 'EINVAL':
        return 'one-way'
      // ENODEV is an unplugged printer; any other error ends with the same remedy: open it anew.
      default:
        return 'gone'
    }
  }
}

/** Bytes taken; 0 where the kernel is still busy, or says ENOSPC for a printer without paper. */
async function write(handle: FileHandle, bytes: Uint8Array): Promise<number | 'gone'> {
  try {
    return (await handle.write(bytes, 0, bytes.length, null)).bytesWritten
  } catch (error) {
    const code = codeOf(error)
    return code === 'EAGAIN' || code === 'EINTR' || code === 'ENOSPC' ? 0 : 'gone'
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
