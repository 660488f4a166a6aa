import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readlink, rename, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type Result, err, ok } from '../../shared/domain/result.ts'

/** Why there is no training scanner: `socat` is not installed, or it did not start. */
export type TrainingScannerProblem = 'no-socat' | 'failed'

/** A scanner in miniature, on any channel. */
export interface ScannerOnCable {
  /** Sends a code as a scanner does. Lost if unplugged. */
  scan(payload: string): void
  /** Pulls the cable; done when the device is gone. */
  unplug(): Promise<void>
  /** Puts the cable back under the same path; nothing happens if it is in. */
  plug(): Promise<Result<null, TrainingScannerProblem>>
  close(): Promise<void>
}

/** A serial one: a real pseudo-terminal whose far end is this process. A scan ends with CR. */
export interface TrainingScanner extends ScannerOnCable {
  /** The tty that the kiosk opens; it exists while plugged in. */
  readonly path: string
}

/**
 * Makes a scanner plugged in at `dir/scanner`. Its `socat` reads from a pipe of this process and
 * so ends with it, even when it is killed.
 */
export async function createTrainingScanner({
  dir,
}: {
  dir: string
}): Promise<Result<TrainingScanner, TrainingScannerProblem>> {
  const tty = path.join(dir, 'scanner')
  // `socat` takes its link away when it ends, which after a killed world may be late: each has one
  // of its own, and `scanner` leads to the last.
  const own = `scanner-${randomUUID()}`
  let line: Line | null = null

  async function plug(): Promise<Result<null, TrainingScannerProblem>> {
    if (line?.alive() === true) return ok(null)
    const started = await startLine(path.join(dir, own))
    if (!started.ok) return started
    line = started.value
    const next = path.join(dir, `${own}.next`)
    await symlink(own, next)
    await rename(next, tty)
    return ok(null)
  }

  async function unplug() {
    await line?.end()
    line = null
    if ((await readlink(tty).catch(() => null)) === own) await rm(tty, { force: true })
  }

  const plugged = await plug()
  if (!plugged.ok) return plugged
  return ok({
    path: tty,
    scan: (payload) => line?.send(`${payload}\r`),
    unplug,
    plug,
    close: unplug,
  })
}

interface Line {
  alive(): boolean
  send(text: string): void
  end(): Promise<void>
}

async function startLine(tty: string): Promise<Result<Line, TrainingScannerProblem>> {
  // `-d -d` makes socat tell when the link is there and bytes flow.
  const child = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${tty}`, 'stdio'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const started = Promise.withResolvers<Result<null, TrainingScannerProblem>>()
  const ended = Promise.withResolvers<void>()
  let alive = true
  const gone = (problem: TrainingScannerProblem) => {
    alive = false
    started.resolve(err(problem))
    ended.resolve()
  }
  child.once('error', () => gone('no-socat'))
  child.once('exit', () => gone('failed'))
  // A write that meets the end of socat is a scan while unplugged.
  child.stdin.on('error', () => {})
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told = (told + text).slice(-4096)
    if (told.includes('starting data transfer loop')) started.resolve(ok(null))
  })
  const outcome = await started.promise
  if (!outcome.ok) return outcome
  return ok({
    alive: () => alive,
    send(text) {
      if (alive) child.stdin.write(text)
    },
    async end() {
      child.kill()
      await ended.promise
    },
  })
}
