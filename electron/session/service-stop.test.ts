import { describe, expect, it } from 'vitest'
import type { EnteredValue, Procedure } from '../../shared/forms/index.ts'
import { allKinds, motherCardText } from '../../test/fixtures/all-kinds.ts'
import { sampleCardText, sampleProcedure } from '../../test/fixtures/procedure.ts'
import { sessionViewSchema, type PaperOut } from '../../shared/contract/index.ts'
import { parseCode } from '../identity/index.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, road, screens, settle, walk, type World } from './service.test-data.ts'

/** Takes a number without a card, and agrees to the notice while it is printed. */
function withNumber(group: Procedure['group'], world: World): World {
  world.readNotice()
  world.act({ type: 'start' })
  world.act({ type: 'refuse-notice' })
  world.act({ type: 'take-number', group })
  world.act({ type: 'back' })
  world.act({ type: 'agree-notice', edition: '2026-1' })
  return world
}

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

  it.each<[string, (world: World) => unknown]>([
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
    [
      'a card that only its chip tells of',
      async (world) => {
        world.act({ type: 'open-chip' })
        world.act({ type: 'give-access-number', digits: '482913' })
        const code = parseCode(sampleCardText)
        if (code.kind !== 'id-card') throw new Error('no card')
        const { card } = code
        await world.accessSays({ state: 'holder', card, verdict: 'verified', population: null })
      },
    ],
  ])('taken without a card stays when there comes %s after all', async (_, come) => {
    const world = withNumber(allKinds.group, createWorld(allKinds))
    await world.printed(ready)
    await come(world)
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
    const world = withNumber(sampleProcedure.group, createWorld())
    await world.printed(printed)
    for (const step of road.slice(1, AT_REVIEW)) step(world)
    world.act({ type: 'thumb-print' })
    await world.printed(printed)
    expect(world.tickets).toEqual([{ number: 'T001', reprint: false }])
    expect(marks(world)).toEqual([{ number: 'T001', reprint: true }])
  })

  it('has no answers printed beside the number of another counter', async () => {
    const elsewhere: Procedure = { ...allKinds, group: 'residence' }
    const world = withNumber(elsewhere.group, createWorld(sampleProcedure, elsewhere))
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
