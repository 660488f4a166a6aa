import fc from 'fast-check'
import shippedNotice from '../../resources/papers/notice.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import {
  buildForm,
  versionsOf,
  type EnteredValue,
  type Procedure,
} from '../../shared/forms/index.ts'
import { allKinds, motherCardText } from '../../test/fixtures/all-kinds.ts'
import { sampleCardText, sampleProcedure, typedCardText } from '../../test/fixtures/procedure.ts'
import { ending, successor } from '../../test/fixtures/versions.ts'
import {
  sessionViewSchema,
  type CitizenAction,
  type FilingStatus,
  type PaperOut,
  type ReceiptOut,
  type Screen,
  type SessionView,
} from '../../shared/contract/index.ts'
import type { CapturedPaper } from '../papers/index.ts'
import { parseCode } from '../identity/index.ts'
import type { AccessAnswer } from './access-number.ts'
import type { ChipAnswer } from './chip-answer.ts'
import type { KeptFound } from './kept-draft.ts'
import { knownIn } from './known.ts'
import { SESSION_LIMITS } from './limits.ts'
import { noticeOn, noticeTextsSchema, noticeView } from './notice.ts'
import { sampleNotice } from './notice.test-data.ts'
import type { PortalNews } from './portal-news.ts'
import { createSession, type Session, type SessionPorts } from './service.ts'
import { toSessionView, type PaperDoors } from './view.ts'
import { defaultDisplay } from '../../shared/contract/index.ts'
import type { Visit } from './visit.ts'

const doors: PaperDoors = {
  source: 'camera',
  upload: () => '/papers/in',
  picture: (_clientRef, page) => `/papers/${page}`,
}

/** A kiosk around the session: its clock, its disk, its outbox and its printer, all in memory. */
function createWorld(...given: Procedure[]) {
  const pack = given.length === 0 ? [sampleProcedure] : given
  const procedures = versionsOf(pack)
  const forms = { known: procedures, offered: procedures }
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
  /** Numbers by visit and group. */
  const numbers = new Map<string, string>()
  /** Tickets without a filing, as they were sent to the printer. */
  const tickets: { number: string; reprint: boolean }[] = []
  const counterNotes: { number: string; reprint: boolean; answers: Visit['answers'] }[] = []
  /** Whose slip each of them is. */
  const slips: string[] = []
  const receipts: string[] = []
  const dropped: string[] = []
  const rooms: number[] = []
  const gathered: CapturedPaper[] = []
  const ended: string[] = []
  const keptDrafts = new Map<string, NonNullable<KeptFound>>()
  const keptTold: string[] = []
  const agreements: string[] = []
  let edition = '2026-1'
  /** Whether citizens agree to the notice before they read it, as most tests want. */
  let agreesAtOnce = true
  const outbox = new Map<string, FilingStatus>()
  let diskFull = false
  let printerReady = true
  let pagePrinterReady = true
  const sheets: string[] = []
  let finishSheet: (sheet: ReceiptOut) => void = () => {}
  let finishReceipt: (receipt: ReceiptOut) => void = () => {}
  const questions: { clientRef: string; givenUp: () => boolean }[] = []
  let answerPortal: (news: PortalNews) => void = () => {}
  let breakPortal: (cause: Error) => void = () => {}
  let cardLies = false
  let chipReadings = 0
  let answerChip: (answer: ChipAnswer) => void = () => {}
  const openings: { digits: string; number: string | null; givenUp: () => boolean }[] = []
  let answerAccess: (answer: AccessAnswer) => void = () => {}

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
    notice: {
      current: () => ({ ...sampleNotice, edition }),
      agreed: (clientRef, agreedTo) => void agreements.push(`${clientRef} ${agreedTo}`),
    },
    kept: {
      keep(number, draft) {
        if (!diskFull) keptDrafts.set(number, { ok: true, value: draft })
        return !diskFull
      },
      find: (number) => keptDrafts.get(number) ?? null,
      resumed: () => void keptTold.push('resumed'),
      erase(number, why) {
        keptTold.push(why)
        keptDrafts.delete(number)
      },
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
      open: (digits, card, signal) => {
        const number = card?.number ?? null
        openings.push({ digits, number, givenUp: () => signal.aborted })
        return new Promise((resolve) => {
          answerAccess = resolve
        })
      },
    },
    papers: {
      scan: (_clientRef, _component, room) => void rooms.push(room),
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
        ticket: { number: 'A027', counter: 'Quầy 2', issuedAtMs: mono + skew },
        filedAtMs: mono + skew,
      }
    },
    takeTicket: (clientRef, group, nowMs) => {
      if (diskFull) return null
      const known = numbers.get(`${clientRef} ${group}`)
      const number = known ?? `T${String(numbers.size + 1).padStart(3, '0')}`
      numbers.set(`${clientRef} ${group}`, number)
      return { number, counter: 'Quầy 2', issuedAtMs: nowMs }
    },
    printTicket: ({ number }, reprint) =>
      new Promise((resolve, reject) => {
        tickets.push({ number, reprint })
        finishPrint = resolve
        breakPrint = reject
      }),
    printCounterNote: ({ number }, reprint, { answers }) =>
      new Promise((resolve, reject) => {
        counterNotes.push({ number, reprint, answers })
        finishPrint = resolve
        breakPrint = reject
      }),
    delivery: () => null,
    filingStatus: (clientRef) => outbox.get(clientRef) ?? { state: 'unknown' },
    print: (visit) =>
      new Promise((resolve, reject) => {
        prints.push({ reprint: visit.filed?.reprint ?? false })
        slips.push(visit.clientRef ?? '')
        finishPrint = resolve
        breakPrint = reject
      }),
    printerReady: () => printerReady,
    pagePrinterReady: () => pagePrinterReady,
    hasPagePrinter: () => true,
    sheet: ({ code }) =>
      new Promise((resolve) => {
        sheets.push(code)
        finishSheet = resolve
      }),
    askPortal: (clientRef, signal) => {
      if (outbox.get(clientRef)?.state !== 'sent') return null
      questions.push({ clientRef, givenUp: () => signal.aborted })
      return new Promise((resolve, reject) => {
        answerPortal = resolve
        breakPortal = reject
      })
    },
    supplement: (clientRef) =>
      new Promise((resolve) => {
        sheets.push(clientRef)
        finishSheet = resolve
      }),
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
  let session = createSession(forms, ports)
  let commands = 0
  function agreeAtOnce(): void {
    if (!agreesAtOnce || session.state().visitState !== 'notice') return
    session.act(`c${(commands += 1)}`, { type: 'agree-notice', edition })
  }
  const world = {
    filed,
    prints,
    tickets,
    counterNotes,
    slips,
    receipts,
    dropped,
    rooms,
    gathered,
    ended,
    keptDrafts,
    keptTold,
    agreements,
    setEdition: (id: string) => (edition = id),
    readNotice: () => (agreesAtOnce = false),
    outbox,
    get session(): Session {
      return {
        ...session,
        scanned(text, from) {
          session.scanned(text, from)
          agreeAtOnce()
        },
      }
    },
    get draft() {
      return draft
    },
    questions,
    portalSays: async (news: PortalNews) => {
      answerPortal(news)
      await settle()
    },
    portalBreaks: async (cause: Error) => {
      breakPortal(cause)
      await settle()
    },
    sheets,
    gaveSheet: async (sheet: ReceiptOut) => {
      finishSheet(sheet)
      await settle()
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
    openings,
    accessSays: async (answer: AccessAnswer) => {
      answerAccess(answer)
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
    screen: () => toSessionView(session.state(), forms, doors, () => ({ state: 'officer' })),
    act(action: CitizenAction, id = `c${(commands += 1)}`) {
      const outcome = session.act(id, action)
      agreeAtOnce()
      return outcome
    },
    /** Ends the core as `kill -9` would, and starts another on the same disk. */
    kill() {
      session.close()
      timers.clear()
      session = createSession(forms, ports)
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

describe('an assistant who leads to another procedure', () => {
  it.each(screens.map((screen, at) => [screen, at + 1] as const))(
    'from %s, where there is a procedure and nothing is filed',
    async (screen, steps) => {
      const world = createWorld()
      await walk(world, steps)
      const before = world.session.state().visit
      const led = world.session.chooseOther()
      const { visitState, visit } = world.session.state()
      const isOnTheWay = ['prepare', 'answer', 'review', 'declare'].includes(screen)
      expect(led).toBe(isOnTheWay)
      expect(visitState === 'choose').toBe(isOnTheWay || screen === 'choose')
      // Nothing that was answered is lost, for whoever chooses the same again.
      expect(visit.answers).toEqual(before.answers)
      expect(visit.card).toEqual(before.card)
    },
  )
})

describe('a card on the reader of chips', () => {
  const agrees: ChipAnswer = {
    state: 'read',
    verdict: 'verified',
    name: 'Nguyễn Văn Ví Dụ',
    address: 'Ấp Mẫu, Xã Thử, Bến Tre',
    oldNumber: null,
    unsaid: [],
    population: null,
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

  it('that hides its details is authentic for what it says alone', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ ...agrees, name: null, address: null, unsaid: ['name', 'address'] })
    expect(world.screen()).toMatchObject({
      card: { name: 'Nguyễn Văn Ví Dụ', address: 'Ấp Mẫu, Xã Thử' },
      chip: { state: 'read', verdict: 'verified', unsaid: ['name', 'address'] },
    })
  })

  it('gives what only it knows to this visit, and to no later one', async () => {
    const world = createWorld()
    const population = {
      ethnicity: 'Kinh',
      origin: 'Xã Thử',
      father: 'Nguyễn Văn Thử',
      mother: 'Trần Thị Mẫu',
      spouse: null,
      oldNumber: null,
    }
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ ...agrees, population })
    expect(world.session.state().visit.population).toEqual(population)
    world.kill()
    expect(world.session.state().visit.population).toEqual(population)
    world.act({ type: 'reject-card' })
    expect(world.session.state().visit.population).toBeNull()
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
    expect(world.screen()).toEqual({ screen: 'attract', cardLeft: true })
    world.layCard(true)
    expect(world.chipReadings).toBe(1)
  })
})

describe('the number that opens a chip', () => {
  const digits = '482913'
  const give = { type: 'give-access-number', digits } as const
  const wrong: AccessAnswer = { state: 'refused', why: 'wrong' }

  /** On its screen, with nothing scanned. */
  function asked(): World {
    const world = createWorld()
    world.act({ type: 'start' })
    world.act({ type: 'open-chip' })
    return world
  }
  function holder(): AccessAnswer {
    const code = parseCode(sampleCardText)
    if (code.kind !== 'id-card') throw new Error('no card')
    return { state: 'holder', card: code.card, verdict: 'verified', population: null }
  }

  it('begins a visit without a scan, whose chip alone says who it is', async () => {
    const world = asked()
    expect(world.screen()).toEqual({
      screen: 'access-number',
      state: 'open',
      triesLeft: SESSION_LIMITS.ACCESS_TRIES_MAX,
      scanned: false,
    })
    expect(world.act(give)).toBe('done')
    expect(world.screen()).toMatchObject({ screen: 'access-number', state: 'reading' })
    expect(world.openings).toMatchObject([{ digits, number: null }])
    await world.accessSays(holder())
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      card: { name: 'Nguyễn Văn Ví Dụ' },
      chip: { state: 'read', verdict: 'verified', alone: true },
    })
    expect(world.act({ type: 'confirm-card' })).toBe('done')
  })

  it('opens the chip of a card that was scanned, where the code did not', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    expect(world.act({ type: 'open-chip' })).toBe('ignored')
    world.layCard(true)
    await world.chipSays({ state: 'not-read', why: 'other-card' })
    expect(world.act({ type: 'open-chip' })).toBe('done')
    world.act(give)
    expect(world.openings).toMatchObject([{ number: '083090000000' }])
    await world.accessSays({
      state: 'read',
      verdict: 'verified',
      name: null,
      address: null,
      oldNumber: null,
      unsaid: ['name', 'address'],
      population: null,
    })
    expect(world.screen()).toMatchObject({
      screen: 'confirm',
      chip: { state: 'read', verdict: 'verified', unsaid: ['name', 'address'] },
    })
  })

  it('of another person’s card stops the way as any chip of theirs does', async () => {
    const world = createWorld()
    world.session.scanned(sampleCardText)
    world.layCard(true)
    await world.chipSays({ state: 'not-read', why: 'unreadable' })
    world.layCard(false)
    world.act({ type: 'open-chip' })
    world.act(give)
    await world.accessSays({ state: 'differs' })
    expect(world.screen()).toMatchObject({ screen: 'confirm', chip: { state: 'differs' } })
    expect(world.act({ type: 'confirm-card' })).toBe('ignored')
  })

  it('is tried three times where it is wrong, and a fourth is not taken', async () => {
    const world = asked()
    for (let left: number = SESSION_LIMITS.ACCESS_TRIES_MAX; left > 0; left -= 1) {
      expect(world.act(give)).toBe('done')
      await world.accessSays(wrong)
      expect(world.screen()).toMatchObject({ state: 'wrong', triesLeft: left - 1 })
    }
    expect(world.act(give)).toBe('ignored')
    expect(world.openings).toHaveLength(SESSION_LIMITS.ACCESS_TRIES_MAX)
    world.act({ type: 'back' })
    world.act({ type: 'open-chip' })
    expect(world.act(give)).toBe('ignored')
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ screen: 'confirm' })
  })

  it('is no try where the card was not there for long enough', async () => {
    const world = asked()
    world.act(give)
    await world.accessSays({ state: 'refused', why: 'removed' })
    expect(world.screen()).toMatchObject({ state: 'removed', triesLeft: 3 })
  })

  it('may be skipped at any moment, and what comes of it then changes nothing', async () => {
    const world = asked()
    world.act(give)
    expect(world.act(give)).toBe('ignored')
    world.act({ type: 'back' })
    expect(world.screen()).toEqual({ screen: 'identify', problem: null })
    expect(world.openings.map(({ givenUp }) => givenUp())).toEqual([true])
    await world.accessSays(holder())
    expect(world.screen()).toEqual({ screen: 'identify', problem: null })
  })

  it('stands in no draft and no log, and is typed anew for a core that comes after', async () => {
    const world = asked()
    world.act(give)
    expect(Buffer.from(world.draft ?? []).toString()).not.toContain(digits)
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'access-number', state: 'open' })
    world.act(give)
    await world.accessSays(wrong)
    expect(Buffer.from(world.draft ?? []).toString() + world.logged.join()).not.toContain(digits)
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
    world.act({ type: 'start' })
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
        { key: 'court', value: { kind: 'text', text: 'Tòa án Mẫu' } },
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

  it('files nothing that was changed after the declaration, until that is declared too', async () => {
    const world = createWorld()
    await walk(world, 9)
    expect(world.screen().screen).toBe('declare')
    world.act({ type: 'change', key: 'court' })
    world.act({ type: 'answer', key: 'court', value: 'Tòa án Thử' })
    expect(world.screen().screen).toBe('review')
    world.act({ type: 'declare' })
    await settle()
    expect(world.screen().screen).toBe('review')
    expect(world.filed.size).toBe(0)
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
  const display = {
    text: 'largest',
    contrast: 'high',
    lowered: true,
    language: 'en',
    voice: { on: true, speed: 6, volume: 4 },
    blank: true,
  } as const

  it('takes two quick touches for two changes, whichever came from an older screen', () => {
    const world = createWorld()
    world.act({ type: 'display', change: { contrast: 'high' } })
    world.act({ type: 'display', change: { voice: { speed: 5 } } })
    world.act({ type: 'display', change: { voice: { volume: 1 } } })
    expect(world.session.state().display).toEqual({
      ...defaultDisplay,
      contrast: 'high',
      voice: { ...defaultDisplay.voice, speed: 5, volume: 1 },
    })
  })

  it("is the citizen's to choose on every screen, and the next citizen starts afresh", () => {
    const world = createWorld()
    for (const step of road.slice(0, 9)) {
      step(world)
      const before = world.screen()
      expect(world.act({ type: 'display', change: { ...display, lowered: false } })).toBe('done')
      world.act({ type: 'display', change: display })
      expect(world.session.state().display).toEqual(display)
      expect(world.screen()).toEqual(before)
    }
    world.kill()
    expect(world.session.state().display).toEqual(display)
    world.act({ type: 'finish' })
    world.act({ type: 'finish' })
    expect(world.session.state().display).toEqual(defaultDisplay)
  })

  it('is as it was again when whoever changed it on the first screen has gone', () => {
    const world = createWorld()
    world.act({ type: 'display', change: display })
    world.wait(SESSION_LIMITS.IDLE_SLOW_MS - 1)
    expect(world.session.state().display).toEqual(display)
    world.wait(1)
    expect(world.session.state()).toMatchObject({ display: defaultDisplay, warnedForMs: null })
  })

  it('is a touch like any other', () => {
    const world = createWorld()
    world.act({ type: 'start' })
    world.wait(SESSION_LIMITS.IDLE_MS)
    world.act({ type: 'display', change: display })
    expect(world.session.state().warnedForMs).toBeNull()
  })
})

describe("a procedure's sheet under the scanner", () => {
  const sheetText = `MCK:P:${sampleProcedure.code}`
  const foreignText = 'MCK:P:9.000000'
  const atChoose = (world: World) => {
    world.session.scanned(sampleCardText)
    world.act({ type: 'confirm-card' })
  }

  it('leads to that procedure from the screen where one is chosen', () => {
    const world = createWorld()
    atChoose(world)
    world.session.scanned(sheetText)
    expect(world.screen()).toMatchObject({
      screen: 'prepare',
      procedure: { code: sampleProcedure.code },
    })
  })

  it.each([
    ['the first screen', () => {}],
    ['the screen that waits for a card', (world: World) => world.act({ type: 'start' })],
  ])('asks on %s for the card, and then leads to that procedure', (_where, go) => {
    const world = createWorld()
    go(world)
    world.session.scanned(sheetText)
    expect(world.screen()).toMatchObject({ screen: 'identify', problem: null })
    expect(world.screen()).toHaveProperty('wanted')
    atChoose(world)
    expect(world.screen()).toMatchObject({ screen: 'prepare' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
  })

  it('lets the citizen choose something else while it still lies there', () => {
    const world = createWorld()
    atChoose(world)
    world.session.scanned(sheetText)
    world.act({ type: 'back' })
    world.session.scanned(sheetText)
    expect(world.screen()).toMatchObject({ screen: 'choose', notHere: false })
  })

  it('is not taken from one person to the next', () => {
    const world = createWorld()
    world.session.scanned(sheetText)
    world.act({ type: 'finish' })
    atChoose(world)
    expect(world.screen()).toMatchObject({ screen: 'choose' })
  })

  it('says so where the procedure is not filed at this kiosk', () => {
    const world = createWorld()
    world.session.scanned(foreignText)
    expect(world.screen()).toEqual({ screen: 'identify', problem: 'procedure' })
    atChoose(world)
    expect(world.screen()).toMatchObject({ screen: 'choose', notHere: false })
    world.session.scanned(foreignText)
    expect(world.screen()).toMatchObject({ screen: 'choose', notHere: true })
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
    portal: 'not-asked',
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
    expect(world.screen()).toMatchObject({ screen: 'look-up', filing: { state: 'sent' } })
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

describe('a slip of a filing that the portal has', () => {
  const slipRef = '01932b6e-0000-7000-8000-00000000000a'
  const slipText = `MCK:S:${slipRef}`
  const codes = {
    reference: 'KM4TR7HC',
    counter: 'Quầy 2',
    dossierCode: 'H19.99-20261121-0000001',
  } as const
  const day = { year: 2026, month: 11, day: 21 } as const
  const sent = { state: 'sent', ...codes, acceptedOn: day, portal: 'not-asked' } as const
  const asked = {
    requestedAt: '2026-11-23T09:00:00+07:00',
    due: day,
    items: ['Bản sao trích lục ly hôn'],
    more: false,
  }
  const missing = { state: 'asked-for', asked } as const

  /** The slip has just come under the scanner. */
  function lookedUp(): World {
    const world = createWorld()
    world.outbox.set(slipRef, sent)
    world.session.scanned(slipText)
    return world
  }
  const filing = (world: World) => {
    const screen = world.screen()
    return screen.screen === 'look-up' ? screen.filing : null
  }

  it('shows at once what this kiosk knows, and that the portal is asked', () => {
    expect(filing(lookedUp())).toEqual({ ...sent, portal: 'asking' })
  })

  it('shows what the authority asks for', async () => {
    const world = lookedUp()
    await world.portalSays(missing)
    expect(filing(world)).toEqual({
      state: 'supplement',
      ...codes,
      items: asked.items,
      more: false,
      due: day,
      sheet: { state: 'none' },
    })
  })

  it.each([
    ['nothing is missing', { state: 'nothing' }, { ...sent, portal: 'asked' }],
    ['no answer came', { state: 'unheard' }, { ...sent, portal: 'unheard' }],
    [
      'the portal knows it otherwise',
      { state: 'differs' },
      { state: 'needs-officer', reference: codes.reference, counter: codes.counter },
    ],
  ] as const)('shows that %s', async (_what, news, shown) => {
    const world = lookedUp()
    await world.portalSays(news)
    expect(filing(world)).toEqual(shown)
  })

  it('waits for a silent portal no longer than the limit, and then gives the question up', async () => {
    const world = lookedUp()
    world.wait(SESSION_LIMITS.LOOK_UP_MS)
    expect(filing(world)).toEqual({ ...sent, portal: 'unheard' })
    expect(world.questions[0]?.givenUp()).toBe(true)
    await world.portalSays(missing)
    expect(filing(world)).toEqual({ ...sent, portal: 'unheard' })
  })

  it('goes on where the question breaks off, and the log has no name', async () => {
    const world = lookedUp()
    await world.portalBreaks(new TypeError('Nguyễn Văn Ví Dụ'))
    expect(filing(world)).toEqual({ ...sent, portal: 'unheard' })
    expect(world.logged.join()).toContain('look-up-broke-off')
    expect(world.logged.join()).not.toContain('Ví Dụ')
  })

  it('is asked about once, however often it is read, and keeps what was heard', async () => {
    const world = lookedUp()
    await world.portalSays(missing)
    world.session.scanned(slipText)
    expect(filing(world)).toMatchObject({ state: 'supplement' })
    expect(world.questions).toHaveLength(1)
  })

  it('is not asked about any more when its holder has gone', async () => {
    const world = lookedUp()
    world.act({ type: 'finish' })
    expect(world.questions[0]?.givenUp()).toBe(true)
    world.outbox.set('01932b6e-0000-7000-8000-00000000000b', sent)
    world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000b')
    await world.portalSays({ state: 'nothing' })
    expect(world.questions.map(({ clientRef }) => clientRef.at(-1))).toEqual(['a', 'b'])
    expect(filing(world)).toMatchObject({ state: 'sent', portal: 'asked' })
  })

  it('says nothing of an answer to the next one', async () => {
    const world = lookedUp()
    const late = world.portalSays
    world.session.scanned(sampleCardText)
    await late(missing)
    expect(world.screen()).toMatchObject({ screen: 'confirm' })
  })

  it('is asked about anew by a core that finds the question open, and not where it was answered', async () => {
    const world = lookedUp()
    world.kill()
    expect(world.questions).toHaveLength(2)
    await world.portalSays(missing)
    world.kill()
    expect(filing(world)).toMatchObject({ state: 'supplement', items: asked.items })
    expect(world.questions).toHaveLength(2)
  })

  it('takes the answer for no sign of its holder', async () => {
    const world = lookedUp()
    world.wait(SESSION_LIMITS.IDLE_MS)
    await world.portalSays(missing)
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
  })

  it('gives the list on paper once, and says how it fares', async () => {
    const world = lookedUp()
    world.act({ type: 'print-sheet' })
    expect(world.sheets).toEqual([])
    await world.portalSays(missing)
    world.act({ type: 'print-sheet' })
    world.act({ type: 'print-sheet' })
    expect(filing(world)).toMatchObject({ sheet: { state: 'printing' } })
    world.session.scanned(slipText)
    await world.gaveSheet({ state: 'printed' })
    world.act({ type: 'print-sheet' })
    expect(filing(world)).toMatchObject({ sheet: { state: 'printed' } })
    expect(world.sheets).toEqual([slipRef])
  })

  it('offers the paper again where the printer failed, and holds nothing up', async () => {
    const world = lookedUp()
    await world.portalSays(missing)
    world.act({ type: 'print-sheet' })
    await world.gaveSheet({ state: 'failed', printer: { state: 'jam' } })
    world.act({ type: 'print-sheet' })
    expect(world.sheets).toHaveLength(2)
    expect(world.act({ type: 'finish' })).toBe('done')
  })

  it('tells of a paper nothing on the screen of another slip', async () => {
    const world = lookedUp()
    await world.portalSays(missing)
    world.act({ type: 'print-sheet' })
    world.outbox.set('01932b6e-0000-7000-8000-00000000000b', sent)
    world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000b')
    await world.portalSays(missing)
    await world.gaveSheet({ state: 'printed' })
    expect(filing(world)).toMatchObject({ sheet: { state: 'none' } })
  })

  it.each([
    ['its day', { ...asked, requestedAt: null }],
    ['a paper by name', { ...asked, items: [], more: true }],
  ])('offers no paper of a request without %s', async (_what, half) => {
    const world = lookedUp()
    await world.portalSays({ state: 'asked-for', asked: half })
    expect(filing(world)).toMatchObject({ state: 'supplement', sheet: null })
    expect(world.act({ type: 'print-sheet' })).toBe('ignored')
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
    world.wait(SESSION_LIMITS.WARNING_MS + 1)
    world.kill()
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('does not show an old draft to the next citizen', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.session.close()
    world.wait(SESSION_LIMITS.IDLE_MS + SESSION_LIMITS.WARNING_MS + 1)
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
    expect(world.screen()).toMatchObject({ screen: 'attract' })
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

  it('is erased by "Xong", with help open or not, once asked', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.act({ type: 'call-help' })
    expect(world.screen()).toEqual({ screen: 'help' })
    world.act({ type: 'finish' })
    expect(world.screen()).toMatchObject({ screen: 'leave' })
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
      { type: 'agree-notice', edition: '2026-1' },
      { type: 'refuse-notice' },
      { type: 'take-number', group: sampleProcedure.group },
      { type: 'take-number', group: 'business' },
      { type: 'take-ticket' },
      { type: 'thumb-print' },
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
      { type: 'keep-draft' },
      { type: 'resume-draft' },
      { type: 'begin-anew' },
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
        { scan: `MCK:P:${sampleProcedure.code}` },
        { scan: 'MCK:P:9.999999' },
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('kill' as const, 'wait' as const) },
    { weight: 1, arbitrary: fc.constant('printed' as const) },
  )

  it('ends on a screen that can be shown, and never makes a second filing of one visit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, reads) => {
        const world = createWorld()
        if (reads) world.readNotice()
        for (const one of steps) {
          if (one === 'kill') world.kill()
          else if (one === 'printed') await world.printed({ state: 'printed' })
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
        // Two papers with one number: the second says so.
        const unmarked = [...world.tickets, ...world.counterNotes].filter((one) => !one.reprint)
        expect(unmarked.length).toBe(new Set(unmarked.map(({ number }) => number)).size)
      }),
      { numRuns: 150 },
    )
  })
})

describe('any sequence of touches over several filings', () => {
  const pack = [sampleProcedure, { ...allKinds, after: [sampleProcedure.code] }]
  const good: Readonly<Record<string, EnteredValue>> = {
    name: 'Lê Thị Mẫu',
    text: 'Chữ',
    phone: '0912000000',
    choices: ['see'],
    money: 5,
    year: 2001,
    address: { text: 'Xã Thử' },
    more: 'no',
    number: 2,
  }

  /** The touch that leads on from each screen that has one of its own. */
  const onwards: Partial<Readonly<Record<Screen, CitizenAction>>> = {
    prepare: { type: 'begin' },
    review: { type: 'accept-review' },
    declare: { type: 'declare' },
    done: { type: 'another', code: allKinds.code },
    choose: { type: 'choose', code: allKinds.code },
    confirm: { type: 'confirm-card' },
  }

  /** What a citizen who knows the way does on this screen. */
  function wayOn(screen: SessionView): CitizenAction {
    if (screen.screen !== 'answer') return onwards[screen.screen] ?? { type: 'back' }
    const { key, input } = screen.question
    const value = input.kind === 'choice' ? input.choices[0]?.value : good[input.kind]
    return { type: 'answer', key, value: value ?? null }
  }

  const keys = allKinds.form.fields.map(({ key }) => key)
  const deed = fc.oneof(
    { weight: 60, arbitrary: fc.constant('on' as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom<CitizenAction>(
        { type: 'back' },
        { type: 'accept-card' },
        { type: 'drop-card' },
        { type: 'drop-row', row: 1 },
        { type: 'drop-row', row: 2 },
        { type: 'do-instead' },
        { type: 'take-ticket' },
        { type: 'reprint' },
        { type: 'another', code: null },
        { type: 'another', code: sampleProcedure.code },
        { type: 'accept-review' },
        { type: 'thumb-print' },
      ),
    },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('change' as const), key: fc.constantFrom(...keys) }),
    },
    {
      weight: 5,
      arbitrary: fc.constantFrom<EnteredValue | null>('nobody', 'mother', 'yes', ['walk'], null, 0),
    },
    { weight: 2, arbitrary: fc.constantFrom({ scan: motherCardText }, { scan: sampleCardText }) },
    { weight: 1, arbitrary: fc.constant('kill' as const) },
  )

  it('shows only what can be shown, and files only what each form allows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 40, maxLength: 120 }), async (deeds) => {
        const world = createWorld(...pack)
        await walk(world, 3)
        for (const one of deeds) {
          const shown = world.screen()
          if (one === 'kill') world.kill()
          else if (one === 'on') world.act(wayOn(shown))
          else if (one !== null && typeof one === 'object' && 'scan' in one) {
            world.session.scanned(one.scan)
          } else if (one !== null && typeof one === 'object' && 'type' in one) world.act(one)
          else if (shown.screen === 'answer') {
            world.act({ type: 'answer', key: shown.question.key, value: one })
          }
          await settle()
          sessionViewSchema.parse(world.screen())
        }
        for (const visit of world.filed.values()) {
          const procedure = pack.find(({ code }) => code === visit.procedure) ?? sampleProcedure
          expect(buildForm(procedure, knownIn(visit), visit.answers).ok).toBe(true)
        }
        expect(world.filed.size).toBeLessThanOrEqual(SESSION_LIMITS.FILINGS_MAX)
      }),
      { numRuns: 120 },
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
    expect(world.screen()).toMatchObject({ full: true, upload: null })
  })

  it('are asked of a scanner as long as there is room, and no more than there is', () => {
    const world = atPapers()
    world.act({ type: 'scan-paper' })
    for (let at = 1; at < SESSION_LIMITS.PAGES_MAX; at += 1) take(world, 'birth', `p${at}`)
    world.act({ type: 'scan-paper' })
    take(world, 'birth', 'the-last')
    world.act({ type: 'scan-paper' })
    expect(world.rooms).toEqual([SESSION_LIMITS.PAGES_MAX, 1])
  })

  it('survive the core, and go with the visit', () => {
    const world = atPapers()
    take(world, 'birth', 'p1')
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'papers', pages: [{ id: 'p1' }] })
    world.act({ type: 'finish' })
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

describe('the sheet of a procedure', () => {
  const AT_PREPARE = 4

  it('is printed once a visit, and says how it fares while the visit goes on', async () => {
    const world = createWorld()
    await walk(world, AT_PREPARE)
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'none' } })
    world.act({ type: 'print-sheet' })
    world.act({ type: 'print-sheet' })
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'printing' } })
    world.act({ type: 'begin' })
    await world.gaveSheet({ state: 'printed' })
    expect(world.screen()).toMatchObject({ screen: 'answer' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'printed' } })
    world.act({ type: 'print-sheet' })
    expect(world.sheets).toEqual([sampleProcedure.code])
  })

  it('may be asked for again where the printer failed, and holds nothing up', async () => {
    const world = createWorld()
    await walk(world, AT_PREPARE)
    world.act({ type: 'print-sheet' })
    await world.gaveSheet({ state: 'failed', printer: { state: 'jam' } })
    expect(world.screen()).toMatchObject({
      screen: 'prepare',
      sheet: { state: 'failed', printer: { state: 'jam' } },
    })
    world.act({ type: 'print-sheet' })
    expect(world.sheets).toHaveLength(2)
    world.act({ type: 'begin' })
    expect(world.screen()).toMatchObject({ screen: 'answer' })
  })

  it('of one visit is not told to the next', async () => {
    const world = createWorld()
    await walk(world, AT_PREPARE)
    world.act({ type: 'print-sheet' })
    world.act({ type: 'finish' })
    await walk(world, AT_PREPARE)
    await world.gaveSheet({ state: 'printed' })
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'none' } })
  })

  it('under way when the core died may have come, and is not printed again', async () => {
    const world = createWorld()
    await walk(world, AT_PREPARE)
    world.act({ type: 'print-sheet' })
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'unconfirmed' } })
    world.act({ type: 'print-sheet' })
    expect(world.sheets).toHaveLength(1)
  })
})

describe('the same citizen files something else', () => {
  const both = [sampleProcedure, allKinds]
  const next = { ...sampleProcedure, code: '9.000003', after: [] }
  const accepted = { state: 'accepted', dossierCode: 'H19.99-1' } as const

  /** Has filed, and the slip of it is at the printer. */
  async function hasFiled(world: World): Promise<string> {
    await walk(world)
    return world.session.state().visit.clientRef ?? ''
  }

  it('is offered what usually comes next, where this kiosk can file it', async () => {
    const world = createWorld({ ...sampleProcedure, after: ['9.000003', '9.999999'] }, next)
    await hasFiled(world)
    expect(world.screen()).toMatchObject({
      screen: 'done',
      mayGoOn: true,
      after: [{ code: '9.000003' }],
    })
  })

  it('keeps the card and what was answered, under a reference of its own', async () => {
    const world = createWorld(...both)
    await walk(world, 7)
    world.act({ type: 'answer', key: 'phone', value: '0912000000' })
    world.act({ type: 'accept-review' })
    world.act({ type: 'declare' })
    await settle()
    const first = world.session.state().visit.clientRef
    expect(world.act({ type: 'another', code: allKinds.code })).toBe('done')
    expect(world.screen()).toMatchObject({ screen: 'prepare', procedure: { code: allKinds.code } })
    const { visit } = world.session.state()
    expect(visit.clientRef).not.toBe(first)
    expect(visit.card?.number).toBe('083090000000')
    expect(visit.earlier).toMatchObject({ phone: '0912000000', status: 'divorced' })
    world.act({ type: 'begin' })
    world.act({ type: 'answer', key: 'who', value: 'mother' })
    expect(world.screen()).toMatchObject({ screen: 'answer', question: { key: 'people' } })
  })

  it('chooses it first when nothing is named', async () => {
    const world = createWorld(...both)
    await hasFiled(world)
    world.act({ type: 'another', code: null })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
  })

  it('is not led to what this kiosk cannot file, nor before anything is filed', async () => {
    const world = createWorld(...both)
    await walk(world, 4)
    expect(world.act({ type: 'another', code: null })).toBe('ignored')
    await hasFiled(world)
    expect(world.act({ type: 'another', code: '9.999999' })).toBe('ignored')
  })

  it('still gets the first slip, once, though the core dies while it is printed', async () => {
    const world = createWorld(...both)
    const first = await hasFiled(world)
    world.act({ type: 'another', code: null })
    await world.printed({ state: 'printed' })
    world.kill()
    await settle()
    expect(world.slips).toEqual([first])
    expect(world.session.state().visit.before).toMatchObject([
      { clientRef: first, filed: { paper: { state: 'printed' } } },
    ])
  })

  it('gets the first slip again, marked, when nobody knows whether it came out', async () => {
    const world = createWorld(...both)
    const first = await hasFiled(world)
    world.act({ type: 'another', code: null })
    world.kill()
    await settle()
    expect(world.slips).toEqual([first, first])
    expect(world.prints.map(({ reprint }) => reprint)).toEqual([false, true])
  })

  it('gets the first slip when the printer is mended', async () => {
    const world = createWorld(...both)
    const first = await hasFiled(world)
    world.setPrinter(false)
    await world.printed({ state: 'failed', printer: { state: 'paper-out' } })
    world.act({ type: 'another', code: null })
    world.setPrinter(true)
    expect(world.slips).toEqual([first, first])
  })

  it('gets the first receipt when the portal accepts later, once only', async () => {
    const world = createWorld(...both)
    const first = await hasFiled(world)
    world.act({ type: 'another', code: null })
    world.session.delivered(first, accepted)
    world.session.delivered(first, accepted)
    world.kill()
    await settle()
    expect(world.receipts).toEqual([first])
    expect(world.screen()).toMatchObject({ screen: 'choose' })
  })

  it('has one slip for each filing, one after the other', async () => {
    const world = createWorld(...both)
    const first = await hasFiled(world)
    world.act({ type: 'another', code: sampleProcedure.code })
    for (const step of road.slice(4)) step(world)
    await settle()
    const second = world.session.state().visit.clientRef ?? ''
    expect(world.filed.size).toBe(2)
    // The printer is still at the first one.
    expect(world.slips).toEqual([first])
    await world.printed({ state: 'printed' })
    expect(world.slips).toEqual([first, second])
    await world.printed({ state: 'printed' })
    expect(world.screen()).toMatchObject({
      screen: 'done',
      paper: { state: 'printed' },
      before: [{ reference: 'KM4TR7HC', paper: { state: 'printed' } }],
    })
    world.kill()
    await settle()
    expect(world.slips).toEqual([first, second])
  })

  it('leaves nothing of either filing behind', async () => {
    const world = createWorld(...both)
    await hasFiled(world)
    world.act({ type: 'another', code: null })
    world.act({ type: 'finish' })
    expect(world.draft).toBeNull()
    expect(world.session.state().visit).toMatchObject({ before: [], earlier: {}, card: null })
  })

  it('and a card of somebody else is known nothing of', async () => {
    const world = createWorld(...both)
    await hasFiled(world)
    world.act({ type: 'another', code: null })
    world.act({ type: 'back' })
    world.act({ type: 'reject-card' })
    world.session.scanned(motherCardText)
    expect(world.session.state().visit).toMatchObject({ earlier: {}, answers: {} })
  })

  it('comes to an end after as many as one visit may file', async () => {
    const world = createWorld(...both)
    await hasFiled(world)
    for (let made = 1; made < SESSION_LIMITS.FILINGS_MAX; made += 1) {
      expect(world.act({ type: 'another', code: sampleProcedure.code })).toBe('done')
      for (const step of road.slice(4)) step(world)
      await settle()
    }
    expect(world.screen()).toMatchObject({ screen: 'done', mayGoOn: false })
    expect(world.act({ type: 'another', code: null })).toBe('ignored')
  })
})

describe('a form that ends for this citizen', () => {
  const both = [sampleProcedure, allKinds]
  async function stopped(world: World): Promise<void> {
    await walk(world, 3)
    world.act({ type: 'choose', code: allKinds.code })
    world.act({ type: 'begin' })
    world.act({ type: 'answer', key: 'who', value: 'nobody' })
  }

  it('says why and where to go, and the answer can be mended', async () => {
    const world = createWorld(...both)
    await stopped(world)
    expect(sessionViewSchema.parse(world.screen())).toMatchObject({
      screen: 'stop',
      instead: { code: sampleProcedure.code },
      mendable: true,
    })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'answer', value: 'nobody' })
  })

  it('is still there after the core died', async () => {
    const world = createWorld(...both)
    await stopped(world)
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'stop' })
  })

  it('found on the check page is mended by one answer, and the page comes again', async () => {
    const world = createWorld(...both)
    await stopped(world)
    world.act({ type: 'back' })
    world.act({ type: 'answer', key: 'who', value: 'father' })
    const rest: [string, EnteredValue | null][] = [
      ['mother.card', null],
      ['mother.name', 'Lý Thị Ví Dụ'],
      ['phone', null],
      ['people', 'dao'],
      ['needs', ['none']],
      ['capital', 5],
      ['since', 2001],
      ['place', { text: 'Xã Thử' }],
      ['members.more.1', 'no'],
    ]
    for (const [key, value] of rest) world.act({ type: 'answer', key, value })
    expect(world.screen()).toMatchObject({ screen: 'review' })
    world.act({ type: 'change', key: 'who' })
    world.act({ type: 'answer', key: 'who', value: 'nobody' })
    world.act({ type: 'back' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'review' })
    world.act({ type: 'thumb-print' })
    expect(world.screen()).toMatchObject({ screen: 'stop', stop: { why: 'form' } })
    world.act({ type: 'back' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'review' })
    world.act({ type: 'accept-review' })
    expect(world.screen()).toMatchObject({ screen: 'stop' })
    world.act({ type: 'back' })
    world.act({ type: 'answer', key: 'who', value: 'father' })
    expect(world.screen()).toMatchObject({ screen: 'review' })
  })

  it('leads to the procedure that fits, with the card and what was answered', async () => {
    const world = createWorld(...both)
    await stopped(world)
    expect(world.act({ type: 'do-instead' })).toBe('done')
    expect(world.screen()).toMatchObject({
      screen: 'prepare',
      procedure: { code: sampleProcedure.code },
    })
    expect(world.session.state().visit).toMatchObject({ earlier: { who: 'nobody' }, answers: {} })
  })

  it('names nothing that this kiosk cannot file', async () => {
    const world = createWorld(allKinds)
    await stopped(world)
    expect(world.screen()).toMatchObject({ screen: 'stop', instead: null })
    expect(world.act({ type: 'do-instead' })).toBe('ignored')
  })

  it('ends before the first question where the card says enough', async () => {
    const form = {
      ...allKinds.form,
      stops: allKinds.form.stops.map((stop) => ({ ...stop, when: true })),
    }
    const world = createWorld({ ...allKinds, form })
    await walk(world, 3)
    world.act({ type: 'choose', code: allKinds.code })
    world.act({ type: 'begin' })
    expect(world.screen()).toMatchObject({ screen: 'stop', mendable: false })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'prepare' })
  })
})

describe('the card of a second person under the scanner', () => {
  async function atCard(): Promise<World> {
    const world = createWorld(allKinds)
    await walk(world, 3)
    world.act({ type: 'choose', code: allKinds.code })
    world.act({ type: 'begin' })
    world.act({ type: 'answer', key: 'who', value: 'father' })
    return world
  }

  it('is shown by its name and never by its whole number', async () => {
    const world = await atCard()
    world.session.scanned(motherCardText)
    const shown = sessionViewSchema.parse(world.screen())
    expect(shown).toMatchObject({
      screen: 'answer',
      value: null,
      question: { input: { kind: 'card', read: { name: 'Lý Thị Ví Dụ' } } },
    })
    expect(JSON.stringify(shown)).not.toContain('079192000000')
    world.act({ type: 'accept-card' })
    world.act({ type: 'back' })
    expect(JSON.stringify(world.screen())).not.toContain('079192000000')
  })

  it('is no card that the page has sent', async () => {
    const world = await atCard()
    world.act({ type: 'answer', key: 'mother.card', value: '079192000000' })
    expect(world.screen()).toMatchObject({ problem: { code: 'not-a-card' } })
  })

  it('is a touch; one that lies there forgotten is not', async () => {
    const world = await atCard()
    world.wait(SESSION_LIMITS.IDLE_MS - 1)
    world.session.scanned(motherCardText)
    world.wait(SESSION_LIMITS.IDLE_MS - 1)
    world.session.scanned(motherCardText)
    world.wait(1)
    expect(world.session.state().warnedForMs).not.toBeNull()
  })

  it('is kept through the death of the core until it is accepted', async () => {
    const world = await atCard()
    world.session.scanned(motherCardText)
    world.kill()
    expect(world.screen()).toMatchObject({
      question: { input: { read: { name: 'Lý Thị Ví Dụ' } } },
    })
    expect(world.act({ type: 'accept-card' })).toBe('done')
    expect(world.screen()).toMatchObject({ question: { key: 'phone' } })
  })
})

describe('a number from a stop', () => {
  const ready = { state: 'printed' } as const
  const noPaper = { state: 'failed', printer: { state: 'paper-out' } } as const
  /** At a stop that names no other procedure. */
  async function atStop(world = createWorld(allKinds)): Promise<World> {
    await walk(world, 3)
    world.act({ type: 'choose', code: allKinds.code })
    world.act({ type: 'begin' })
    world.act({ type: 'answer', key: 'who', value: 'nobody' })
    return world
  }
  const ticket = (world: World) => {
    const view = sessionViewSchema.parse(world.screen())
    return view.screen === 'stop' ? view.ticket : null
  }

  it('is drawn and printed by touch, and stays on the screen', async () => {
    const world = await atStop()
    expect(ticket(world)).toEqual({ state: 'offered' })
    expect(world.tickets).toEqual([])
    expect(world.act({ type: 'take-ticket' })).toBe('done')
    const issued = { state: 'issued', number: 'T001', counter: 'Quầy 2' }
    expect(ticket(world)).toEqual({ ...issued, paper: { state: 'printing' } })
    await world.printed(ready)
    expect(ticket(world)).toEqual({ ...issued, paper: ready })
    expect(world.tickets).toEqual([{ number: 'T001', reprint: false }])
    expect(world.filed.size).toBe(0)
  })

  it('is drawn once, and printed again with its mark', async () => {
    const world = await atStop()
    world.act({ type: 'take-ticket' })
    expect(world.act({ type: 'take-ticket' })).toBe('ignored')
    expect(world.act({ type: 'reprint' })).toBe('ignored')
    await world.printed({ state: 'unconfirmed' })
    expect(world.act({ type: 'take-ticket' })).toBe('ignored')
    expect(world.act({ type: 'reprint' })).toBe('done')
    await world.printed(ready)
    expect(world.tickets).toEqual([
      { number: 'T001', reprint: false },
      { number: 'T001', reprint: true },
    ])
  })

  it('holds without paper, and is printed by itself once the printer is mended', async () => {
    const world = await atStop()
    world.setPrinter(false)
    world.act({ type: 'take-ticket' })
    await world.printed(noPaper)
    expect(ticket(world)).toMatchObject({ state: 'issued', number: 'T001', paper: noPaper })
    world.setPrinter(true)
    expect(world.tickets.at(-1)).toEqual({ number: 'T001', reprint: true })
  })

  it('does not empty the roll on a printer that fails each time', async () => {
    const world = await atStop()
    world.act({ type: 'take-ticket' })
    for (let round = 0; round < 10; round += 1) await world.printed(noPaper)
    expect(world.tickets).toHaveLength(1 + SESSION_LIMITS.MAX_SELF_REPRINTS)
  })

  it('is printed again, marked, by a core that was killed in mid-print', async () => {
    const world = await atStop()
    world.act({ type: 'take-ticket' })
    world.kill()
    await world.printed(ready)
    expect(world.tickets).toEqual([
      { number: 'T001', reprint: false },
      { number: 'T001', reprint: true },
    ])
    expect(ticket(world)).toMatchObject({ state: 'issued', paper: ready })
  })

  it('is not promised where it cannot be kept, and can be asked for again', async () => {
    const world = await atStop()
    world.fillDisk(true)
    world.act({ type: 'take-ticket' })
    expect(ticket(world)).toEqual({ state: 'refused' })
    world.fillDisk(false)
    expect(world.act({ type: 'take-ticket' })).toBe('done')
    expect(ticket(world)).toMatchObject({ state: 'issued' })
  })

  it('is not offered where another procedure fits', async () => {
    const world = await atStop(createWorld(sampleProcedure, allKinds))
    expect(world.act({ type: 'take-ticket' })).toBe('ignored')
    expect(ticket(world)).toBeNull()
  })

  it('is the same when the answer that led there is mended and given again', async () => {
    const world = await atStop()
    world.act({ type: 'take-ticket' })
    await world.printed(ready)
    world.act({ type: 'back' })
    world.act({ type: 'answer', key: 'who', value: 'nobody' })
    expect(ticket(world)).toMatchObject({ state: 'issued', number: 'T001' })
  })

  it('goes with the visit: the next citizen is offered one of their own', async () => {
    const world = await atStop()
    world.act({ type: 'take-ticket' })
    world.act({ type: 'finish' })
    await world.printed(ready)
    expect(world.screen()).toEqual({ screen: 'attract' })
    await atStop(world)
    expect(ticket(world)).toEqual({ state: 'offered' })
    world.act({ type: 'take-ticket' })
    expect(ticket(world)).toMatchObject({ number: 'T002' })
  })

  it('is drawn while the paper of the citizen before is still printed, and printed after it', async () => {
    const world = await atStop()
    world.act({ type: 'take-ticket' })
    world.act({ type: 'finish' })
    await atStop(world)
    world.act({ type: 'take-ticket' })
    expect(ticket(world)).toMatchObject({ number: 'T002', paper: { state: 'waiting' } })
    await world.printed(ready)
    expect(ticket(world)).toMatchObject({ number: 'T002', paper: { state: 'printing' } })
    await world.printed(ready)
    expect(world.tickets).toEqual([
      { number: 'T001', reprint: false },
      { number: 'T002', reprint: false },
    ])
  })

  it.each<[string, (world: World) => void]>([
    ['a card', () => {}],
    [
      'another card',
      (world) => {
        world.session.scanned(sampleCardText)
        world.act({ type: 'reject-card' })
      },
    ],
    ['a sheet', (world) => world.session.scanned(`MCK:P:${allKinds.code}`)],
    ['a slip', (world) => world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000a')],
  ])('taken without a card stays when there comes %s after all', async (_, come) => {
    const world = createWorld(allKinds)
    world.readNotice()
    world.act({ type: 'start' })
    world.act({ type: 'refuse-notice' })
    world.act({ type: 'take-number', group: allKinds.group })
    await world.printed(ready)
    world.act({ type: 'back' })
    world.act({ type: 'agree-notice', edition: '2026-1' })
    come(world)
    world.session.scanned(sampleCardText)
    world.act({ type: 'confirm-card' })
    world.act({ type: 'choose', code: allKinds.code })
    world.act({ type: 'begin' })
    world.act({ type: 'answer', key: 'who', value: 'nobody' })
    expect(ticket(world)).toEqual({
      state: 'issued',
      number: 'T001',
      counter: 'Quầy 2',
      paper: ready,
    })
    expect(world.tickets).toEqual([{ number: 'T001', reprint: false }])
  })

  it('ends alone where a bug meets it', async () => {
    const world = await atStop()
    world.setPrinter(false)
    world.act({ type: 'take-ticket' })
    await world.printBreaks(new Error('a bug'))
    expect(ticket(world)).toMatchObject({ state: 'issued', paper: { state: 'failed' } })
    expect(world.logged.join()).toContain('ticket-broke-off')
  })
})

describe('a citizen who gives a thumb-print at the counter', () => {
  const AT_REVIEW = screens.indexOf('review') + 1
  const AT_DECLARE = screens.indexOf('declare') + 1
  const printed = { state: 'printed' } as const

  it.each([
    ['before the declaration is touched', AT_REVIEW],
    ['after it', AT_DECLARE],
  ])('goes there %s, with number and answers on paper, and nothing filed', async (_, steps) => {
    const world = createWorld()
    await walk(world, steps)
    const { answers } = world.session.state().visit
    expect(world.act({ type: 'thumb-print' })).toBe('done')
    expect(sessionViewSchema.parse(world.screen())).toMatchObject({
      screen: 'stop',
      stop: { why: 'thumb-print' },
      instead: null,
      mendable: true,
      ticket: { state: 'offered' },
    })
    expect(world.act({ type: 'take-ticket' })).toBe('done')
    await world.printed(printed)
    expect(world.screen()).toMatchObject({ ticket: { state: 'issued', number: 'T001' } })
    expect(world.counterNotes).toEqual([{ number: 'T001', reprint: false, answers }])
    expect(world.tickets).toEqual([])
    expect(world.filed.size).toBe(0)
  })

  it('may turn back and declare by touch after all', async () => {
    const world = createWorld()
    await walk(world, AT_DECLARE)
    world.act({ type: 'thumb-print' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'review' })
    world.act({ type: 'accept-review' })
    world.act({ type: 'declare' })
    await settle()
    expect(world.filed.size).toBe(1)
  })

  it('is still on the way there after the core died', async () => {
    const world = createWorld()
    await walk(world, AT_REVIEW)
    world.act({ type: 'thumb-print' })
    world.kill()
    expect(world.screen()).toMatchObject({ screen: 'stop', stop: { why: 'thumb-print' } })
  })

  it('goes from no other screen', async () => {
    const world = createWorld()
    await walk(world, AT_REVIEW - 1)
    expect(world.act({ type: 'thumb-print' })).toBe('ignored')
  })

  const noPaper = { state: 'failed', printer: { state: 'paper-out' } } as const
  /** On the way to the counter, the number asked for. */
  async function atThumbPrint(): Promise<World> {
    const world = createWorld()
    await walk(world, AT_REVIEW)
    world.act({ type: 'thumb-print' })
    world.act({ type: 'take-ticket' })
    return world
  }
  /** From there, with another answer on the check page, and there again. */
  function changeCourt(world: World, court: string): void {
    world.act({ type: 'back' })
    world.act({ type: 'change', key: 'court' })
    world.act({ type: 'answer', key: 'court', value: court })
    expect(world.screen()).toMatchObject({ screen: 'review' })
    world.act({ type: 'thumb-print' })
  }
  const courts = (world: World) => world.counterNotes.map(({ answers }) => answers['court'])
  const marks = (world: World) =>
    world.counterNotes.map(({ number, reprint }) => ({ number, reprint }))

  it.each<[string, (world: World) => unknown]>([
    ['before a number is drawn', () => {}],
    ['while the paper is printed', (world) => world.act({ type: 'take-ticket' })],
    [
      'without paper',
      async (world) => {
        world.act({ type: 'take-ticket' })
        await world.printed(noPaper)
      },
    ],
  ])('is asked %s what becomes of the answers, and may turn back', async (_, go) => {
    const world = createWorld()
    await walk(world, AT_REVIEW)
    world.act({ type: 'thumb-print' })
    await go(world)
    world.act({ type: 'finish' })
    expect(world.screen()).toMatchObject({ screen: 'leave' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'stop', stop: { why: 'thumb-print' } })
    world.act({ type: 'finish' })
    expect(world.act({ type: 'keep-draft' })).toBe('done')
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.keptDrafts.size).toBe(1)
  })

  it.each<PaperOut>([printed, { state: 'unconfirmed' }])(
    'may end with the paper in hand: $state',
    async (paper) => {
      const world = await atThumbPrint()
      await world.printed(paper)
      world.act({ type: 'finish' })
      expect(world.screen()).toEqual({ screen: 'attract' })
    },
  )

  it('gets no paper by itself once the printer is mended, but by touch, and marked', async () => {
    const world = await atThumbPrint()
    world.setPrinter(false)
    await world.printed(noPaper)
    world.setPrinter(true)
    expect(marks(world)).toEqual([{ number: 'T001', reprint: false }])
    expect(world.act({ type: 'reprint' })).toBe('done')
    await world.printed(printed)
    expect(marks(world)).toEqual([
      { number: 'T001', reprint: false },
      { number: 'T001', reprint: true },
    ])
    expect(world.tickets).toEqual([])
  })

  it('has the answers printed once, however often they turn back', async () => {
    const world = await atThumbPrint()
    await world.printed(printed)
    for (let turn = 0; turn < 3; turn += 1) {
      world.act({ type: 'back' })
      world.act({ type: 'thumb-print' })
    }
    expect(courts(world)).toEqual(['Tòa án Mẫu'])
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('has changed answers printed anew, with the same number', async () => {
    const world = await atThumbPrint()
    await world.printed(printed)
    changeCourt(world, 'Tòa án Khác')
    await world.printed(printed)
    expect(courts(world)).toEqual(['Tòa án Mẫu', 'Tòa án Khác'])
    expect(marks(world).at(-1)).toEqual({ number: 'T001', reprint: true })
  })

  it('has answers that change during the print printed after it', async () => {
    const world = await atThumbPrint()
    changeCourt(world, 'Tòa án Khác')
    expect(courts(world)).toEqual(['Tòa án Mẫu'])
    await world.printed(printed)
    expect(world.screen()).toMatchObject({ ticket: { paper: { state: 'printing' } } })
    expect(courts(world)).toEqual(['Tòa án Mẫu', 'Tòa án Khác'])
    await world.printed(printed)
    expect(world.screen()).toMatchObject({ ticket: { paper: printed } })
    expect(world.counterNotes).toHaveLength(2)
  })

  it('gets the answers to a number of before, marked', async () => {
    const world = createWorld()
    world.readNotice()
    world.act({ type: 'start' })
    world.act({ type: 'refuse-notice' })
    world.act({ type: 'take-number', group: sampleProcedure.group })
    await world.printed(printed)
    world.act({ type: 'back' })
    world.act({ type: 'agree-notice', edition: '2026-1' })
    for (const step of road.slice(1, AT_REVIEW)) step(world)
    world.act({ type: 'thumb-print' })
    await world.printed(printed)
    expect(world.tickets).toEqual([{ number: 'T001', reprint: false }])
    expect(marks(world)).toEqual([{ number: 'T001', reprint: true }])
  })

  it('has no answers printed beside the number of another counter', async () => {
    const elsewhere: Procedure = { ...allKinds, group: 'residence' }
    const world = createWorld(sampleProcedure, elsewhere)
    world.readNotice()
    world.act({ type: 'start' })
    world.act({ type: 'refuse-notice' })
    world.act({ type: 'take-number', group: elsewhere.group })
    world.act({ type: 'back' })
    world.act({ type: 'agree-notice', edition: '2026-1' })
    for (const step of road.slice(1, AT_REVIEW)) step(world)
    world.act({ type: 'thumb-print' })
    await world.printed(printed)
    expect(world.tickets).toEqual([{ number: 'T001', reprint: false }])
    expect(world.counterNotes).toEqual([])
    expect(world.screen()).toMatchObject({ ticket: { state: 'offered' } })
  })

  it('is led to a question that a changed answer has opened', async () => {
    const world = createWorld()
    await walk(world, 5)
    world.act({ type: 'answer', key: 'status', value: 'single' })
    world.act({ type: 'answer', key: 'phone', value: null })
    world.act({ type: 'change', key: 'status' })
    world.act({ type: 'answer', key: 'status', value: 'divorced' })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'review' })
    world.act({ type: 'thumb-print' })
    expect(world.screen()).toMatchObject({ screen: 'answer', question: { key: 'court' } })
    expect(world.counterNotes).toEqual([])
  })
})

describe('a procedure whose next version begins at midnight', () => {
  /** From nine in the morning of 21 November 2026 to one second before midnight on 28 February. */
  const TO_LAST_SECOND_MS = (99 * 24 + 15) * 3_600_000 - 1000
  const atLastSecond = () => {
    const world = createWorld(ending, successor)
    world.setBack(-TO_LAST_SECOND_MS)
    for (const step of road.slice(0, 6)) step(world)
    return world
  }

  it('is begun anew, without the old answers, by whoever goes back to choose it again', () => {
    const world = atLastSecond()
    world.setBack(-2000)
    for (let screens = 0; screens < 3; screens += 1) world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
    world.act({ type: 'choose', code: successor.code })
    expect(world.session.state().visit.answers).toEqual({})
    expect(world.screen()).toMatchObject({ procedure: { name: { text: successor.shortName } } })
  })

  it('keeps the answers of whoever chooses it again before midnight', () => {
    const world = atLastSecond()
    for (let screens = 0; screens < 3; screens += 1) world.act({ type: 'back' })
    world.act({ type: 'choose', code: ending.code })
    expect(world.session.state().visit.answers).toEqual({ status: 'divorced' })
  })

  it('is offered once on each day', () => {
    const world = atLastSecond()
    for (let screens = 0; screens < 3; screens += 1) world.act({ type: 'back' })
    const offered = () => {
      const view = world.screen()
      if (view.screen !== 'choose') return null
      return view.groups.flatMap(({ procedures }) => procedures.map(({ name }) => name.text))
    }
    expect(offered()).toEqual([ending.shortName])
    world.setBack(-2000)
    expect(offered()).toEqual([successor.shortName])
  })
})

describe('a form whose last day it is', () => {
  const lastDay = {
    ...sampleProcedure,
    form: { ...sampleProcedure.form, validTo: '2026-11-21' },
  }
  /** From nine in the morning to just before, and just after, midnight in Vietnam. */
  const TO_MIDNIGHT_MS = 15 * 3_600_000
  const offered = (world: World) => {
    const view = world.screen()
    return view.screen === 'choose' ? view.groups.flatMap(({ procedures }) => procedures) : null
  }

  it('is offered until midnight, and from then on no more, without a restart', () => {
    const world = createWorld(lastDay)
    world.setBack(1 - TO_MIDNIGHT_MS)
    for (const step of road.slice(0, 3)) step(world)
    expect(offered(world)).toHaveLength(1)
    world.setBack(-1)
    expect(offered(world)).toEqual([])
    expect(world.act({ type: 'choose', code: lastDay.code })).toBe('ignored')
  })

  it('is filed over midnight by whoever has begun, also after the core was killed', async () => {
    const world = createWorld(lastDay)
    world.setBack(1000 - TO_MIDNIGHT_MS)
    for (const step of road.slice(0, 5)) step(world)
    world.setBack(-2000)
    world.kill()
    for (const step of road.slice(5)) step(world)
    await settle()
    expect(world.screen().screen).toBe('done')
    expect(world.act({ type: 'another', code: lastDay.code })).toBe('ignored')
  })

  it('is the counter’s the day after, for whoever shows its sheet', () => {
    const world = createWorld(lastDay)
    world.setBack(-TO_MIDNIGHT_MS)
    world.session.scanned(`MCK:P:${lastDay.code}`)
    expect(world.screen()).toMatchObject({ screen: 'identify', problem: 'procedure' })
  })
})

describe('a citizen who leaves before the end', () => {
  const number = '083090000000'

  /** The same citizen from the first screen to "this is me". */
  const comeAgain = (world: World) => {
    for (const step of road.slice(0, 3)) step(world)
  }

  /** Has answered one question and let the kiosk keep it. */
  function keptWorld(): World {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.act({ type: 'finish' })
    world.act({ type: 'keep-draft' })
    return world
  }

  it.each([
    ['what the procedure needs', 5, 'answer'],
    ['a question', 6, 'answer'],
    ['the check page', 8, 'review'],
    ['the declaration', 9, 'declare'],
  ] as const)('is asked on %s, and may go back to it', (_where, steps, screen) => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    if (steps === 5) for (const _ of [1, 2]) world.act({ type: 'back' })
    else for (const step of road.slice(6, steps)) step(world)
    const before = world.screen()
    world.act({ type: 'finish' })
    expect(world.screen()).toMatchObject({ screen: 'leave', notKept: false })
    world.kill()
    expect(world.act({ type: 'back' })).toBe('done')
    expect(world.screen()).toEqual(before)
    expect(before.screen).toBe(steps === 5 ? 'prepare' : screen)
  })

  it('is not asked before the first answer, nor after filing', async () => {
    const world = createWorld()
    for (const step of road.slice(0, 5)) step(world)
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
    await walk(world)
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('is not asked by the warning, whose "erase now" means now', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.wait(SESSION_LIMITS.IDLE_MS)
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
  })

  it('and says nothing leaves nothing, and neither does one who says "erase"', () => {
    const world = createWorld()
    for (const erase of [
      () => world.wait(SESSION_LIMITS.IDLE_MS + SESSION_LIMITS.WARNING_MS),
      () => world.act({ type: 'finish' }),
    ]) {
      for (const step of road.slice(0, 6)) step(world)
      world.act({ type: 'finish' })
      erase()
      expect(world.screen()).toEqual({ screen: 'attract' })
      expect([world.draft, world.keptDrafts.size]).toEqual([null, 0])
    }
  })

  it('and says "keep" leaves what was entered, and nothing of the card', () => {
    const world = keptWorld()
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
    expect(world.keptDrafts.get(number)).toEqual({
      ok: true,
      value: {
        version: 1,
        procedure: sampleProcedure.code,
        edition: '1',
        earlier: {},
        answers: { status: 'divorced' },
        skipped: [],
      },
    })
  })

  it('is told where the disk keeps nothing, and promised nothing', () => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    world.act({ type: 'finish' })
    world.fillDisk(true)
    world.act({ type: 'keep-draft' })
    expect(world.screen()).toMatchObject({ screen: 'leave', notKept: true })
    world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'answer' })
  })

  it('goes on where it was with the same card, and filing erases what was kept', async () => {
    const world = keptWorld()
    comeAgain(world)
    expect(world.screen()).toMatchObject({
      screen: 'resume',
      kept: { state: 'offered', procedure: { code: sampleProcedure.code } },
    })
    world.kill()
    world.act({ type: 'resume-draft' })
    expect(world.screen()).toMatchObject({ screen: 'prepare' })
    expect(world.keptDrafts.size).toBe(1)
    world.act({ type: 'begin' })
    expect(world.screen()).toMatchObject({ screen: 'answer', question: { key: 'court' } })
    for (const step of road.slice(6)) step(world)
    await settle()
    expect(world.screen()).toMatchObject({ screen: 'done' })
    expect(world.filed.size).toBe(1)
    expect(world.keptTold).toEqual(['resumed', 'filed'])
  })

  it('and begins anew erases what was kept', () => {
    const world = keptWorld()
    comeAgain(world)
    world.act({ type: 'begin-anew' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
    expect(world.keptTold).toEqual(['begun-anew'])
    world.act({ type: 'choose', code: sampleProcedure.code })
    world.act({ type: 'begin' })
    expect(world.screen()).toMatchObject({ question: { key: 'status' }, value: null })
  })

  it('comes again with the sheet of a procedure, and is offered the kept one first', () => {
    const world = keptWorld()
    world.session.scanned(`MCK:P:${sampleProcedure.code}`)
    for (const step of road.slice(1, 3)) step(world)
    expect(world.screen()).toMatchObject({ screen: 'resume' })
    world.act({ type: 'begin-anew' })
    expect(world.screen()).toMatchObject({ screen: 'prepare' })
  })

  it('erases what was kept with "Xong" once it was gone on with; one who walks away does not', () => {
    const world = keptWorld()
    comeAgain(world)
    world.act({ type: 'resume-draft' })
    world.wait(SESSION_LIMITS.IDLE_MS + SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.keptDrafts.size).toBe(1)
    comeAgain(world)
    world.act({ type: 'finish' })
    expect(world.keptDrafts.size).toBe(1)
    comeAgain(world)
    world.act({ type: 'resume-draft' })
    world.act({ type: 'finish' })
    world.act({ type: 'finish' })
    expect(world.keptTold).toEqual(['resumed', 'resumed', 'left'])
  })

  it('finds nothing with another card', () => {
    const world = keptWorld()
    world.act({ type: 'start' })
    world.session.scanned(motherCardText)
    world.act({ type: 'confirm-card' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
  })

  it.each([
    ['another version of the form', { edition: '0' }],
    ['a procedure that is not filed here any more', { procedure: '9.999999' }],
  ])('is told calmly that it was kept for %s, and it is erased', (_what, change) => {
    const world = keptWorld()
    const kept = world.keptDrafts.get(number)
    if (kept?.ok !== true) throw new Error('nothing was kept')
    world.keptDrafts.set(number, { ok: true, value: { ...kept.value, ...change } })
    comeAgain(world)
    expect(world.screen()).toEqual({
      screen: 'resume',
      kept: { state: 'gone', why: 'form-changed' },
    })
    expect(world.keptTold).toEqual(['form-changed'])
    expect(world.act({ type: 'resume-draft' })).toBe('ignored')
    world.act({ type: 'begin-anew' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
  })

  it('is told of a draft that does not open', () => {
    const world = createWorld()
    world.keptDrafts.set(number, { ok: false, error: { code: 'unreadable' } })
    comeAgain(world)
    expect(world.screen()).toEqual({
      screen: 'resume',
      kept: { state: 'gone', why: 'unreadable' },
    })
  })

  it("leaves no other person's card and no paper, which are asked for again", () => {
    const world = createWorld(allKinds)
    for (const step of road.slice(0, 3)) step(world)
    world.act({ type: 'choose', code: allKinds.code })
    world.act({ type: 'begin' })
    world.act({ type: 'answer', key: 'who', value: 'father' })
    world.session.scanned(motherCardText)
    world.act({ type: 'accept-card' })
    world.act({ type: 'finish' })
    world.act({ type: 'keep-draft' })
    expect(JSON.stringify([...world.keptDrafts.values()])).not.toContain('079192000000')
    expect(world.ended).toEqual(['ref-1'])
    comeAgain(world)
    world.act({ type: 'resume-draft' })
    world.act({ type: 'begin' })
    expect(world.screen()).toMatchObject({
      screen: 'answer',
      question: { input: { kind: 'card', read: null } },
    })
  })
})

describe('how long a citizen may do nothing', () => {
  const { IDLE_MS, IDLE_SLOW_MS, IDLE_PAPERS_MS, WARNING_MS } = SESSION_LIMITS
  const largest = { ...defaultDisplay, text: 'largest' } as const
  const listening = { ...defaultDisplay, voice: { ...defaultDisplay.voice, on: true } }
  const paper = {
    code: 'birth',
    name: 'Giấy chứng sinh',
    originals: 1,
    copies: 0,
    handling: 'scan',
    source: { mark: 'open', text: 'invented for tests' },
  } as const

  async function atPapers(): Promise<World> {
    const world = createWorld({ ...sampleProcedure, components: [paper] })
    await walk(world, 8)
    expect(world.screen()).toMatchObject({ screen: 'papers' })
    return world
  }

  it.each<[string, number, () => World | Promise<World>]>([
    ['is two minutes on a question', IDLE_MS, () => atQuestion()],
    ['is five minutes with somebody called to help', IDLE_SLOW_MS, () => atQuestion('help')],
    ['is five minutes with the largest text', IDLE_SLOW_MS, () => atQuestion('largest')],
    ['is five minutes for whoever listens', IDLE_SLOW_MS, () => atQuestion('voice')],
    ['is ten minutes while papers are captured', IDLE_PAPERS_MS, atPapers],
    [
      'is ten minutes there with help as well',
      IDLE_PAPERS_MS,
      async () => {
        const world = await atPapers()
        world.act({ type: 'call-help' })
        return world
      },
    ],
  ])('%s, also after the core died in the last moment', async (_what, idleMs, go) => {
    for (const dies of [false, true]) {
      const world = await go()
      const before = world.screen()
      world.wait(idleMs - 1)
      expect(world.session.state().warnedForMs).toBeNull()
      if (dies) world.kill()
      expect(world.screen()).toEqual(before)
      world.wait(1)
      expect(world.session.state().warnedForMs).toBe(WARNING_MS)
      world.wait(WARNING_MS)
      expect(world.screen()).toEqual({ screen: 'attract' })
      expect(world.draft).toBeNull()
    }
  })

  function atQuestion(slow?: 'help' | 'largest' | 'voice'): World {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    if (slow === 'help') world.act({ type: 'call-help' })
    if (slow === 'largest') world.act({ type: 'display', change: largest })
    if (slow === 'voice') world.act({ type: 'display', change: listening })
    return world
  }

  it('is short again when nothing calls for more', () => {
    const world = atQuestion('help')
    world.act({ type: 'end-help' })
    world.wait(IDLE_MS)
    expect(world.session.state().warnedForMs).toBe(WARNING_MS)
  })

  it('is what the papers took when the citizen comes from them', async () => {
    const world = await atPapers()
    world.wait(IDLE_MS + 1)
    world.act({ type: 'back' })
    world.wait(IDLE_MS - 1)
    expect(world.session.state().warnedForMs).toBeNull()
    world.wait(1)
    expect(world.session.state().warnedForMs).toBe(WARNING_MS)
  })

  it.each<[string, number, () => World | Promise<World>]>([
    ['a question', IDLE_MS, () => atQuestion()],
    ['the screen of help', IDLE_SLOW_MS, () => atQuestion('help')],
    ['the papers', IDLE_PAPERS_MS, atPapers],
  ])('can be had again twelve times on %s', async (_where, idleMs, go) => {
    const world = await go()
    const before = world.screen()
    for (let time = 0; time < 12; time += 1) {
      world.wait(idleMs + WARNING_MS - 1)
      expect(world.session.state().warnedForMs).toBe(1)
      expect(world.act({ type: 'stay' })).toBe('done')
      expect([world.session.state().warnedForMs, world.screen()]).toEqual([null, before])
    }
  })

  it('is warned of at least 45 seconds ahead, once: a second warning never begins', () => {
    const world = atQuestion()
    world.wait(IDLE_MS)
    const left: (number | null)[] = []
    for (let second = 0; second < 44; second += 1) {
      left.push(world.session.state().warnedForMs)
      // Anything else that happens meanwhile is no second warning, and buys no time.
      world.session.printerChanged()
      world.session.cardReaderChanged()
      world.session.delivered('ref-9', { state: 'needs-officer' })
      world.wait(1_000)
    }
    expect(left).toEqual(Array.from({ length: 44 }, (_, second) => 45_000 - 1_000 * second))
    world.wait(1_000)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })
})

describe('a card that is left on the reader of chips', () => {
  const attract = { screen: 'attract' }
  const calledOut = { screen: 'attract', cardLeft: true }

  it.each([
    ['"Xong"', (world: World) => world.act({ type: 'finish' })],
    ['idle time', (world: World) => world.wait(SESSION_LIMITS.IDLE_MS + SESSION_LIMITS.WARNING_MS)],
  ])('is called out after %s until it is taken', (_end, end) => {
    const world = createWorld()
    world.layCard(true)
    expect(world.screen()).toEqual(attract)
    for (const step of road.slice(0, 4)) step(world)
    end(world)
    expect(world.screen()).toEqual(calledOut)
    world.wait(10 * SESSION_LIMITS.IDLE_PAPERS_MS)
    expect(world.screen()).toEqual(calledOut)
    world.layCard(false)
    world.wait(SESSION_LIMITS.CHIP_AWAY_MS)
    expect(world.screen()).toEqual(attract)
    world.layCard(true)
    expect(world.screen()).toEqual(attract)
  })

  it('is still called out where the reader lost it for a moment', () => {
    const world = createWorld()
    world.layCard(true)
    for (const step of road.slice(0, 4)) step(world)
    world.act({ type: 'finish' })
    world.layCard(false)
    world.wait(SESSION_LIMITS.CHIP_AWAY_MS - 1)
    world.layCard(true)
    world.wait(SESSION_LIMITS.CHIP_AWAY_MS)
    expect(world.screen()).toEqual(calledOut)
  })

  it('that was taken before the end is not', () => {
    const world = createWorld()
    world.layCard(true)
    for (const step of road.slice(0, 4)) step(world)
    world.layCard(false)
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual(attract)
  })
})

describe('the notice before a card is read', () => {
  const agree: CitizenAction = { type: 'agree-notice', edition: '2026-1' }
  const shown = (cardLies: boolean) => ({ screen: 'notice', notice: sampleNotice, cardLies })

  function reader(): World {
    const world = createWorld()
    world.readNotice()
    return world
  }

  it('comes first; the card is asked for once it is agreed to, and the journal has the edition', () => {
    const world = reader()
    world.act({ type: 'start' })
    expect(world.screen()).toEqual(shown(false))
    expect(world.act(agree)).toBe('done')
    expect(world.screen()).toEqual({ screen: 'identify', problem: null })
    expect(world.agreements).toEqual(['ref-1 2026-1'])
  })

  it.each<[string, (world: World) => void]>([
    ['the first screen', () => {}],
    ['the notice itself', (world) => world.act({ type: 'start' })],
    [
      'the screen of a slip',
      (world) => world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000a'),
    ],
  ])('keeps a card that is laid on %s out of the visit, and then it is read', (_where, go) => {
    const world = reader()
    go(world)
    world.session.scanned(sampleCardText)
    expect(world.screen()).toEqual(shown(true))
    expect(world.session.state().visit.card).toBeNull()
    expect(Buffer.from(world.draft ?? []).toString()).not.toContain('083090000000')
    world.act(agree)
    expect(world.screen()).toMatchObject({ screen: 'confirm' })
  })

  it.each<[string, (world: World) => void]>([
    ['who refuses', (world) => world.act({ type: 'refuse-notice' })],
    ['who goes back', (world) => world.act({ type: 'back' })],
    ['who goes', (world) => world.act({ type: 'finish' })],
    ['whose core died', (world) => world.kill()],
    [
      'who has walked away',
      (world) => world.wait(SESSION_LIMITS.IDLE_MS + SESSION_LIMITS.WARNING_MS),
    ],
  ])('forgets the card of one %s', (_who, leave) => {
    const world = reader()
    world.session.scanned(sampleCardText)
    leave(world)
    if (world.screen().screen === 'declined') world.act({ type: 'back' })
    if (world.screen().screen === 'attract') world.act({ type: 'start' })
    expect(world.screen()).toEqual(shown(false))
    world.act(agree)
    expect(world.screen()).toMatchObject({ screen: 'identify' })
  })

  it('that is refused leads to the ways without a card, and back', () => {
    const world = reader()
    world.act({ type: 'start' })
    world.act({ type: 'refuse-notice' })
    expect(world.screen()).toMatchObject({ screen: 'declined' })
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ screen: 'declined' })
    expect(world.session.state().visit.card).toBeNull()
    world.act({ type: 'back' })
    expect(world.screen()).toEqual(shown(false))
    world.act({ type: 'refuse-notice' })
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect([world.draft, world.agreements]).toEqual([null, []])
  })

  it('that is refused leads to a number for a counter, without a card', async () => {
    const world = reader()
    world.act({ type: 'start' })
    expect(world.act({ type: 'take-number', group: 'civil-status' })).toBe('ignored')
    world.act({ type: 'refuse-notice' })
    expect(world.screen()).toMatchObject({
      groups: [{ id: 'civil-status' }],
      ticket: { state: 'offered' },
    })
    // Nobody here serves it.
    expect(world.act({ type: 'take-number', group: 'business' })).toBe('ignored')
    expect(world.act({ type: 'take-number', group: 'civil-status' })).toBe('done')
    expect(world.act({ type: 'take-number', group: 'civil-status' })).toBe('ignored')
    await world.printed({ state: 'unconfirmed' })
    expect(world.screen()).toMatchObject({
      ticket: { state: 'issued', number: 'T001', paper: { state: 'unconfirmed' } },
    })
    expect(world.act({ type: 'reprint' })).toBe('done')
    await world.printed({ state: 'printed' })
    expect(world.tickets).toEqual([
      { number: 'T001', reprint: false },
      { number: 'T001', reprint: true },
    ])
    expect([world.session.state().visit.card, world.filed.size]).toEqual([null, 0])
    world.act({ type: 'finish' })
    expect(world.screen()).toEqual({ screen: 'attract' })
  })

  it('is not agreed to in words that hold no more', () => {
    const world = reader()
    world.act({ type: 'start' })
    world.setEdition('2027-1')
    expect(world.act(agree)).toBe('ignored')
    expect(world.screen()).toMatchObject({ screen: 'notice', notice: { edition: '2027-1' } })
    expect(world.act({ type: 'agree-notice', edition: '2027-1' })).toBe('done')
  })

  it('is agreed to for the whole visit, and by each citizen anew', async () => {
    const world = reader()
    world.act({ type: 'start' })
    world.act(agree)
    world.session.scanned(sampleCardText)
    world.act({ type: 'reject-card' })
    expect(world.screen()).toMatchObject({ screen: 'identify' })
    world.kill()
    world.session.scanned(sampleCardText)
    expect(world.screen()).toMatchObject({ screen: 'confirm' })
    world.act({ type: 'finish' })
    world.act({ type: 'start' })
    expect(world.screen()).toEqual(shown(false))
  })

  it('is not needed for a slip, and comes after the sheet of a procedure', () => {
    const world = reader()
    world.act({ type: 'start' })
    world.session.scanned('MCK:S:01932b6e-0000-7000-8000-00000000000a')
    expect(world.screen()).toMatchObject({ screen: 'look-up' })
    world.act({ type: 'finish' })
    world.session.scanned(`MCK:P:${sampleProcedure.code}`)
    expect(world.screen()).toEqual(shown(false))
    world.act(agree)
    expect(world.screen()).toMatchObject({ screen: 'identify', wanted: { text: 'Giấy thử' } })
  })

  it('is asked although a forgotten card is read again and again', () => {
    const world = reader()
    for (let gone = 0; gone < SESSION_LIMITS.IDLE_MS; gone += 20_000) {
      world.session.scanned(sampleCardText)
      world.wait(20_000)
    }
    expect(world.session.state().warnedForMs).toBe(SESSION_LIMITS.WARNING_MS)
    world.session.scanned(sampleCardText)
    world.wait(SESSION_LIMITS.WARNING_MS)
    expect(world.screen()).toEqual({ screen: 'attract' })
  })
})

describe('the shipped notice', () => {
  const texts = noticeTextsSchema.parse(shippedNotice)

  it('is the newest that had begun on the day, or else the oldest', () => {
    const [first] = texts.editions
    if (first === undefined) throw new Error('no edition')
    const both = {
      ...texts,
      editions: [{ ...first, id: '2030-1', validFrom: '2030-01-01' }, first],
    }
    expect(noticeOn(both, '2029-12-31').id).toBe(first.id)
    expect(noticeOn(both, '2030-01-01').id).toBe('2030-1')
    expect(noticeOn(both, '2020-01-01').id).toBe(first.id)
  })

  it('rests on law that was read, and speaks in short sentences', () => {
    for (const { source, id: _id, validFrom: _from, ...words } of texts.editions) {
      expect(source.mark).toBe('confirmed')
      for (const text of Object.values(words)) {
        const long = text.split(/[.;]/).filter((one) => one.trim().split(/\s+/).length > 20)
        expect(long).toEqual([])
        expect(text).not.toMatch(/[!*]|vui lòng|quý khách|thực hiện/i)
      }
    }
  })

  it('says of the chip only where there is a reader of chips', () => {
    const edition = noticeOn(texts, '2026-11-22')
    expect(noticeView(edition, false).reads.text).not.toContain('chip')
    expect(noticeView(edition, true).reads.text).toContain('chip')
  })
})
