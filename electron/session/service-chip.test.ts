import { describe, expect, it } from 'vitest'
import { sampleCardText, sampleProcedure, typedCardText } from '../../test/fixtures/procedure.ts'
import { parseCode } from '../identity/index.ts'
import type { AccessAnswer } from './access-number.ts'
import type { ChipAnswer } from './chip-answer.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, settle, walk, type World } from './service.test-data.ts'

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

  it('begins with what the sheet said that was shown before it', async () => {
    const world = createWorld()
    world.session.scanned(`MCK:P:${sampleProcedure.code}`)
    world.act({ type: 'open-chip' })
    world.act(give)
    await world.accessSays(holder())
    world.act({ type: 'confirm-card' })
    expect(world.screen()).toMatchObject({
      screen: 'prepare',
      procedure: { code: sampleProcedure.code },
    })
  })

  it('loses nothing of what was filed before it in the same visit', async () => {
    const world = createWorld()
    await walk(world)
    world.act({ type: 'another', code: null })
    world.act({ type: 'back' })
    world.act({ type: 'reject-card' })
    world.act({ type: 'open-chip' })
    world.act(give)
    await world.accessSays(holder())
    world.session.delivered('ref-1', { state: 'accepted', dossierCode: 'H1' })
    expect(world.receipts).toEqual(['ref-1'])
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
