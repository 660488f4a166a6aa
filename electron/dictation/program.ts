import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { DICTATION_ENV, DICTATION_LIMITS } from './limits.ts'

/** Absolute path of a program, and its arguments; it is started without a shell. */
export type ProgramLine = readonly [path: string, ...args: string[]]

/** Why a program gave nothing; `how` is a code for technicians. */
export interface RunProblem {
  readonly why: 'no-program' | 'too-slow' | 'failed' | 'stopped'
  readonly how: string
}

type Child = ChildProcessByStdio<Writable, Readable, null>

/**
 * Gives a program its input and has its output, whole. One that takes too long, says too much or is
 * not wanted any more is killed with all that it started. Never rejects.
 */
export async function runProgram(
  line: ProgramLine,
  input: Uint8Array,
  { signal, after }: RunSurroundings,
): Promise<Result<Uint8Array, RunProblem>> {
  if (signal.aborted) return err({ why: 'stopped', how: 'early' })
  let ended: RunProblem | null = null
  const chunks: Buffer[] = []
  try {
    const child = start(line)
    const end = (problem: RunProblem) => {
      ended ??= problem
      killAll(child)
    }
    const cancelTimer = after(DICTATION_LIMITS.TIME_MS, () => end({ why: 'too-slow', how: 'time' }))
    const stop = () => end({ why: 'stopped', how: 'signal' })
    signal.addEventListener('abort', stop, { once: true })
    try {
      let length = 0
      child.stdout.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length <= DICTATION_LIMITS.OUTPUT_MAX_BYTES) chunks.push(chunk)
        else end({ why: 'failed', how: 'output' })
      })
      // A program that does not read to the end closes its input; its exit code tells.
      child.stdin.on('error', () => {})
      child.stdin.end(input)
      await once(child, 'close')
    } finally {
      cancelTimer()
      signal.removeEventListener('abort', stop)
    }
    if (ended !== null) return err(ended)
    if (child.exitCode === 0) return ok(Buffer.concat(chunks))
    return err({ why: 'failed', how: child.signalCode ?? `exit-${child.exitCode}` })
  } catch (cause) {
    return err({ why: 'no-program', how: codeOf(cause) })
  }
}

interface RunSurroundings {
  readonly signal: AbortSignal
  readonly after: (delayMs: number, callback: () => void) => () => void
}

/** In a process group of its own, so that what it starts can be ended with it. */
const start = ([path, ...args]: ProgramLine): Child =>
  spawn(path, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...DICTATION_ENV },
    cwd: '/',
    detached: true,
  })

function killAll(child: Child): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has just ended.
  }
  // What left the group may hold the pipes open.
  child.stdin.destroy()
  child.stdout.destroy()
}

/** What keeps a profile's program from being started, as far as its file tells; null: nothing. */
export async function dictationTrouble(
  dictation: { readonly program: ProgramLine } | null | undefined,
): Promise<string | null> {
  if (!dictation) return null
  const [path] = dictation.program
  try {
    if (!(await stat(path)).isFile()) return 'no-file'
    await access(path, constants.X_OK)
    return null
  } catch (cause) {
    return codeOf(cause)
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'spawn'
