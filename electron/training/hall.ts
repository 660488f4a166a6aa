import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { TrainingWorld } from '../kiosk.ts'
import { kioskFiles } from '../settings/index.ts'
import { connectWorld } from './world-control.ts'
import { readWorldFile } from './world-file.ts'

/** A whole kiosk in training, without a window: what `npm start -- --headless` starts. */
export interface Hall {
  /** Where its page is, with the token. */
  readonly url: string
  readonly world: TrainingWorld
  /** Folder of the sheets that came out. */
  readonly printsDir: string
  readonly shell: ChildProcess
  close(): Promise<void>
}

/** Starts the built browser host. `programs` is the folder of `browser-host.mjs`. */
export async function openHall(options: {
  readonly programs: string
  readonly dataDir: string
  readonly port?: number
  readonly stderr: 'inherit' | 'ignore' | 'pipe'
}): Promise<Result<Hall, 'ended'>> {
  const args = ['--training', '--headless', '--data-dir', options.dataDir]
  if (options.port !== undefined) args.push('--port', String(options.port))
  const shell = spawn(process.execPath, [join(options.programs, 'browser-host.mjs'), ...args], {
    stdio: ['ignore', 'pipe', options.stderr],
  })
  const url = await new Promise<string | null>((resolve) => {
    if (shell.stdout === null) return resolve(null)
    const lines = createInterface({ input: shell.stdout })
    lines.on('line', (line) => {
      const found = /https?:\/\/\S+/.exec(line)?.[0]
      if (found) resolve(found)
    })
    lines.on('close', () => resolve(null))
  })
  if (url === null) return err('ended')
  const world = await readWorldFile(join(kioskFiles(options.dataDir).training, 'world.json'))
  return ok({
    url,
    world: connectWorld(world.control),
    printsDir: world.printsDir,
    shell,
    async close() {
      if (shell.exitCode !== null || shell.signalCode !== null) return
      const gone = new Promise<void>((resolve) => shell.once('exit', () => resolve()))
      shell.kill('SIGTERM')
      await gone
    },
  })
}
