import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CORE_NODE_ARGS, toShellSchema, type ToCore } from '../../electron/shell/core-link.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { figure, median, type Figure } from './figure.ts'
import { BODY_BYTES, openBenchOutbox } from './outbox.ts'

const programs = fileURLToPath(new URL('../../dist', import.meta.url))
const QUEUED = 10_000
const STARTS = 7

/** B8. */
const MEMORY_MIB = 150

/**
 * The built core's process with a long outage behind it, envelopes and all: milliseconds from its
 * start to the first snapshot in a page's hands, and to the first word that reaches the portal; and
 * the most memory that it took until then. Each start ends before the next.
 */
export async function coreStartBench(): Promise<readonly Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const outbox = await openBenchOutbox(dataDir, { envelopes: true })
    for (let at = 0; at < QUEUED; at += 1) outbox.enqueue(randomBytes(BODY_BYTES))
    await outbox.close()
    const portal = await openSilentPortal()
    const profile = realProfile()
    await putProfile(dataDir, { ...profile, portal: { ...profile.portal, url: portal.url } })

    const starts: Start[] = []
    for (let at = 0; at < STARTS; at += 1) starts.push(await start(dataDir, portal))
    await portal.close()
    const of = (what: keyof Start, metric: string, unit: string, target: number): Figure => {
      const found = starts.map((one) => one[what])
      const spread = `${STARTS} starts, ${Math.min(...found).toFixed(0)}..${Math.max(...found).toFixed(0)}`
      return figure('core-start', metric, median(found), unit, '<=', target, spread)
    }
    return [
      of('snapshotMs', `to first snapshot, ${QUEUED} queued`, 'ms', 1000),
      of('sendMs', `B8 to first send, ${QUEUED} queued`, 'ms', 1000),
      of('memoryMiB', `B8 memory, ${QUEUED} queued`, 'MiB', MEMORY_MIB),
    ]
  } finally {
    await rm(dataDir, { recursive: true })
  }
}

type Start = { readonly snapshotMs: number; readonly sendMs: number; readonly memoryMiB: number }

/**
 * A portal that takes every connection, says nothing, and tells when a filing is sent, or asked about
 * because the start before has sent it.
 */
async function openSilentPortal() {
  let come = () => {}
  const server = createServer((request) => {
    if (request.url?.startsWith('/v1/filings') === true) come()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    nextFiling: () => new Promise<void>((resolve) => (come = resolve)),
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function start(
  dataDir: string,
  portal: Awaited<ReturnType<typeof openSilentPortal>>,
): Promise<Start> {
  const began = performance.now()
  const core = fork(join(programs, 'electron', 'core.mjs'), [], {
    serialization: 'json',
    execArgv: [...CORE_NODE_ARGS],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const exit = once(core, 'exit')
  const sent = portal.nextFiling().then(() => performance.now() - began)
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
    const snapshotMs = performance.now() - began
    const sendMs = await sent
    const status = await readFile(`/proc/${String(core.pid)}/status`, 'utf8')
    const memoryMiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
    page.close()
    if (delivery.waiting !== QUEUED) throw new Error(`${delivery.waiting} filings are queued`)
    tell(core, { type: 'stop' })
    await exit
    return { snapshotMs, sendMs, memoryMiB }
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
