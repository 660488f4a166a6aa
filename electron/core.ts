import type { SessionView, View } from '../shared/contract/index.ts'
import { isoDate, localDate } from '../shared/domain/local-time.ts'
import { bringUp, type Trouble } from './bring-up.ts'
import { createDispatcher } from './dispatch.ts'
import type { KioskPorts } from './kiosk.ts'
import { serveLoopback } from './loopback.ts'
import { LINK_TIMES, type CoreOptions } from './shell/core-link.ts'
import { connectToShell } from './shell/core-side.ts'
import { createViewFeed } from './view-feed.ts'

/**
 * The core process. It is crash-only: started by a shell with one message, it finds on disk what
 * the last core left, and goes on. Started again after every death.
 */

/** How often a kiosk that is out of service looks whether the trouble is over. */
const RECHECK_MS = 5_000

const link = connectToShell()

function log(event: string, details: Readonly<Record<string, unknown>> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...details })}\n`)
}

async function start(options: CoreOptions): Promise<void> {
  const running = await bringUp(options, log)
  if (!running.ok) log('out-of-service', { ...running.error })
  const ports = running.ok ? running.value.ports : outOfService(running.error, options.training)
  const dispatcher = createDispatcher(ports, Date.now, ({ event, ...details }) =>
    log(event, details),
  )
  link.onMessage((message) => {
    if (message.type === 'port') dispatcher.serve(message.channel)
    if (message.type === 'stop') {
      const closing = running.ok ? running.value.close() : Promise.resolve()
      void closing.finally(() => process.exit(0))
    }
  })

  let address: string | null = null
  if (options.serve.kind === 'loopback') {
    const served = await serveLoopback({ ...options.serve, dispatcher })
    if (!served.ok) {
      const message = `port ${options.serve.port} is taken: stop the other program or choose another --port`
      link.send({ type: 'fatal', code: 'port-busy', message })
      process.exit(1)
    }
    address = served.value.address
  }
  link.send({ type: 'ready', address })
  setInterval(() => link.send({ type: 'alive' }), LINK_TIMES.HEARTBEAT_MS)
  // Mended by a technician: the shell starts a fresh core, and the kiosk is back.
  if (!running.ok) setInterval(() => void recheck(options), RECHECK_MS)
}

async function recheck(options: CoreOptions): Promise<void> {
  const again = await bringUp(options, () => {})
  if (!again.ok) return
  await again.value.close()
  process.exit(0)
}

/** A kiosk that only says why it cannot serve. */
function outOfService(trouble: Trouble, training: boolean): KioskPorts {
  const session: SessionView = { screen: 'out-of-service', reason: trouble.reason }
  const view: View = {
    kiosk: {
      id: '',
      commune: '',
      province: '',
      training,
      pixelsPerMm: 4.04,
      today: isoDate(localDate(Date.now())),
    },
    session,
    idle: { state: 'active' },
    display: { text: 'normal', contrast: 'normal', lowered: false },
    devices: { scanner: { state: 'not-configured' }, printer: { state: 'not-configured' } },
    delivery: { waiting: 0, portal: 'unknown' },
  }
  const feed = createViewFeed(view)
  return {
    watch: (signal) => feed.watch(signal),
    act: () => 'ignored',
    search: () => [],
    training: null,
  }
}

link.onMessage((message) => {
  if (message.type !== 'start') return
  start(message.options).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : 'unknown'
    link.send({ type: 'fatal', code: 'start-failed', message: message.slice(0, 200) })
    process.exit(1)
  })
})
