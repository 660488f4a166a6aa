import { defaultDisplay, type SessionView, type View } from '../shared/contract/index.ts'
import { isoDate, localDate } from '../shared/domain/local-time.ts'
import { bringUp } from './bring-up.ts'
import { controlRemedy, serveControl, type ControlSocket } from './control-socket.ts'
import { createDispatcher, type CallEvent, type Dispatcher } from './dispatch.ts'
import { faultOf } from './fault.ts'
import type { KioskPorts } from './kiosk.ts'
import { serveLoopback } from './loopback.ts'
import type { AnswerPaper } from './paper-http.ts'
import type { PaperAnswer } from './papers/index.ts'
import { couldServe } from './ready.ts'
import { voiceDir } from './resources-dir.ts'
import { kioskFiles } from './settings/index.ts'
import { sourceLanguage } from './voice/index.ts'
import { CORE_EXITS, LINK_TIMES, type CoreOptions } from './shell/core-link.ts'
import { connectToShell } from './shell/core-side.ts'
import type { PaperQuestion } from './shell/paper-link.ts'
import { storeFault } from './store/index.ts'
import type { Trouble } from './trouble.ts'
import { createViewFeed } from './view-feed.ts'

/**
 * The core process. It is crash-only: started by a shell with one message, it finds on disk what
 * the last core left, and goes on. Started again after every death.
 */

/** How often a kiosk that is out of service looks whether the trouble is over. */
const RECHECK_MS = 5_000

const link = connectToShell()

/** What `stop` does: before anything stands it just ends the process. */
let stop: () => void = () => process.exit(0)
let dispatcher: Dispatcher | null = null
/** Until something serves, every address is unknown. */
let answerPaper: AnswerPaper = refusePaper

function log(event: string, details: Readonly<Record<string, unknown>> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...details })}\n`)
}

async function start(options: CoreOptions): Promise<void> {
  // From the first moment: a TPM or a keyring may take longer to answer than a core may be silent.
  setInterval(() => link.send({ type: 'alive' }), LINK_TIMES.HEARTBEAT_MS)
  const running = await bringUp(options, { log, storeDied, keyring: link.keyring })
  if (!running.ok) log('out-of-service', { ...running.error })
  const ports = running.ok ? running.value.ports : outOfService(running.error, options.training)
  const logCall = ({ event, ...details }: CallEvent) => log(event, details)
  const served = createDispatcher(ports, Date.now, logCall, endIfStoreDied)
  dispatcher = served
  answerPaper = ports.papers
  let control: ControlSocket | null = null
  if (running.ok) {
    stop = () => {
      control?.close()
      void running.value.close().finally(() => process.exit(0))
    }
  }

  let address: string | null = null
  if (options.serve.kind === 'loopback') {
    const loopback = await serveLoopback({
      ...options.serve,
      voiceDirs: [voiceDir(), kioskFiles(options.dataDir).languages],
      dispatcher: served,
      papers: ports.papers,
      microphone: running.ok && running.value.microphone,
    })
    if (!loopback.ok) {
      const { port } = options.serve
      const why = loopback.error === 'busy' ? 'is taken: stop the other program' : 'is not allowed'
      const message = `port ${port} ${why}, or choose another --port`
      link.send({ type: 'fatal', code: `port-${loopback.error}`, message })
      process.exit(1)
    }
    address = loopback.value.address
  }
  link.send({ type: 'ready', address })
  if (running.ok) {
    const socket = await serveControl(kioskFiles(options.dataDir).control, served)
    if (socket.ok) control = socket.value
    else log('no-control-socket', { message: controlRemedy(socket.error) })
  }
  // Mended by a technician: the shell starts a fresh core, and the kiosk is back.
  if (!running.ok) recheckLater(options)
}

function recheckLater(options: CoreOptions): void {
  setTimeout(() => {
    void couldServe(options, { log, keyring: link.keyring }).then((could) =>
      could ? process.exit(0) : recheckLater(options),
    )
  }, RECHECK_MS)
}

/**
 * The disk has failed under the store, and what it holds is not known. Nothing that runs here may
 * go on: no slip is given and nothing is sent. The shell starts a fresh core, which verifies the
 * store, or stays out of service while the disk is broken.
 */
function storeDied(reason: string): void {
  log('alarm', { code: 'store-died', reason })
  const message = `the disk failed under the store (${reason}): check the disk`
  link.send({ type: 'fatal', code: 'store-died', message })
  process.exit(CORE_EXITS.STORE_DIED)
}

/** Whoever asked the store: a failed disk ends the core. */
function endIfStoreDied(error: unknown): void {
  const fault = storeFault(error)
  if (fault?.code === 'dead') storeDied(fault.reason)
}

async function refusePaper(): Promise<PaperAnswer> {
  return { status: 403, contentType: null, body: new Uint8Array() }
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
      pageScanners: [],
      voice: null,
      languages: [sourceLanguage],
      keypad: null,
    },
    session,
    idle: { state: 'active' },
    display: defaultDisplay,
    assistance: { call: 'none', role: { state: 'locked' } },
    devices: {
      scanner: { state: 'not-configured' },
      printer: { state: 'not-configured' },
      readerBridge: null,
      pagePrinter: { state: 'not-configured' },
      documentScanner: { state: 'not-configured' },
      cardReader: { state: 'not-configured' },
    },
    delivery: { waiting: 0, portal: 'unknown' },
  }
  const feed = createViewFeed(view)
  return {
    watch: (signal) => feed.watch(signal),
    act: () => 'ignored',
    scan: () => 'ignored',
    search: () => [],
    places: { provinces: async () => [], suggest: async () => [] },
    papers: refusePaper,
    staff: null,
    devices: null,
    cardFace: null,
    help: null,
    training: null,
  }
}

/** A page's request that came through Electron's main process. */
function passPaper(id: number, { body, ...question }: PaperQuestion): void {
  const request = { ...question, contentLength: body.byteLength, body: oneChunk(body) }
  void answerPaper(request).then((answer) => link.send({ type: 'paper', id, answer }))
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

process.on('uncaughtException', (error) => {
  endIfStoreDied(error)
  log('crashed', { fault: faultOf(error) })
  process.exit(1)
})

// Listens from the first moment: a shell that goes away while all is being brought up must not
// leave a core behind that holds the store.
link.onMessage((message) => {
  switch (message.type) {
    case 'start':
      // The shell may be gone before this line was reached; then nobody will say `stop`.
      if (typeof process.send === 'function' && !process.connected) process.exit(0)
      start(message.options).catch((error: unknown) => {
        endIfStoreDied(error)
        link.send({ type: 'fatal', code: 'start-failed', message: faultOf(error) })
        process.exit(1)
      })
      return
    case 'port':
      return dispatcher?.serve(message.channel, 'citizen')
    case 'paper':
      return passPaper(message.id, message.question)
    case 'stop':
      return stop()
  }
})
