import { spawn } from 'node:child_process'
import { SCAN_LIMITS } from './limits.ts'

/** How a run of `scanimage` ended. */
export type ScanRun =
  | { readonly kind: 'page'; readonly bytes: Uint8Array }
  /** The exit code is the number of the SANE status, or 1 where the device did not open. */
  | { readonly kind: 'failed'; readonly exitCode: number | null }
  /** The program is not installed, or may not be run. */
  | { readonly kind: 'no-program' }
  | { readonly kind: 'too-large' }

/** Scans one page; ends at once when `signal` aborts. Never rejects. */
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

/** Runs a program that writes one picture; arguments go to it as they are, without a shell. */
export function scanProcess(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ScanTransport {
  return (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'failed', exitCode: null })
      // What it complains of may name paths; the exit code says what a person can act on.
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env })
      const parts: Buffer[] = []
      let size = 0
      const kill = () => void child.kill('SIGKILL')
      signal.addEventListener('abort', kill, { once: true })
      child.stdout.on('data', (part: Buffer) => {
        size += part.length
        if (size > SCAN_LIMITS.OUTPUT_MAX_BYTES) kill()
        else parts.push(part)
      })
      child.once('error', () => resolve({ kind: 'no-program' }))
      child.once('close', (exitCode) => {
        signal.removeEventListener('abort', kill)
        if (size > SCAN_LIMITS.OUTPUT_MAX_BYTES) resolve({ kind: 'too-large' })
        else if (exitCode === 0) resolve({ kind: 'page', bytes: Buffer.concat(parts) })
        else resolve({ kind: 'failed', exitCode })
      })
    })
}
