import { describe, expect, it } from 'vitest'
import type { Procedure } from '../../shared/forms/index.ts'
import { allKinds } from '../../test/fixtures/all-kinds.ts'
import { sampleCardText, sampleProcedure, typedCardText } from '../../test/fixtures/procedure.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, screens, settle, walk, type World } from './service.test-data.ts'

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

  const { form } = sampleProcedure
  const changed: Procedure = {
    ...sampleProcedure,
    form: { ...form, version: '2', fields: form.fields.filter(({ key }) => key !== 'court') },
  }

  it.each([
    ['is gone', allKinds],
    ['asks something else', changed],
  ])('begins anew where after an update the procedure %s', (_, update) => {
    const world = createWorld()
    for (const step of road.slice(0, 6)) step(world)
    expect(world.screen()).toMatchObject({ question: { key: 'court' } })
    world.kill(update)
    expect(world.screen()).toEqual({ screen: 'attract' })
    expect(world.draft).toBeNull()
  })

  it('still sees to the papers of what was filed before an update', async () => {
    const world = createWorld()
    await walk(world)
    world.kill(changed)
    expect(world.screen()).toMatchObject({ screen: 'done' })
    expect(world.prints).toEqual([{ reprint: false }, { reprint: true }])
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
