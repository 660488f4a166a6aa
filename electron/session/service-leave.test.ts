import { describe, expect, it } from 'vitest'
import { allKinds, motherCardText } from '../../test/fixtures/all-kinds.ts'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, settle, walk, type World } from './service.test-data.ts'

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
