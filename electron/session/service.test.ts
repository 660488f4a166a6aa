import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Procedure } from '../../shared/forms/index.ts'
import { sampleCardText, sampleProcedure, typedCardText } from '../../test/fixtures/procedure.ts'
import {
  sessionViewSchema,
  type CitizenAction,
  type FilingStatus,
  type PaperOut,
  type ReceiptOut,
} from '../../shared/contract/index.ts'
import type { CapturedPaper } from '../papers/index.ts'
import type { ChipAnswer } from './chip-answer.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createSession, type Session, type SessionPorts } from './service.ts'
import { toSessionView, type PaperDoors } from './view.ts'
import { defaultDisplay, type Visit } from './visit.ts'

const doors: PaperDoors = {
  source: 'camera',
  upload: () => '/papers/in',
  picture: (_clientRef, page) => `/papers/${page}`,
}

/** A kiosk around the session: its clock, its disk, its outbox and its printer, all in memory. */
function createWorld(procedure: Procedure = sampleProcedure) {
  const procedures = new Map([[procedure.code, procedure]])
  /** Wall clock and timers run on two clocks, as on a real machine: only one can be set back. */
  let skew = Date.UTC(2026, 10, 21, 2, 0)
  let mono = 0
  let draft: Uint8Array | null = null
  const timers = new Set<{ at: number; run: () => void }>()
  let refs = 0
  let finishPrint: (paper: PaperOut) => void = () => {}
  let breakPrint: (cause: Error) => void = () => {}
  let breakReceipt: (cause: Error) => void = () => {}
  /** What gathering the papers throws, if anything. */
  let gatherFault: Error | null = null
  const logged: string[] = []
  const filed = new Map<string, Visit>()
  const prints: { reprint: boolean }[] = []
  const receipts: string[] = []
  const dropped: string[] = []
  const gathered: CapturedPaper[] = []
  const ended: string[] = []
  const outbox = new Map<string, FilingStatus>()
  let diskFull = false
  let printerReady = true
  let pagePrinterReady = true
  let finishReceipt: (receipt: ReceiptOut) => void = () => {}
  let cardLies = false
  let chipReadings = 0
  let answerChip: (answer: ChipAnswer) => void = () => {}

  const ports: SessionPorts = {
    now: () => mono + skew,
    after(delayMs, callback) {
      if (delayMs === 0) {
        queueMicrotask(callback)
        return () => {}
      }
      const mine = { at: mono + delayMs, run: callback }
      timers.add(mine)
      return () => timers.delete(mine)
    },
    newClientRef: () => `ref-${(refs += 1)}`,
    drafts: {
      load: () => draft,
      save: (bytes) => (draft = bytes),
      erase: () => (draft = null),
    },
    chip: {
      lies: () => cardLies,
      read: (_card, signal) => {
        chipReadings += 1
        return new Promise((resolve) => {
          answerChip = resolve
          signal.addEventListener('abort', () => resolve({ state: 'not-read', why: 'unreadable' }))
        })
      },
    },
    papers: {
      scan: () => {},
      drop: (clientRef, page) => void dropped.push(`${clientRef}/${page}`),
      gather: async (_clientRef, papers) => {
        if (gatherFault) throw gatherFault
        gathered.push(...papers)
        return 'none'
      },
      end: (clientRef) => void ended.push(clientRef),
    },
    file(visit) {
      if (diskFull) return null
      filed.set(visit.clientRef ?? '', visit)
      return {
        reference: 'KM4TR7HC',
        ticket: { number: 'A027', counter: 'Quầy 2' },
        filedAtMs: mono + skew,
      }
    },
    delivery: () => null,
    filingStatus: (clientRef) => outbox.get(clientRef) ?? { state: 'unknown' },
    print: (visit) =>
      new Promise((resolve, reject) => {
        prints.push({ reprint: visit.filed?.reprint ?? false })
        finishPrint = resolve
        breakPrint = reject
      }),
    printerReady: () => printerReady,
    pagePrinterReady: () => pagePrinterReady,
    async receipt(visit, _procedure, tell) {
      receipts.push(visit.clientRef ?? '')
      tell({ state: 'printing' })
      const receipt = new Promise<ReceiptOut>((resolve, reject) => {
        finishReceipt = resolve
        breakReceipt = reject
      })
      tell(await receipt)
    },
    changed: () => {},
    log: (event, details) => logged.push(JSON.stringify({ event, ...details })),
  }
  let session = createSession(procedures, ports)
  let commands = 0
  const world = {
    filed,
    prints,
    receipts,
    dropped,
    gathered,
    ended,
    outbox,
    get session(): Session {
      return session
    },
    get draft() {
      return draft
    },
    setPrinter(ready: boolean) {
      printerReady = ready
      session.printerChanged()
    },
    setPagePrinter(ready: boolean) {
      pagePrinterReady = ready
      session.printerChanged()
    },
    gaveReceipt: async (receipt: ReceiptOut) => {
      finishReceipt(receipt)
      await settle()
    },
    get chipReadings() {
      return chipReadings
    },
    layCard(lies: boolean) {
      cardLies = lies
      session.cardReaderChanged()
    },
    chipSays: async (answer: ChipAnswer) => {
      answerChip(answer)
      await settle()
    },
    logged,
    breakGathering: (fault: Error | null) => (gatherFault = fault),
    printBreaks: async (cause: Error) => {
      breakPrint(cause)
      await settle()
    },
    receiptBreaks: async (cause: Error) => {
      breakReceipt(cause)
      await settle()
    },
    fillDisk: (full: boolean) => (diskFull = full),
    printed: async (paper: PaperOut) => {
      finishPrint(paper)
      await settle()
    },
    screen: () => toSessionView(session.state(), procedures, doors),
    act: (action: CitizenAction, id = `c${(commands += 1)}`) => session.act(id, action),
    /** Ends the core as `kill -9` would, and starts another on the same disk. */
    kill() {
      session.close()
      timers.clear()
      session = createSession(procedures, ports)
    },
    wait(ms: number) {
      const until = mono + ms
      for (;;) {
        const [due] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (due === undefined) break
        mono = due.at
        timers.delete(due)
        due.run()
      }
      mono = until
    },
    setBack: (ms: number) => (skew -= ms),
  }
  return world
}

type World = ReturnType<typeof createWorld>

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Every step of the road, in order; each is one touch, or the scan. */
const road: ((world: World) => void)[] = [
  (world) => world.act({ type: 'start' }),
  (world) => world.session.scanned(sampleCardText),
  (world) => world.act({ type: 'confirm-card' }),
  (world) => world.act({ type: 'choose', code: sampleProcedure.code }),
  (world) => world.act({ type: 'begin' }),
  (world) => world.act({ type: 'answer', key: 'status', value: 'divorced' }),
  (world) => world.act({ type: 'answer', key: 'court', value: 'Tòa án Mẫu' }),
  (world) => world.act({ type: 'answer', key: 'phone', value: null }),
  (world) => world.act({ type: 'accept-review' }),
  (world) => world.act({ type: 'declare' }),
]

const screens = [
  'identify',
  'confirm',
  'choose',
  'prepare',
  'answer',
  'answer',
  'answer',
  'review',
  'declare',
  'submitting',
]

async function walk(world: World, steps = road.length) {
  for (const step of road.slice(0, steps)) step(world)
  await settle()
}

describe('a card on the reader of chips', () => {
  const agrees: ChipAnswer = {
    state: 'read',
    verdict: 'verified',
    name: 'Nguyễn Văn Ví Dụ',
    address: 'Ấp Mẫu, Xã Thử, Bến Tre',
    oldNumber: null,
  }

  it('is read once the code is scanned, and the screen says what came of it', async () => {
    const world = createWorld()
    world.act({ type: 'start' })
    world.layCard(true)
    expect(world.chipReadings).toBe(0)
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ screen: 'confirm', chip: { state: 'reading' } })
    await world.chipSays({ ...agrees, address: 'ẤP MẪU - XÃ THỬ' })
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      card: { name: 'Nguyễn Văn Ví Dụ', address: 'Ấp Mẫu, Xã Thử' },
      chip: { state: 'read', verdict: 'verified', gave: [] },
    })
    expect(world.act({ type: 'confirm-card' })).toBe('done')
  })

  it('that is authentic gives the address and the old number where the code says others', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ ...agrees, oldNumber: '300000000' })
    expect(world.session.state().visit).toMatchObject({
      card: { address: 'Ấp Mẫu, Xã Thử, Bến Tre', oldNumber: '300000000' },
      chip: { state: 'read', verdict: 'verified', gave: ['address'] },
    })
  })

  it('is not called authentic where no form would take the address that it says', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ ...agrees, address: 'Ấp Mẫu '.repeat(40) })
    expect(world.screen()).toMatchObject({
      card: { address: 'Ấp Mẫu, Xã Thử' },
      chip: { state: 'read', verdict: 'not-attempted', gave: [] },
    })
  })

  it('that is not authentic changes nothing that the code says', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    const verdict = 'signature-ok-chain-unknown'
    const before = world.session.state().visit.card
    await world.chipSays({ ...agrees, verdict, oldNumber: '300000000' })
    expect(world.session.state().visit).toMatchObject({ card: before, chip: { verdict, gave: [] } })
  })

  it('gives the name and the address that a scanner which types has lost', async () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    world.layCard(true)
    expect(world.screen()).toMatchObject({ screen: 'card-part', chip: { state: 'reading' } })
    await world.chipSays(agrees)
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      card: { name: 'Nguyễn Văn Ví Dụ', address: 'Ấp Mẫu, Xã Thử, Bến Tre', byHand: [] },
      chip: { gave: ['name', 'address'] },
    })
  })

  it('has the citizen write what the chip does not say', async () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    world.layCard(true)
    await world.chipSays({ ...agrees, address: null })
    expect(world.screen()).toMatchObject({ screen: 'card-part', part: 'address' })
    world.act({ type: 'write-card-part', part: 'address', text: 'Ấp Mẫu' })
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      card: { name: 'Nguyễn Văn Ví Dụ', byHand: ['address'] },
    })
  })

  it.each(['Nguyễn Văn 2', 'Nguyễn '.repeat(20)])(
    'gives no name that no form would take: %s',
    async (name) => {
      const world = createWorld()
      world.session.scanned(typedCardText, 'wedge')
      world.layCard(true)
      await world.chipSays({ ...agrees, name })
      expect(world.screen()).toMatchObject({ screen: 'card-part', part: 'name' })
    },
  )

  it('of another person stops the way until that card is scanned anew', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ state: 'differs' })
    expect(world.screen()).toMatchObject({ chip: { state: 'differs' } })
    expect(world.act({ type: 'confirm-card' })).toBe('ignored')
    world.layCard(false)
    expect(world.act({ type: 'confirm-card' })).toBe('ignored')
    world.act({ type: 'reject-card' })
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ chip: { state: 'none' } })
  })

  it('that was pulled early is read when it is laid again, and nobody waits for it', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ state: 'not-read', why: 'removed' })
    expect(world.screen()).toMatchObject({ chip: { state: 'not-read', why: 'removed' } })
    world.layCard(true)
    expect(world.chipReadings).toBe(1)
    world.layCard(false)
    world.wait(SESSION_LIMITS.CHIP_AWAY_MS)
    world.layCard(true)
    expect(world.chipReadings).toBe(2)
    expect(world.act({ type: 'confirm-card' })).toBe('done')
    await settle()
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'confirm', chip: { state: 'reading' } })
  })

  it('is not read any more when the citizen has gone on, and its answer changes nothing', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    world.act({ type: 'confirm-card' })
    await world.chipSays({ state: 'differs' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
    expect(world.session.state().visit.chip).toEqual({ state: 'none' })
  })

  it('is read anew by a core that comes after one that was killed in the middle', async () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    world.layCard(true)
    world.kill()
    expect(world.chipReadings).toBe(2)
    await world.chipSays(agrees)
    expect(world.screen()).toMatchObject({ screen: 'confirm', chip: { state: 'read' } })
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'confirm', chip: { state: 'read' } })
    expect(world.chipReadings).toBe(2)
  })

  it('forgotten there keeps nobody’s visit open', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    world.wait(SESSION_LIMITS.IDLE_MS)
    await world.chipSays({ state: 'not-read', why: 'unreadable' })
    world.wait(SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
    world.layCard(true)
    expect(world.chipReadings).toBe(1)
  })
})

describe('the road of one citizen', () => {
  it('leads from the first touch to a kept filing, one screen at a time', async () => {
    const world = createWorld()
    const seen = road.map((step) => {
      step(world)
      return world.screen().screen
    })
    expect(seen).toEqual(screens)
    await settle()
    expect(world.screen()).toMatchObject({
      screen: 'done',
      delivery: { state: 'held' },
      paper: { state: 'printing' },
    })
    expect(world.filed.size).toBe(1)
    await world.printed({ state: 'printed' })
    expect(world.screen()).toMatchObject({ paper: { state: 'printed' } })
  })

  it('starts at once when a card is scanned on the first screen', () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      card: { name: 'Nguyễn Văn Ví Dụ', maskedNumber: '083 ••• ••0000' },
    })
  })

  it('says that a scan could not be read, and stays', () => {
    const world = createWorld()
    world.session.act('c-1', { type: 'start' })
    world.session.scanRefused()
    expect(world.screen()).toEqual({ screen: 'identify', problem: 'garbled' })
  })

  it('says what else was scanned, and stays', () => {
    const world = createWorld()
    world.session.scanned('00020101021238')
    expect(world.screen()).toEqual({ screen: 'identify', problem: 'vietqr' })
  })

  it('has the citizen write what a scanner that types has lost, part by part', () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    expect(world.screen()).toMatchObject({
      screen: 'card-part',
      part: 'name',
      read: 'Nguyn Vn V D',
      whole: false,
      problem: null,
    })
    world.act({ type: 'write-card-part', part: 'name', text: 'Nguyễn Văn 2' })
    expect(world.screen()).toMatchObject({
      read: 'Nguyễn Văn 2',
      whole: true,
      problem: { code: 'letters-only' },
    })
    world.act({ type: 'write-card-part', part: 'name', text: ' Nguyễn Văn Ví Dụ ' })
    expect(world.screen()).toMatchObject({ screen: 'card-part', part: 'address', whole: false })
    world.act({ type: 'write-card-part', part: 'address', text: 'Ấp Mẫu, Xã Thử' })
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      card: {
        name: 'Nguyễn Văn Ví Dụ',
        address: 'Ấp Mẫu, Xã Thử',
        byHand: ['name', 'address'],
        maskedNumber: '083 ••• ••0000',
      },
    })
  })

  it('goes back to what was written, and files no name that nobody has written', () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    expect(world.act({ type: 'confirm-card' })).toBe('ignored')
    world.act({ type: 'write-card-part', part: 'name', text: 'Le An' })
    world.act({ type: 'write-card-part', part: 'address', text: 'Ap Mau' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ part: 'address', read: 'Ap Mau', whole: true })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ part: 'name', read: 'Le An', whole: true })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'identify' })
  })

  it('takes the same card from a better reader instead of the citizen’s writing', () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ screen: 'confirm', card: { byHand: [] } })
  })

  it('keeps what was written when the same card is read again no better', () => {
    const world = createWorld()
    world.session.scanned(typedCardText, 'wedge')
    world.act({ type: 'write-card-part', part: 'name', text: 'Nguyễn Văn Ví Dụ' })
    const before = world.screen()
    world.session.scanned(typedCardText, 'wedge')
    expect(world.screen()).toEqual(before)
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ part: 'name', read: 'Nguyễn Văn Ví Dụ', whole: true })
  })

  it('keeps a refused entry on the screen with its reason', () => {
    const world = createWorld()
    for (const step of road.slice(0, 7)) step(world)
    world.act({ type: 'answer', key: 'phone', value: '12' })
    expect(world.screen()).toMatchObject({
      screen: 'answer',
      value: '12',
      problem: { code: 'not-a-phone' },
    })
  })

  it('ignores an answer to a question that is not on the screen', () => {
    const world = createWorld()
    for (const step of road.slice(0, 5)) step(world)
    expect(world.act({ type: 'answer', key: 'phone', value: '0912000000' })).toBe('ignored')
  })

  it('goes back through every screen and forward again without losing an answer', () => {
    const world = createWorld()
    for (const step of road.slice(0, 8)) step(world)
    for (const expected of ['answer', 'answer', 'answer', 'prepare', 'choose', 'confirm']) {
      world.act({ type: 'back' })
      expect(world.screen().screen).toBe(expected)
    }
    world.act({ type: 'confirm-card' })
    world.act({ type: 'choose', code: sampleProcedure.code })
    world.act({ type: 'begin' })
    expect(world.screen()).toMatchObject({
      screen: 'review',
      answers: [
        { key: 'status' },
        { key: 'court', value: 'Tòa án Mẫu' },
        { key: 'phone', value: null },
      ],
    })
  })

  it('returns to the check page after a change, and drops what the change hides', () => {
    const world = createWorld()
    for (const step of road.slice(0, 8)) step(world)
    world.act({ type: 'change', key: 'status' })
    world.act({ type: 'answer', key: 'status', value: 'single' })
    expect(world.screen()).toMatchObject({
      screen: 'review',
      answers: [{ key: 'status' }, { key: 'phone' }],
    })
  })

  it('asks the question that a change opens before it returns', () => {
    const world = createWorld()
    for (const step of road.slice(0, 5)) step(world)
    world.act({ type: 'answer', key: 'status', value: 'single' })
    world.act({ type: 'answer', key: 'phone', value: null })
    world.act({ type: 'change', key: 'status' })
    world.act({ type: 'answer', key: 'status', value: 'divorced' })
    expect(world.screen()).toMatchObject({ screen: 'answer', question: { key: 'court' } })
    world.act({ type: 'back' })
    world.act({ type: 'accept-review' })
    expect(world.screen()).toMatchObject({ screen: 'answer', question: { key: 'court' } })
  })

  it('promises nothing when the filing cannot be kept, and lets one try again', async () => {
    const world = createWorld()
    world.fillDisk(true)
    await walk(world)
    expect(world.screen()).toMatchObject({ screen: 'declare', notKept: true })
    world.fillDisk(false)
    world.act({ type: 'declare' })
    await settle()
    expect(world.screen().screen).toBe('done')
    expect(world.filed.size).toBe(1)
  })

  it('prints for the next visit when the printer is done with one that has ended', async () => {
    const world = createWorld()
    await walk(world)
    const done = world.printed
    world.act({ type: 'finish' })
    await walk(world)
    expect(world.screen()).toMatchObject({ screen: 'done', paper: { state: 'waiting' } })
    await done({ state: 'printed' })
    expect(world.prints).toHaveLength(2)
    expect(world.screen()).toMatchObject({ paper: { state: 'printing' } })
  })

  it('prints again when asked, marked as a reprint', async () => {
    const world = createWorld()
    await walk(world)
    await world.printed({ state: 'printed' })
    world.act({ type: 'reprint' })
    expect(world.prints).toEqual([{ reprint: false }, { reprint: true }])
  })

  it('prints again by itself, marked, once the printer is mended', async () => {
    const world = createWorld()
    await walk(world)
    world.setPrinter(false)
    await world.printed({ state: 'failed', printer: { state: 'paper-out' } })
    expect(world.prints).toHaveLength(1)
    world.setPrinter(true)
    expect(world.prints).toEqual([{ reprint: false }, { reprint: true }])
    await world.printed({ state: 'printed' })
    world.setPrinter(true)
    expect(world.prints).toHaveLength(2)
  })

  it('prints again by itself also when the printer was mended before the job had failed', async () => {
    const world = createWorld()
    await walk(world)
    await world.printed({ state: 'failed', printer: { state: 'error', cause: 'recoverable' } })
    expect(world.prints).toEqual([{ reprint: false }, { reprint: true }])
  })

  it('stops printing by itself on a printer that is ready and fails each time', async () => {
    const world = createWorld()
    await walk(world)
    for (let times = 0; times < 10; times += 1) {
      await world.printed({ state: 'failed', printer: { state: 'error', cause: 'offline' } })
    }
    expect(world.prints).toHaveLength(1 + SESSION_LIMITS.MAX_SELF_REPRINTS)
    world.act({ type: 'reprint' })
    expect(world.prints).toHaveLength(2 + SESSION_LIMITS.MAX_SELF_REPRINTS)
  })

  it('takes a mended printer for no touch, and prints nothing for a citizen who has left', async () => {
    const world = createWorld()
    await walk(world)
    world.setPrinter(false)
    await world.printed({ state: 'failed', printer: { state: 'cover-open' } })
    world.wait(SESSION_LIMITS.IDLE_MS + SESSION_LIMITS.WARNING_MS)
    world.setPrinter(true)
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.prints).toHaveLength(1)
  })

  it('gives the receipt once the portal has accepted, and once only', async () => {
    const world = createWorld()
    await walk(world)
    await world.printed({ state: 'printed' })
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H00-1' })
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H00-1' })
    expect(world.screen()).toMatchObject({ delivery: { state: 'accepted', dossierCode: 'H00-1' } })
    await world.gaveReceipt({ state: 'printed' })
    expect(world.screen()).toMatchObject({ receipt: { state: 'printed' } })
    world.kill()
    expect(world.receipts).toEqual(['ref-1'])
  })

  it('gives the receipt again when its printer is mended, and says that none came until then', async () => {
    const world = createWorld()
    await walk(world)
    await world.printed({ state: 'printed' })
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H00-1' })
    world.setPagePrinter(false)
    await world.gaveReceipt({ state: 'failed', printer: { state: 'jam' } })
    expect(world.screen()).toMatchObject({
      receipt: { state: 'failed', printer: { state: 'jam' } },
    })
    world.setPagePrinter(true)
    expect(world.screen()).toMatchObject({ receipt: { state: 'printing' } })
    await world.gaveReceipt({ state: 'printed' })
    expect(world.receipts).toEqual(['ref-1', 'ref-1'])
  })

  it('knows nothing of a receipt under way when it died, and prints no second one', async () => {
    const world = createWorld()
    await walk(world)
    await world.printed({ state: 'printed' })
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H00-1' })
    world.kill()
    expect(world.screen()).toMatchObject({ receipt: { state: 'unconfirmed' } })
    expect(world.receipts).toEqual(['ref-1'])
  })
})

describe('how the page is drawn', () => {
  const display = { text: 'largest', contrast: 'high', lowered: true } as const

  it("is the citizen's to choose on every screen, and the next citizen starts afresh", () => {
    const world = createWorld()
    for (const step of road.slice(0, 9)) {
      step(world)
      const before = world.screen()
      expect(world.act({ type: 'display', display: { ...display, lowered: false } })).toBe('done')
      world.act({ type: 'display', display })
      expect(world.session.state().display).toEqual(display)
      expect(world.screen()).toEqual(before)
    }
    world.kill()
    expect(world.session.state().display).toEqual(display)
    world.act({ type: 'finish' })
    expect(world.session.state().display).toEqual(defaultDisplay)
  })

  it('is a touch like any other', () => {
    const world = createWorld()
    world.act({ type: 'start' })
    world.wait(SESSION_LIMITS.IDLE_MS)
    world.act({ type: 'display', display })
    expect(world.session.state().warnedForMs).toBeNull()
  })
})

describe('a slip under the scanner', () => {
  const slipRef = '01932b6e-0000-7000-8000-00000000000a'
  const slipText = `MCK:S:${slipRef}`
  const waiting = { state: 'waiting', reference: 'KM4TR7HC', counter: 'Quầy 2' } as const
  const sent = {
    ...waiting,
    state: 'sent',
    dossierCode: 'H19.99-20261121-0000001',
    acceptedOn: { year: 2026, month: 11, day: 21 },
  } as const

  it.each([
    ['the first screen', () => {}],
    ['the screen that waits for a card', (world: World) => world.act({ type: 'start' })],
  ])('shows on %s what became of the filing, and "Xong" ends it', (_where, go) => {
    const world = createWorld()
    world.outbox.set(slipRef, waiting)
    go(world)
    world.session.scanned(slipText)
    expect(world.screen()).toEqual({ screen: 'look-up', filing: waiting })
    expect(world.act({ type: 'finish' })).toBe('done')
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
  })

  it('follows the filing while it is shown', () => {
    const world = createWorld()
    world.outbox.set(slipRef, waiting)
    world.session.scanned(slipText)
    world.outbox.set(slipRef, sent)
    expect(world.screen()).toEqual({ screen: 'look-up', filing: sent })
  })

  it('says so when the filing is not of this kiosk', () => {
    const world = createWorld()
    world.session.scanned(slipText)
    expect(world.screen()).toEqual({ screen: 'look-up', filing: { state: 'unknown' } })
  })

  it('gives way to the next slip, and to a code that is none', () => {
    const world = createWorld()
    world.outbox.set(slipRef, waiting)
    world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000b')
    world.session.scanned(slipText)
    expect(world.screen()).toEqual({ screen: 'look-up', filing: waiting })
    world.session.scanned('MCK:T:KM4:20261121:A027')
    expect(world.screen()).toEqual({ screen: 'identify', problem: 'ticket' })
    expect(world.session.state().filing).toBeNull()
  })

  it('gives way to an ID card, whose holder files under a reference of their own', async () => {
    const world = createWorld()
    world.outbox.set(slipRef, waiting)
    world.session.scanned(slipText)
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ screen: 'confirm' })
    for (const step of road.slice(2)) step(world)
    await settle()
    expect([...world.filed.keys()]).toEqual(['ref-1'])
  })

  it('changes nothing once somebody has shown a card', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    const before = world.screen()
    world.session.scanned(slipText)
    expect(world.screen()).toEqual(before)
  })

  it('is still on the screen after the core died, with the news of that moment', () => {
    const world = createWorld()
    world.outbox.set(slipRef, waiting)
    world.session.scanned(slipText)
    world.outbox.set(slipRef, sent)
    world.kill()
    expect(world.screen()).toEqual({ screen: 'look-up', filing: sent })
  })

  it('is not left lying open: whoever has gone is asked, then the screen is cleared', () => {
    const world = createWorld()
    world.outbox.set(slipRef, waiting)
    world.session.scanned(slipText)
    world.wait(SESSION_LIMITS.IDLE_MS)
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
    world.wait(SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })
})

describe('a core that dies', () => {
  it.each(road.map((_step, index) => [screens[index], index + 1]))(
    'loses nothing on the screen "%s" (step %i), and one dossier comes of it',
    async (_screen, steps) => {
      const world = createWorld()
      for (const step of road.slice(0, steps)) step(world)
      const before = world.screen()
      world.kill()
      expect(world.screen()).toEqual(before)
      for (const step of road.slice(steps)) step(world)
      await settle()
      expect(world.screen().screen).toBe('done')
      expect([...world.filed.keys()]).toEqual(['ref-1'])
    },
  )

  it('gives a repeated command its first answer and moves nothing', () => {
    const world = createWorld()
    for (const step of road.slice(0, 4)) step(world)
    expect(world.act({ type: 'begin' }, 'same')).toBe('done')
    const after = world.screen()
    world.kill()
    expect(world.act({ type: 'begin' }, 'same')).toBe('done')
    expect(world.screen()).toEqual(after)
  })

  it('prints again, as a reprint, when it died while printing', async () => {
    const world = createWorld()
    await walk(world)
    world.kill()
    expect(world.prints).toEqual([{ reprint: false }, { reprint: true }])
  })

  it('takes news from the outbox for no sign of the citizen, however late it came', async () => {
    const world = createWorld()
    await walk(world)
    await world.printed({ state: 'printed' })
    world.wait(SESSION_LIMITS.IDLE_MS)
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H00-1' })
    world.session.close()
    world.wait(SESSION_LIMITS.DRAFT_MAX_AGE_MS - SESSION_LIMITS.IDLE_MS + 1)
    world.kill()
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('does not show an old draft to the next citizen', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.session.close()
    world.wait(SESSION_LIMITS.DRAFT_MAX_AGE_MS + 1)
    world.kill()
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
  })
})

describe('what breaks off', () => {
  const bug = new TypeError('Nguyễn Văn Ví Dụ')

  it('while the papers are gathered is a filing not kept, which may be tried again', async () => {
    const world = createWorld()
    world.breakGathering(bug)
    await walk(world)
    expect(world.screen()).toMatchObject({ screen: 'declare', notKept: true })
    world.breakGathering(null)
    world.act({ type: 'declare' })
    await settle()
    expect(world.screen().screen).toBe('done')
  })

  it('while a slip is printed is a printer at fault', async () => {
    const world = createWorld()
    await walk(world)
    world.setPrinter(false)
    await world.printBreaks(bug)
    expect(world.screen()).toMatchObject({
      paper: { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } },
    })
  })

  it('while a receipt is printed leaves one that nobody can vouch for', async () => {
    const world = createWorld()
    await walk(world)
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H00-1' })
    await world.receiptBreaks(bug)
    expect(world.screen()).toMatchObject({ receipt: { state: 'unconfirmed' } })
  })

  it('stands in the log by its name and place alone', async () => {
    const world = createWorld()
    world.breakGathering(bug)
    await walk(world)
    expect(world.logged).toHaveLength(1)
    expect(world.logged[0]).toMatch(/"event":"filing-broke-off","fault":"TypeError at /)
    expect(world.logged[0]).not.toContain('Ví Dụ')
  })
})

describe('a citizen who has left', () => {
  it.each<[string, number, (world: World) => void]>([
    ['scanned well', 1_500, (world) => world.session.scanned(sampleCardText)],
    ['scanned badly', 20_000, (world) => world.session.scanRefused()],
    [
      'found by the reader of chips',
      20_000,
      (world) => {
        world.layCard(false)
        world.layCard(true)
      },
    ],
  ])('is asked although a forgotten card is %s again and again', (_how, everyMs, again) => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    for (let gone = 0; gone < SESSION_LIMITS.IDLE_MS; gone += everyMs) {
      expect(world.session.state().warnedForMs).toBeNull()
      again(world)
      world.wait(everyMs)
    }
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
    again(world)
    world.wait(SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it.each<[string, (world: World) => void, (world: World) => void]>([
    [
      'a code that is none',
      (world) => world.act({ type: 'start' }),
      (world) => world.session.scanRefused(),
    ],
    [
      'a card read in part',
      (world) => world.session.scanned(typedCardText, 'wedge'),
      (world) => world.session.scanned(typedCardText, 'wedge'),
    ],
    [
      'a slip',
      (world) => world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000a'),
      (world) => world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000a'),
    ],
  ])('is asked although %s is read again and again where one is taken', (_what, begin, again) => {
    const world = createWorld()
    begin(world)
    for (let gone = 0; gone < SESSION_LIMITS.IDLE_MS; gone += 20_000) {
      again(world)
      world.wait(20_000)
    }
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
    again(world)
    world.wait(SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('is there again with another card, when it is asked', () => {
    const world = createWorld()
    world.act({ type: 'start' })
    world.wait(SESSION_LIMITS.IDLE_MS)
    world.session.scanned(sampleCardText)
    expect(world.session.state().warnedForMs).toBeNull()
  })

  it('is asked after the idle time and erased after the warning', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.wait(SESSION_LIMITS.IDLE_MS - 1)
    expect(world.session.state().warnedForMs).toBeNull()
    world.wait(1)
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
    world.wait(SESSION_LIMITS.WARNING_MS - 1)
    expect(world.screen().screen).toBe('answer')
    world.wait(1)
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
  })

  it('may say "still here" more than ten times (WCAG 2.2.1)', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    for (let round = 0; round < 12; round += 1) {
      world.wait(SESSION_LIMITS.IDLE_MS)
      expect(world.session.state().warnedForMs).not.toBeNull()
      world.act({ type: 'stay' })
      expect(world.session.state().warnedForMs).toBeNull()
    }
    expect(world.screen().screen).toBe('answer')
  })

  it('is not waited for on the first screen', () => {
    const world = createWorld()
    world.wait(10 * SESSION_LIMITS.IDLE_MS)
    expect(world.session.state().warnedForMs).toBeNull()
  })

  it('is erased at once by "Xong", with help open or not', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.act({ type: 'call-help' })
    expect(world.screen()).toEqual({ screen: 'help' })
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
  })

  it('is asked and erased although each timer is a little early', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.setBack(1)
    world.wait(SESSION_LIMITS.IDLE_MS + 1)
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
    world.setBack(1)
    world.wait(SESSION_LIMITS.WARNING_MS + 1)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('is erased although the clock was set back', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.setBack(86_400_000)
    world.wait(SESSION_LIMITS.IDLE_MS)
    world.wait(SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })
})

describe('any sequence of touches', () => {
  const action: fc.Arbitrary<CitizenAction> = fc.oneof(
    fc.constantFrom<CitizenAction>(
      { type: 'start' },
      { type: 'confirm-card' },
      { type: 'reject-card' },
      { type: 'choose', code: sampleProcedure.code },
      { type: 'choose', code: '0.000000' },
      { type: 'begin' },
      { type: 'accept-review' },
      { type: 'declare' },
      { type: 'reprint' },
      { type: 'back' },
      { type: 'finish' },
      { type: 'call-help' },
      { type: 'end-help' },
      { type: 'stay' },
    ),
    fc.record({
      type: fc.constant('answer' as const),
      key: fc.constantFrom('status', 'court', 'phone', 'name', '__proto__'),
      value: fc.constantFrom(null, '', 'single', 'divorced', 'Tòa', '0912 000 000', 7),
    }),
    fc.record({
      type: fc.constant('change' as const),
      key: fc.constantFrom('status', 'court', 'phone', 'name'),
    }),
    fc.record({
      type: fc.constant('write-card-part' as const),
      part: fc.constantFrom('name', 'address'),
      text: fc.constantFrom('Lê Ví Dụ', 'Ấp Mẫu', '', '7'),
    }),
  )
  const step = fc.oneof(
    { weight: 8, arbitrary: action },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        { scan: sampleCardText },
        { scan: typedCardText, from: 'wedge' as const },
        { scan: 'MCK:S:01932b6e-0000-7000-8000-00000000000a' },
        { scan: 'MCK:T:KM4:20261121:A027' },
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('kill' as const, 'wait' as const) },
  )

  it('ends on a screen that can be shown, and never makes a second filing of one visit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const world = createWorld()
        for (const one of steps) {
          if (one === 'kill') world.kill()
          else if (one === 'wait') world.wait(SESSION_LIMITS.IDLE_MS)
          else if ('scan' in one) {
            world.session.scanned(one.scan, 'from' in one ? one.from : 'reader')
          } else world.act(one)
          sessionViewSchema.parse(world.screen())
        }
        await settle()
        for (const visit of world.filed.values()) {
          expect(visit.card).not.toBeNull()
          expect(visit.cardWritten.toSorted()).toEqual(visit.card?.unsure?.toSorted() ?? [])
          expect(Object.keys(visit.answers)).toContain('status')
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('papers that go with the filing', () => {
  /** The same procedure with two papers, the second for the divorced alone. */
  const component = {
    originals: 1,
    copies: 0,
    handling: 'scan',
    source: { mark: 'open', text: 'invented for tests' },
  } as const
  const withPapers: Procedure = {
    ...sampleProcedure,
    components: [
      { ...component, code: 'birth', name: 'Giấy chứng sinh' },
      {
        ...component,
        code: 'court',
        name: 'Bản án',
        showIf: { '==': [{ var: 'status' }, 'divorced'] },
      },
    ],
  }

  /** A visit on the screen of the first paper. */
  function atPapers(status = 'divorced') {
    const world = createWorld(withPapers)
    for (const step of road.slice(0, 5)) step(world)
    world.act({ type: 'answer', key: 'status', value: status })
    if (status === 'divorced') world.act({ type: 'answer', key: 'court', value: 'Tòa án Mẫu' })
    world.act({ type: 'answer', key: 'phone', value: null })
    return world
  }
  const take = (world: World, paper: string, page: string) =>
    world.session.pageTaken('ref-1', paper, page)

  it('come after the questions, one a screen', () => {
    const world = atPapers()
    expect(world.screen()).toMatchObject({
      screen: 'papers',
      component: { code: 'birth', handling: 'scan' },
      index: 1,
      count: 2,
      pages: [],
      upload: '/papers/in',
    })
    expect(world.act({ type: 'accept-paper' })).toBe('ignored')
    expect(take(world, 'birth', 'p1')).toBe(true)
    world.act({ type: 'accept-paper' })
    expect(world.screen()).toMatchObject({ component: { code: 'court' }, index: 2 })
    world.act({ type: 'paper-at-counter' })
    expect(world.screen()).toMatchObject({
      screen: 'review',
      papers: [
        { component: 'birth', pages: 1 },
        { component: 'court', pages: 0 },
      ],
    })
  })

  it('are only those that the answers call for', () => {
    expect(atPapers('single').screen()).toMatchObject({ count: 1 })
  })

  it('can be turned and thrown away page by page; what is thrown away goes from the disk', () => {
    const world = atPapers()
    take(world, 'birth', 'p1')
    take(world, 'birth', 'p2')
    world.act({ type: 'turn-page', page: 'p2' })
    world.act({ type: 'drop-page', page: 'p1' })
    expect(world.screen()).toMatchObject({
      pages: [{ id: 'p2', turns: 1, url: '/papers/p2' }],
    })
    expect(world.dropped).toEqual(['ref-1/p1'])
    expect(world.act({ type: 'drop-page', page: 'p1' })).toBe('ignored')
  })

  it('take no page of another paper, another visit, or beyond the last', () => {
    const world = atPapers()
    expect(take(world, 'court', 'p1')).toBe(false)
    expect(world.session.pageTaken('ref-0', 'birth', 'p1')).toBe(false)
    for (let at = 0; at < SESSION_LIMITS.PAGES_MAX; at += 1) take(world, 'birth', `p${at}`)
    expect(take(world, 'birth', 'one-more')).toBe(false)
    expect(world.screen()).toMatchObject({ upload: null })
  })

  it('survive the core, and go with the visit', () => {
    const world = atPapers()
    take(world, 'birth', 'p1')
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'papers', pages: [{ id: 'p1' }] })
    world.act({ type: 'finish' })
    expect(world.ended).toEqual(['ref-1'])
  })

  it('are filed as they were captured, without those for the counter', async () => {
    const world = atPapers()
    take(world, 'birth', 'p1')
    world.act({ type: 'accept-paper' })
    world.act({ type: 'paper-at-counter' })
    world.act({ type: 'accept-review' })
    world.act({ type: 'declare' })
    await settle()
    expect(world.gathered).toEqual([{ component: 'birth', pages: [{ id: 'p1', turns: 0 }] }])
    expect(world.screen()).toMatchObject({ screen: 'done' })
  })

  it('go back to the question, and to the one before', () => {
    const world = atPapers()
    world.act({ type: 'paper-at-counter' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ component: { code: 'birth' } })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'answer', question: { key: 'phone' } })
  })

  it('can be changed from the check page, which then comes again', () => {
    const world = atPapers()
    world.act({ type: 'paper-at-counter' })
    world.act({ type: 'paper-at-counter' })
    world.act({ type: 'change-paper', component: 'court' })
    expect(world.screen()).toMatchObject({ component: { code: 'court' }, changing: true })
    take(world, 'court', 'p1')
    world.act({ type: 'accept-paper' })
    expect(world.screen()).toMatchObject({ screen: 'review', papers: [{ pages: 0 }, { pages: 1 }] })
  })

  it('that an answer brings up are asked for before anything is declared', () => {
    const world = atPapers('single')
    world.act({ type: 'paper-at-counter' })
    world.act({ type: 'change', key: 'status' })
    world.act({ type: 'answer', key: 'status', value: 'divorced' })
    world.act({ type: 'answer', key: 'court', value: 'Tòa án Mẫu' })
    expect(world.screen()).toMatchObject({ screen: 'papers', component: { code: 'court' } })
  })
})
