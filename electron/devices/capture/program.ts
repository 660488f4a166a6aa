import { spawn } from 'node:child_process'
import { systemTimers, type Timers } from '../../timers.ts'
import { readComplaint, SANE } from './complaint.ts'
import { SCAN_LIMITS } from './limits.ts'
import type { PagePipe } from './page-pipe.ts'

/** How a run of `scanimage` ended. */
export type ScanRun =
  /** The exit code is the number of the SANE status, or 1 where the device did not open. */
  | { readonly kind: 'ended'; readonly exitCode: number | null }
  /** The program is not installed, or may not be run. */
  | { readonly kind: 'no-program' }
  /** What it gave is no picture, or one that is too large. */
  | { readonly kind: 'not-a-picture' }

/** What became of a piece of output: all is told, no more is wanted, or it is to go on. */
export type Heard = 'all' | Exclude<ScanRun, { kind: 'no-program' }> | null

interface Job {
  readonly args: readonly string[]
  readonly signal: AbortSignal
  /** Where it writes; null for its standard output. */
  readonly pipe: PagePipe | null
  /** Gets what it writes, one piece after the other. */
  readonly hear: (part: Buffer) => Promise<Heard>
}

/** Runs one program, once at a time; has `ended` as a busy device while it runs. Never rejects. */
export type RunProgram = (job: Job) => Promise<ScanRun>

/** More of what a program complains of is not kept. */
const COMPLAINT_MAX_CHARS = 4096

/**
 * A program that is asked for pictures; arguments go to it as they are, without a shell. One that
 * is stopped may put the scanner to rest first, but nobody waits for it, nor for what it left behind
 * with its output open. A driver may hang while it lets go of the scanner: a program that has said
 * how it went is heard all the same.
 */
export function createProgram(
  program: string,
  env: NodeJS.ProcessEnv = process.env,
  timers: Pick<Timers, 'after'> = systemTimers,
): RunProgram {
  let alive = false
  return ({ args, signal, pipe, hear }) =>
    new Promise((resolve) => {
      const gone = () => {
        alive = false
        void pipe?.remove()
      }
      const child = alive || signal.aborted ? null : spawnWith(program, args, env, pipe)
      pipe?.handedOver()
      if (child === null) {
        pipe?.output.destroy()
        void pipe?.remove()
        return resolve({ kind: 'ended', exitCode: signal.aborted ? null : SANE.DEVICE_BUSY })
      }
      alive = true
      const output = pipe?.output ?? child.stdout
      const stop = (run: ScanRun) => {
        signal.removeEventListener('abort', abort)
        resolve(run)
        child.kill('SIGTERM')
        const cancelKill = timers.after(SCAN_LIMITS.STOP_MS, () => {
          child.kill('SIGKILL')
          for (const stream of [child.stdout, child.stderr, output]) stream?.destroy()
        })
        child.once('close', () => {
          cancelKill()
          output?.destroy()
        })
      }
      const abort = () => stop({ kind: 'ended', exitCode: null })
      signal.addEventListener('abort', abort, { once: true })

      let said: number | null = null
      const hasSaid = (exitCode: number) => {
        if (said !== null) return
        said = exitCode
        const cancelKill = timers.after(SCAN_LIMITS.LET_GO_MS, () => child.kill('SIGKILL'))
        child.once('close', cancelKill)
      }

      const read = async (): Promise<ScanRun | null> => {
        let more = true
        for await (const part of output ?? []) {
          if (!more || signal.aborted) continue
          const heard = await hear(part)
          if (heard === 'all') {
            more = false
            hasSaid(0)
          } else if (heard !== null) return heard
        }
        return null
      }
      // Reading also ends where the output is taken away from what would not stop.
      const reading = read().catch(() => null)
      void reading.then((run) => (run === null ? undefined : stop(run)))

      // It may name paths and goes no further.
      let complaint = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        if (complaint.length < COMPLAINT_MAX_CHARS) complaint += text
        const exitCode = readComplaint(complaint)
        if (exitCode !== null) hasSaid(exitCode)
      })
      child.on('error', () => {
        if (child.pid === undefined) gone()
        resolve({ kind: 'no-program' })
      })
      child.once('exit', gone)
      child.once('close', (exitCode) => {
        signal.removeEventListener('abort', abort)
        void reading.then(() => resolve({ kind: 'ended', exitCode: exitCode ?? said }))
      })
    })
}

function spawnWith(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  pipe: PagePipe | null,
) {
  return pipe === null
    ? spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
    : spawn(program, args, {
        stdio: ['ignore', 'ignore', 'pipe', pipe.writing],
        env,
        cwd: pipe.dir,
      })
}
