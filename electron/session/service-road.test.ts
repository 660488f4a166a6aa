import { describe, expect, it } from 'vitest'
import { sampleCardText, sampleProcedure, typedCardText } from '../../test/fixtures/procedure.ts'
import { SESSION_LIMITS } from './limits.ts'
import { defaultDisplay, type CitizenAction } from '../../shared/contract/index.ts'
import { createWorld, road, screens, settle, walk, type World } from './service.test-data.ts'

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

  it.each<[string, CitizenAction, (world: World) => unknown]>([
    ['the notice is agreed to', { type: 'agree-notice', edition: '2026-1' }, (it) => it.agreements],
    ['the sheet is out', { type: 'print-sheet' }, (it) => it.sheets],
    ['no draft is offered', { type: 'resume-draft' }, (it) => it.keptTold],
    [
      'no chip is to be opened',
      { type: 'give-access-number', digits: '482913' },
      (it) => it.openings,
    ],
  ])(
    'begins anew with a touch that fits no screen, which does nothing else: %s',
    async (_, action, doneBy) => {
      const world = createWorld()
      await walk(world, 4)
      world.act({ type: 'print-sheet' })
      await world.gaveSheet({ state: 'printed' })
      const before = [world.screen(), structuredClone(doneBy(world))]
      world.wait(IDLE_MS)
      expect(world.act(action)).toBe('ignored')
      expect(world.session.state().warnedForMs).toBeNull()
      expect([world.screen(), doneBy(world)]).toEqual(before)
    },
  )

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
