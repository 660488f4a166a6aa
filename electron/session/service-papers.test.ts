import { describe, expect, it } from 'vitest'
import type { Procedure } from '../../shared/forms/index.ts'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, settle, type World } from './service.test-data.ts'

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
