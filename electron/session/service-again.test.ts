import { describe, expect, it } from 'vitest'
import { allKinds, motherCardText } from '../../test/fixtures/all-kinds.ts'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, settle, walk, type World } from './service.test-data.ts'

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
