import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toShellSchema, type ToCore } from '../../electron/shell/core-link.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { figure, median, type Figure } from './figure.ts'
import { BODY_BYTES, openBenchOutbox } from './outbox.ts'

const programs = fileURLToPath(new URL('../../dist', import.meta.url))
const QUEUED = 10_000
const STARTS = 7

/**
 * Milliseconds from the start of the built core's process to the first snapshot in a page's
 * hands, with a long outage behind it. Each start ends before the next.
 */
export async function coreStartBench(): Promise<readonly Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const outbox = await openBenchOutbox(dataDir)
    for (let at = 0; at < QUEUED; at += 1) outbox.enqueue(randomBytes(BODY_BYTES))
    await outbox.close()
    await putProfile(dataDir, realProfile())

    const times: number[] = []
    for (let at = 0; at < STARTS; at += 1) times.push(await start(dataDir))
    const baseline = `${STARTS} starts, ${Math.min(...times).toFixed(0)}..${Math.max(...times).toFixed(0)}`
    const metric = `to first snapshot, ${QUEUED} queued`
    return [figure('core-start', metric, median(times), 'ms', '<=', 1000, baseline)]
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

async function start(dataDir: string): Promise<number> {
  const began = performance.now()
  const core = fork(join(programs, 'electron', 'core.mjs'), [], {
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const exit = once(core, 'exit')
  try {
    const token = randomBytes(32).toString('hex')
    const pageDir = join(programs, 'renderer')
    tell(core, {
      type: 'start',
      options: {
        dataDir,
        training: false,
        worldFile: null,
        serve: { kind: 'loopback', port: 0, pageDir, token },
      },
    })
    const page = await openPage(`${await readyAt(core)}/#${token}`)
    const { delivery } = await page.see(() => true)
    const ms = performance.now() - began
    page.close()
    if (delivery.waiting !== QUEUED) throw new Error(`${delivery.waiting} filings are queued`)
    tell(core, { type: 'stop' })
    await exit
    return ms
  } finally {
    core.kill('SIGKILL')
  }
}

function tell(core: ChildProcess, message: ToCore): void {
  core.send(message)
}

/** The address at which the core takes calls. */
function readyAt(core: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    core.on('message', (data) => {
      const message = toShellSchema.parse(data)
      if (message.type === 'fatal') reject(new Error(message.message))
      if (message.type === 'ready' && message.address !== null) resolve(message.address)
    })
    core.once('exit', () => reject(new Error('the core ended')))
  })
}
