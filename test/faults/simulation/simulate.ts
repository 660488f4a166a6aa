import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxDeps } from '../../../electron/outbox/index.ts'
import { scanPapers } from '../../../electron/outbox/testing.ts'
import { checkInvariants, tracesIn, type Confirmed, type Traces } from '../invariants.ts'
import { invent, must, openKiosk, START_MS, type Kiosk } from '../kiosk.ts'
import { seeded } from '../random.ts'
import { createWatchedFiles } from './files.ts'
import { createSimulatedPortal, type Climate } from './portal.ts'
import { createSimulatedTime } from './time.ts'

/** What a run came to. `violations` is empty where all held. */
export type SimulationResult = {
  readonly seed: number
  readonly filings: number
  /** Of them, those with papers that were delivered. */
  readonly withPapers: number
  readonly crashes: number
  readonly delivered: number
  readonly withStaff: number
  readonly violations: readonly string[]
  /** What happened, in order; the same for the same seed. */
  readonly story: readonly string[]
}

export const SIMULATION_LIMITS = {
  FILINGS_MAX: 15,
  CRASHES_MAX: 6,
  PAPERS_MAX: 2,
  PAPER_BYTES_MAX: 20_000,
  /** Events in bad weather, and then in good weather until everything must be settled. */
  ROUGH_EVENTS: 400,
  FAIR_EVENTS: 4000,
} as const

/**
 * One life of a kiosk by lot: citizens confirm, the portal and the network fail, the core dies
 * and starts again on its file. Clock, timers, network and every choice come from the seed; the
 * store is the real one. Then the weather clears, and everything must come to its end.
 */
export async function simulate(seed: number): Promise<SimulationResult> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-simulation-'))
  try {
    return await run(seed, dir)
  } finally {
    await rm(dir, { recursive: true })
  }
}

async function run(seed: number, dir: string): Promise<SimulationResult> {
  const random = seeded(seed)
  const time = createSimulatedTime(START_MS)
  const disk = createWatchedFiles()
  const violations: string[] = []
  const story: string[] = []
  const confirmed: (Confirmed & { readonly citizen: string; readonly hasPapers: boolean })[] = []
  let traces: Traces = new Map()
  let crashes = 0

  // One run in five is against a portal that makes two dossiers of two requests.
  const replaySafe = random.chance(0.8)
  const portal = createSimulatedPortal(
    climateBy(() => random.next()),
    replaySafe,
    {
      random,
      clock: time,
      after: time.after,
      onDossier: (clientRef) => {
        story.push(`${time.now() - START_MS} dossier ${indexOf(clientRef)}`)
        checkOrder(clientRef)
      },
      onViolation: (sentence) => violations.push(sentence),
    },
  )
  const indexOf = (clientRef: string): number =>
    confirmed.findIndex((filing) => filing.clientRef === clientRef)

  let life: Life

  /** A citizen's earlier filings are dossiers, or with staff, before a later one is. */
  function checkOrder(clientRef: string): void {
    const at = indexOf(clientRef)
    const citizen = confirmed[at]?.citizen
    for (const earlier of confirmed.slice(0, at)) {
      if (earlier.citizen !== citizen || portal.has(earlier.clientRef)) continue
      const state = life.kiosk.outbox.get(earlier.clientRef)?.state
      if (state !== 'NEEDS_STAFF') violations.push(`order: ${clientRef} before an earlier filing`)
    }
  }

  async function begin(): Promise<Life> {
    let alive = true
    const timers: OutboxDeps['timers'] & OutboxDeps['clock'] = {
      now: time.now,
      after: (delayMs, call) => time.after(delayMs, () => (alive ? call() : undefined)),
    }
    const kiosk = await openKiosk({
      dir,
      portal: portal.connection(() => alive),
      clock: time,
      timers,
      random: random.next,
      log: () => {},
      watchFiles: disk.watch,
    })
    kiosk.outbox.subscribe((change) => {
      if (change.kind !== 'filing') return
      story.push(`${time.now() - START_MS} ${change.state} ${indexOf(change.clientRef)}`)
      if (change.state === 'ACCEPTED' && !portal.has(change.clientRef)) {
        violations.push(`I1: ${change.clientRef} is ACCEPTED, the portal has it not`)
      }
    })
    life = { kiosk, end: () => void (alive = false) }
    kiosk.outbox.start()
    return life
  }

  /** The core dies: its timers and its connections are gone, only the file stays. */
  async function crash(): Promise<void> {
    crashes += 1
    story.push(`${time.now() - START_MS} crash`)
    life.end()
    // A dead process takes no further step; here the one that is under way ends first.
    await disk.quiet()
    await disk.closeAll()
    life.kiosk.store.close()
    life = await begin()
  }

  async function confirm(kiosk: Kiosk): Promise<void> {
    const citizen = `083${random.between(100, 104)}000000`
    const { PAPERS_MAX, PAPER_BYTES_MAX } = SIMULATION_LIMITS
    const hasPapers = random.chance(0.08)
    const papers = Array.from({ length: hasPapers ? random.between(1, PAPERS_MAX) : 0 }, () =>
      random.between(1, PAPER_BYTES_MAX),
    )
    const invented = invent({ nowMs: time.now(), number: citizen, random: random.bytes, papers })
    must(kiosk.outbox.enqueue(await scanPapers(kiosk.files, invented)))
    const { clientRef, marker, number } = invented
    confirmed.push({ clientRef, marker, number, citizen, hasPapers })
    story.push(`${time.now() - START_MS} confirmed ${confirmed.length - 1}`)
    traces = new Map([...traces, ...tracesIn(kiosk.store.db)])
  }

  life = await begin()
  const filings = random.between(3, SIMULATION_LIMITS.FILINGS_MAX)
  for (let event = 0; event < SIMULATION_LIMITS.ROUGH_EVENTS; event += 1) {
    await disk.quiet()
    if (confirmed.length < filings && random.chance(0.2)) await confirm(life.kiosk)
    if (crashes < SIMULATION_LIMITS.CRASHES_MAX && random.chance(0.03)) await crash()
    time.step()
  }
  portal.clearUp()
  story.push(`${time.now() - START_MS} the weather clears`)
  const { kiosk } = life
  const settled = (): boolean => kiosk.outbox.counts().waiting === 0
  for (let event = 0; event < SIMULATION_LIMITS.FAIR_EVENTS && !settled(); event += 1) {
    await disk.quiet()
    time.step()
  }
  await disk.quiet()

  const counts = kiosk.outbox.counts()
  if (counts.waiting > 0) violations.push(`I1: ${counts.waiting} filings never come to their end`)
  violations.push(
    ...(await checkInvariants({ storeDir: dir, confirmed, dossiers: portal.dossiers(), traces })),
  )
  const withPapers = confirmed.filter(
    ({ clientRef, hasPapers }) => hasPapers && portal.has(clientRef),
  )
  life.end()
  await disk.quiet()
  await disk.closeAll()
  kiosk.store.close()
  return {
    seed,
    filings: confirmed.length,
    withPapers: withPapers.length,
    crashes,
    delivered: counts.delivered,
    withStaff: counts.needsStaff,
    violations,
    story,
  }
}

/** The kiosk between two crashes. `end` lets its timers and connections go. */
type Life = { readonly kiosk: Kiosk; readonly end: () => void }

/** From almost fair to almost hopeless. */
function climateBy(draw: () => number): Climate {
  const roughness = draw()
  const lot = (most: number): number => draw() * most * roughness
  return {
    unreached: lot(0.4),
    dropBefore: lot(0.4),
    dropAfter: lot(0.5),
    errorBefore: lot(0.3),
    errorAfter: lot(0.4),
    loginPage: lot(0.3),
    cutReceipt: lot(0.3),
    processing: lot(0.3),
    busy: lot(0.2),
    slow: lot(0.4),
    healthLost: lot(0.5),
    paperLost: lot(0.3),
  }
}
