import { spawn } from 'node:child_process'
import { systemTimers, type Timers } from '../../timers.ts'
import { SCAN_LIMITS } from './limits.ts'

/** How a run of `scanimage` ended. */
export type ScanRun =
  | { readonly kind: 'page'; readonly bytes: Uint8Array }
  /** The exit code is the number of the SANE status, or 1 where the device did not open. */
  | { readonly kind: 'failed'; readonly exitCode: number | null }
  /** The program is not installed, or may not be run. */
  | { readonly kind: 'no-program' }
  | { readonly kind: 'too-large' }

/**
 * Scans one page; is `failed` at once when `signal` aborts, and as a busy device while what was
 * aborted has not let go of the scanner. Never rejects.
 */
export type ScanTransport = (signal: AbortSignal) => Promise<ScanRun>

/** What to ask `scanimage` for: one page of A4, to its standard output and to no file. */
export function scanArguments(device: string): readonly string[] {
  const { RESOLUTION_DPI, WIDTH_MM, HEIGHT_MM } = SCAN_LIMITS
  return [
    `--device-name=${device}`,
    '--mode=Gray',
    `--resolution=${RESOLUTION_DPI}`,
    `-x${WIDTH_MM}`,
    `-y${HEIGHT_MM}`,
    '--format=pnm',
  ]
}

/** `SANE_STATUS_DEVICE_BUSY`, as `scanimage` exits with it. */
const DEVICE_BUSY = 3

/**
 * Runs a program that writes one picture; arguments go to it as they are, without a shell. One that
 * is stopped may put the scanner to rest first, but nobody waits for it, nor for what it left behind
 * with its output open.
 */
export function scanProcess(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  timers: Pick<Timers, 'after'> = systemTimers,
): ScanTransport {
  let alive = false
  return (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'failed', exitCode: null })
      if (alive) return resolve({ kind: 'failed', exitCode: DEVICE_BUSY })
      // What it complains of may name paths; the exit code says what a person can act on.
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env })
      alive = true
      const parts: Buffer[] = []
      let size = 0
      const stop = (run: ScanRun) => {
        signal.removeEventListener('abort', abort)
        resolve(run)
        child.kill('SIGTERM')
        const cancelKill = timers.after(SCAN_LIMITS.STOP_MS, () => {
          child.kill('SIGKILL')
          child.stdout.destroy()
        })
        child.once('close', cancelKill)
      }
      const abort = () => stop({ kind: 'failed', exitCode: null })
      signal.addEventListener('abort', abort, { once: true })
      child.stdout.on('data', (part: Buffer) => {
        if (size > SCAN_LIMITS.OUTPUT_MAX_BYTES) return
        size += part.length
        if (size > SCAN_LIMITS.OUTPUT_MAX_BYTES) stop({ kind: 'too-large' })
        else parts.push(part)
      })
      child.on('error', () => {
        if (child.pid === undefined) alive = false
        resolve({ kind: 'no-program' })
      })
      child.once('exit', () => (alive = false))
      child.once('close', (exitCode) => {
        signal.removeEventListener('abort', abort)
        if (exitCode === 0) resolve({ kind: 'page', bytes: Buffer.concat(parts) })
        else resolve({ kind: 'failed', exitCode })
      })
    })
}
