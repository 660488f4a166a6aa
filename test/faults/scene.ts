import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createManualTime,
  inventFiling,
  KIOSK_ID,
  must,
  PROCEDURE,
  scanPapers,
} from '../../electron/outbox/testing.ts'
import {
  createPortalClient,
  type PortalAdapter,
  type PortalClientOptions,
} from '../../electron/portal/index.ts'
import { createSandboxPortal } from '../../electron/training/portal/index.ts'
import { createFront, type FrontTls } from './front.ts'
import { checkInvariants, takeTraces, type Confirmed, type Traces } from './invariants.ts'
import { openKiosk, type Kiosk } from './kiosk.ts'
import { createFaultProxy } from './proxy.ts'
import { startKiosk } from './process.ts'

/** Waits of the portal's client, short enough for tests that sit them out. */
export const SHORT_TIMEOUTS = {
  CONNECT_MS: 400,
  HEADERS_MS: 400,
  BODY_MS: 400,
  TOTAL_MS: 900,
  NO_PROGRESS_MS: 400,
  CHUNK_TOTAL_MS: 4000,
} as const

/**
 * A kiosk and a portal with all that can go wrong between them: the real outbox, TCP weather, an
 * HTTP front, the sandbox portal; every file in one folder.
 */
export async function createScene(
  options: { readonly tls?: FrontTls; readonly readVersion?: (body: unknown) => unknown } = {},
) {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-faults-'))
  const storeDir = join(dir, 'kiosk')
  const time = createManualTime()
  const sandbox = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: time,
    validate: (filing) => (filing.procedureCode === PROCEDURE ? [] : ['procedureCode']),
    ...(options.readVersion && { readVersion: options.readVersion }),
  })
  const front = await createFront(sandbox.url, options.tls)
  const proxy = await createFaultProxy(front.port)
  const portalUrl = options.tls ? proxy.url.replace('http:', 'https:') : proxy.url
  const confirmed: Confirmed[] = []
  let traces: Traces = new Map()
  const log: string[] = []
  const portals: PortalAdapter[] = []
  let open: Kiosk | null = null

  function client(change: Partial<PortalClientOptions> = {}): PortalAdapter {
    const portal = must(
      createPortalClient({
        url: portalUrl,
        kioskId: KIOSK_ID,
        receiptKeys: sandbox.publicKeys,
        timeouts: SHORT_TIMEOUTS,
        ...change,
      }),
    )
    portals.push(portal)
    return portal
  }

  const scene = {
    storeDir,
    time,
    sandbox,
    front,
    proxy,
    client,
    confirmed,
    /** Events of the outbox's log, in order, with their codes. */
    log,

    /** Opens the kiosk, or closes it first: a restart. */
    async open(
      options: {
        readonly portal?: PortalAdapter
        readonly laterSchemas?: readonly string[]
        readonly keepAcceptedMs?: number
      } = {},
    ): Promise<Kiosk> {
      await open?.close()
      open = null
      open = await openKiosk({
        ...options,
        dir: storeDir,
        portal: options.portal ?? client(),
        clock: time,
        timers: time,
        random: () => 0.5,
        log: (event, details) => log.push([event, ...Object.values(details)].join(' ')),
      })
      return open
    },

    async shut(): Promise<void> {
      await open?.close()
      open = null
    },

    /** A citizen confirms; the slip is given. */
    async file(kiosk: Kiosk, options: Parameters<typeof inventFiling>[0] = {}): Promise<Confirmed> {
      const invented = inventFiling({ nowMs: time.now(), ...options })
      must(kiosk.outbox.enqueue(await scanPapers(kiosk.files, invented)))
      confirmed.push(invented)
      traces = new Map([...traces, ...(await takeTraces(storeDir))])
      return invented
    },

    /** Starts a kiosk in a process of its own on the same folder. */
    process: (options: Omit<Parameters<typeof startKiosk>[0], 'dir' | 'url' | 'receiptKeys'>) =>
      startKiosk({ dir: storeDir, url: proxy.url, receiptKeys: sandbox.publicKeys, ...options }),

    /** The slips that a process has given count as promised from now on. */
    async noteSlips(slips: readonly Confirmed[]): Promise<void> {
      confirmed.push(...slips)
      traces = new Map([...traces, ...(await takeTraces(storeDir))])
    },

    /** Lets time pass, a step at a time, while sockets and files do their real work. */
    flowUntil(condition: () => boolean, stepMs = 500): Promise<void> {
      return new Promise((resolve) => {
        const pulse = setInterval(() => {
          if (condition()) {
            clearInterval(pulse)
            resolve()
          } else time.advance(stepMs)
        }, 4)
      })
    },

    /** The five invariants; empty when all hold. */
    check: () => checkInvariants({ storeDir, confirmed, dossiers: sandbox.filings(), traces }),

    async close(): Promise<void> {
      await scene.shut()
      await Promise.all(portals.map((portal) => portal.close()))
      await proxy.close()
      await front.close()
      await sandbox.close()
      await rm(dir, { recursive: true })
    },
  }
  return scene
}

/** What `createScene` gives. */
export type Scene = Awaited<ReturnType<typeof createScene>>
