import { describe, expect, it } from 'vitest'
import { allKinds } from '../../test/fixtures/all-kinds.ts'
import { sampleCardText, sampleProcedure } from '../../test/fixtures/procedure.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, settle, walk, type World } from './service.test-data.ts'

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

  it('still leads there where the wrong card was laid first', () => {
    const world = createWorld()
    world.session.scanned(sheetText)
    world.session.scanned(sampleCardText)
    world.act({ type: 'reject-card' })
    expect(world.screen()).toHaveProperty('wanted')
    atChoose(world)
    expect(world.screen()).toMatchObject({ screen: 'prepare' })
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

  it('is of the procedure that was chosen, and of no other', async () => {
    const world = createWorld(sampleProcedure, allKinds)
    await walk(world, AT_PREPARE)
    world.act({ type: 'print-sheet' })
    world.act({ type: 'back' })
    world.act({ type: 'choose', code: allKinds.code })
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'none' } })
    await world.gaveSheet({ state: 'printed' })
    expect(world.screen()).toMatchObject({ screen: 'prepare', sheet: { state: 'none' } })
    world.act({ type: 'print-sheet' })
    expect(world.sheets).toEqual([sampleProcedure.code, allKinds.code])
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
