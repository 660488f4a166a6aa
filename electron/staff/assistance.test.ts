import { describe, expect, it } from 'vitest'
import { sampleCardText } from '../../test/fixtures/procedure.ts'
import { STAFF_LIMITS } from './limits.ts'
import { COMMAND, createKiosk, PIN, WRONG } from './testing.ts'

const cardNumber = /\d{12}/.exec(sampleCardText)?.[0] ?? ''

describe('a call for a person', () => {
  it('reaches staff with the kind of screen and since when, and nothing of a person', async () => {
    const kiosk = await createKiosk()
    const stop = new AbortController()
    const heard = kiosk.calls.watch(stop.signal)
    kiosk.walkToQuestion()
    kiosk.act({ type: 'call-help' })
    const call = { kiosk: 'KM4', screen: 'answer', since: '2026-11-22T02:00:00.000Z' }
    expect(await heard.next()).toEqual({ done: false, value: { kind: 'called', call } })
    expect(kiosk.calls.list()).toEqual([call])
    kiosk.act({ type: 'end-help' })
    expect(await heard.next()).toEqual({ done: false, value: { kind: 'ended', call } })
    expect(kiosk.calls.list()).toEqual([])
    stop.abort()
    expect((await heard.next()).done).toBe(true)
  })

  it('is answered by the assistant who unlocks', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.act({ type: 'call-help' })
    const heard = kiosk.calls.watch(new AbortController().signal)
    expect((await heard.next()).value).toMatchObject({ kind: 'called' })
    await kiosk.unlock()
    expect((await heard.next()).value).toMatchObject({ kind: 'answered', by: '02' })
  })

  it('that nobody answers says so after a minute', async () => {
    const kiosk = await createKiosk()
    kiosk.act({ type: 'call-help' })
    kiosk.timers.advance(STAFF_LIMITS.CALL_LONG_MS - 1)
    expect(kiosk.assistance.view().call).toBe('waiting')
    const views = kiosk.views()
    kiosk.timers.advance(1)
    expect(kiosk.assistance.view().call).toBe('long')
    expect(kiosk.views()).toBeGreaterThan(views)
  })

  it('goes on after a restart, since the same moment', async () => {
    const kiosk = await createKiosk()
    kiosk.walkToQuestion()
    kiosk.act({ type: 'call-help' })
    const before = kiosk.calls.list()
    kiosk.timers.advance(10_000)
    await kiosk.kill()
    expect(kiosk.calls.list()).toEqual(before)
  })
})

describe('unlocking', () => {
  it('opens the role on the page that asked, and shows the citizen’s own screen again', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    expect(await kiosk.unlock()).toBe('unlocked')
    expect(kiosk.role()).toMatchObject({ state: 'unlocked', assistant: '02', counter: 'Quầy 2' })
    expect(kiosk.assistance.isUnlockedOn(kiosk.page)).toBe(true)
    expect(kiosk.assistance.isUnlockedOn({})).toBe(false)
    expect(kiosk.session.state()).toMatchObject({ helpOpen: false, visitState: 'answer' })
  })

  it('is nothing that a page can do without asking, or for another page', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    expect((await kiosk.assistance.byPin(kiosk.page, '02', PIN)).outcome).toBe('ignored')
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    expect((await kiosk.assistance.byPin({}, '02', PIN)).outcome).toBe('ignored')
    expect(kiosk.desk.list().tries.failed).toBe(0)
  })

  it('takes five wrong tries, then waits, and every try is in the journal without its digits', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    const outcomes = []
    for (let at = 0; at < 7; at += 1) outcomes.push(await kiosk.unlock('02', WRONG))
    expect(outcomes).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'shut', 'shut'])
    expect(kiosk.role()).toMatchObject({ state: 'asking', door: { state: 'wait', seconds: 30 } })
    // The right one is refused as well, and costs nothing.
    expect(await kiosk.unlock('02', PIN)).toBe('shut')
    const tried = kiosk.journal().filter((line) => line.includes('unlock-tried'))
    expect(tried).toEqual(Array.from({ length: 5 }, () => 'kiosk unlock-tried'))
    const bytes = JSON.stringify(kiosk.store.db.prepare('SELECT * FROM event').all())
    for (const digits of [PIN, WRONG]) expect(bytes).not.toContain(digits)
    kiosk.timers.advance(STAFF_LIMITS.FIRST_DELAY_MS)
    expect(await kiosk.unlock('02', PIN)).toBe('unlocked')
    expect(kiosk.desk.list().tries).toEqual({ failed: 0, door: 'open' })
    expect(kiosk.isChainWhole()).toBe(true)
  })

  it('takes an unknown assistant for a wrong try like any other', async () => {
    const kiosk = await createKiosk()
    expect(await kiosk.unlock('77', PIN)).toBe('wrong')
    expect(kiosk.desk.list().tries.failed).toBe(1)
  })

  it('counts tries side by side each for itself', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    const many = await Promise.all(
      Array.from({ length: 20 }, () => kiosk.assistance.byPin(kiosk.page, '02', WRONG)),
    )
    expect(many.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(5)
    expect(many.filter(({ outcome }) => outcome === 'shut')).toHaveLength(15)
  })

  it('remembers tries over a restart, and over a clock that was set back', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    for (let at = 0; at < 5; at += 1) await kiosk.unlock('02', WRONG)
    await kiosk.kill()
    expect(await kiosk.unlock('02', PIN)).toBe('shut')
    kiosk.setBack(86_400_000)
    expect(await kiosk.unlock('02', PIN)).toBe('shut')
    kiosk.timers.advance(STAFF_LIMITS.FIRST_DELAY_MS)
    expect(await kiosk.unlock('02', PIN)).toBe('unlocked')
  })

  it('counts a try before it looks at it, so that a core that is killed meanwhile gives none away', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    const never = kiosk.assistance.byPin(kiosk.page, '02', WRONG)
    expect(kiosk.desk.list().tries.failed).toBe(1)
    await never
  })

  it('ends at fifteen, until a technician resets it', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    let tries = 0
    while (kiosk.desk.list().tries.door !== 'stopped') {
      if ((await kiosk.unlock('02', WRONG)) === 'wrong') tries += 1
      else kiosk.timers.advance(STAFF_LIMITS.FIRST_DELAY_MS)
    }
    expect(tries).toBe(15)
    kiosk.timers.advance(30 * 86_400_000)
    expect(await kiosk.unlock('02', PIN)).toBe('shut')
    expect(kiosk.role()).toMatchObject({ door: { state: 'stopped' } })
    kiosk.desk.reset({ commandId: COMMAND, actor: 'technician' })
    expect(await kiosk.unlock('02', PIN)).toBe('unlocked')
    expect(kiosk.journal()).toContain('technician unlock-tries-reset')
  })

  it('closes by itself when nobody types', async () => {
    const kiosk = await createKiosk()
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    kiosk.timers.advance(STAFF_LIMITS.ASKING_MS)
    expect(kiosk.role()).toEqual({ state: 'locked' })
  })
})

describe('an assistant’s card', () => {
  it('unlocks, is kept as a keyed hash, and is nobody’s visit', async () => {
    const kiosk = await createKiosk()
    expect(await kiosk.order('03', null, sampleCardText)).toEqual({ ok: true })
    kiosk.act({ type: 'start' })
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    expect(kiosk.assistance.takesCards()).toBe(true)
    kiosk.assistance.byCard(cardNumber)
    expect(kiosk.role()).toMatchObject({ state: 'unlocked', assistant: '03' })
    expect(kiosk.session.state().visit.card).toBeNull()
    const rows = kiosk.store.db.prepare('SELECT * FROM assistant').all()
    expect(JSON.stringify(rows)).not.toContain(cardNumber)
  })

  it('that nobody has counts as a wrong try', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    kiosk.assistance.byCard('083090000000')
    expect(kiosk.role()).toMatchObject({ state: 'asking', refused: 'card' })
    expect(kiosk.desk.list().tries.failed).toBe(1)
  })
})

describe('the unlocked role', () => {
  it('falls back after a minute without a touch on the strip; the visit stays as it was', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    await kiosk.unlock()
    kiosk.timers.advance(STAFF_LIMITS.ROLE_MS - STAFF_LIMITS.ROLE_ENDING_MS)
    expect(kiosk.role()).toMatchObject({ state: 'unlocked', ending: true })
    const before = kiosk.session.state().visit
    // The citizen's touches are no assistant's.
    kiosk.act({ type: 'answer', key: 'status', value: 'divorced' })
    kiosk.act({ type: 'back' })
    kiosk.timers.advance(STAFF_LIMITS.ROLE_ENDING_MS)
    expect(kiosk.role()).toEqual({ state: 'locked' })
    expect(kiosk.session.state()).toMatchObject({
      visitState: 'answer',
      visit: { clientRef: before.clientRef, card: before.card, answers: { status: 'divorced' } },
    })
    expect(kiosk.journal()).toContain('assistant:02 role-fell-back ref-1')
  })

  it('lasts while the assistant touches the strip, and while one works on this screen', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    await kiosk.unlock()
    kiosk.timers.advance(50_000)
    await kiosk.use('stay')
    kiosk.timers.advance(50_000)
    expect(await kiosk.use('work')).toEqual({ outcome: 'done' })
    kiosk.timers.advance(50_000)
    // A page that is typed on says so now and then.
    kiosk.act({ type: 'stay' })
    kiosk.timers.advance(50_000)
    expect(kiosk.role()).toMatchObject({ state: 'unlocked', working: true })
    kiosk.act({ type: 'answer', key: 'status', value: 'divorced' })
    expect(kiosk.role()).toMatchObject({ state: 'unlocked', working: false })
    kiosk.timers.advance(30_000)
    kiosk.act({ type: 'stay' })
    kiosk.timers.advance(30_000)
    expect(kiosk.role()).toEqual({ state: 'locked' })
  })

  it('falls back under a citizen who writes on for long after the assistant has left', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    await kiosk.unlock()
    await kiosk.use('work')
    for (let ms = 0; ms < STAFF_LIMITS.WORK_MS + STAFF_LIMITS.ROLE_MS; ms += 20_000) {
      kiosk.act({ type: 'stay' })
      kiosk.timers.advance(20_000)
    }
    expect(kiosk.role()).toEqual({ state: 'locked' })
    expect(kiosk.session.state().visitState).toBe('answer')
  })

  it('is not another page’s, nor the control socket’s', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    await kiosk.unlock()
    expect(await kiosk.assistance.use({}, 'finish')).toEqual({ outcome: 'ignored' })
    kiosk.assistance.lookedAtFace({})
    expect(kiosk.journal().filter((line) => line.includes('helped'))).toEqual([])
  })

  it('is no longer there at its end, even where the timer is late', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    await kiosk.unlock()
    kiosk.jump(STAFF_LIMITS.ROLE_MS)
    expect(kiosk.assistance.isUnlockedOn(kiosk.page)).toBe(false)
    expect(await kiosk.use('stay')).toEqual({ outcome: 'ignored' })
  })

  it('is not given to a page that asked while another’s PIN was looked at', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.act({ type: 'call-help' })
    kiosk.assistance.ask(kiosk.page, true)
    const tried = kiosk.assistance.byPin(kiosk.page, '02', PIN)
    const other = {}
    kiosk.assistance.ask(other, true)
    expect((await tried).outcome).toBe('ignored')
    expect(kiosk.role().state).toBe('asking')
  })

  it('ends with the visit, with its page, and when another assistant asks', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    await kiosk.add('03', '330182')
    kiosk.walkToQuestion()
    await kiosk.unlock()
    kiosk.assistance.gone({})
    expect(kiosk.role().state).toBe('unlocked')
    kiosk.assistance.gone(kiosk.page)
    expect(kiosk.role().state).toBe('locked')
    await kiosk.unlock()
    expect(await kiosk.unlock('03', '330182')).toBe('unlocked')
    expect(kiosk.role()).toMatchObject({ assistant: '03' })
    await kiosk.use('finish')
    expect(kiosk.role().state).toBe('locked')
    expect(kiosk.session.state().visitState).toBe('attract')
    expect(kiosk.journal().filter((line) => line.startsWith('assistant:'))).toEqual([
      'assistant:02 unlocked',
      'assistant:02 stepped-in ref-1',
      'assistant:02 page-gone ref-1',
      'assistant:02 unlocked',
      'assistant:02 stepped-in ref-1',
      'assistant:02 another-asked ref-1',
      'assistant:03 unlocked',
      'assistant:03 stepped-in ref-1',
      'assistant:03 helped:ended ref-1',
      'assistant:03 visit-ended ref-1',
    ])
  })

  it('is gone after a restart, and the visit is not', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    await kiosk.unlock()
    await kiosk.kill()
    expect(kiosk.role().state).toBe('locked')
    expect(kiosk.session.state().visitState).toBe('answer')
  })

  it('ends at once for one who is taken out of the book', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    await kiosk.unlock()
    kiosk.desk.remove({ commandId: COMMAND, actor: 'technician', id: '02' })
    expect(kiosk.role().state).toBe('locked')
    expect(await kiosk.unlock()).toBe('wrong')
  })

  it('never declares: the touch is refused, also when it is sent again later', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    await kiosk.unlock()
    expect(kiosk.assistance.mayAct('c-declare', { type: 'declare' })).toBe(false)
    expect(kiosk.assistance.mayAct('c-pledge', { type: 'accept-review' })).toBe(false)
    expect(kiosk.assistance.mayAct('c-thumb', { type: 'thumb-print' })).toBe(false)
    await kiosk.use('step-out')
    expect(kiosk.assistance.mayAct('c-declare', { type: 'declare' })).toBe(false)
    expect(kiosk.assistance.mayAct('c-other', { type: 'declare' })).toBe(true)
  })
})

describe('what is done for a citizen', () => {
  it('stands in the journal by its kind, once a filing, without content', async () => {
    const kiosk = await createKiosk()
    await kiosk.add()
    kiosk.walkToQuestion()
    await kiosk.unlock()
    kiosk.act({ type: 'answer', key: 'status', value: 'divorced' })
    kiosk.act({ type: 'answer', key: 'court', value: 'Tòa án Mẫu' })
    await kiosk.use('to-counter')
    await kiosk.use('choose-other')
    kiosk.assistance.lookedAtFace(kiosk.page)
    await kiosk.use('step-out')
    expect(kiosk.moved).toEqual(['ref-1'])
    expect(kiosk.session.state()).toMatchObject({
      visitState: 'choose',
      visit: { answers: { status: 'divorced', court: 'Tòa án Mẫu' }, at: null },
    })
    expect(kiosk.journal().filter((line) => line.startsWith('assistant:'))).toEqual([
      'assistant:02 unlocked',
      'assistant:02 stepped-in ref-1',
      'assistant:02 helped:answered ref-1',
      'assistant:02 helped:moved-to-counter ref-1',
      'assistant:02 helped:chose ref-1',
      'assistant:02 helped:looked-at-face ref-1',
      'assistant:02 stepped-out ref-1',
    ])
    const bytes = JSON.stringify(kiosk.store.db.prepare('SELECT * FROM event').all())
    for (const trace of ['Tòa án', 'divorced', cardNumber]) expect(bytes).not.toContain(trace)
  })

  it('is nothing without the role', async () => {
    const kiosk = await createKiosk()
    kiosk.walkToQuestion()
    for (const tool of ['work', 'choose-other', 'to-counter', 'finish', 'step-out'] as const) {
      expect(await kiosk.use(tool)).toEqual({ outcome: 'ignored' })
    }
    kiosk.assistance.lookedAtFace(kiosk.page)
    expect(kiosk.session.state().visitState).toBe('answer')
    expect(kiosk.journal()).toEqual([])
  })
})

describe('the book of assistants', () => {
  it.each([
    ['a number that is there', '02', '551820', null, 'taken'],
    ['a weak PIN', '03', '123456', null, 'weak-pin'],
    ['neither PIN nor card', '03', null, null, 'no-key'],
    ['what is no card', '03', null, 'xin chào', 'no-card'],
    ['another’s card', '03', null, cardNumber, 'card-taken'],
  ])('refuses %s', async (_case, id, pin, card, why) => {
    const kiosk = await createKiosk()
    await kiosk.order('02', null, sampleCardText)
    expect(await kiosk.order(id, pin, card)).toEqual({ ok: false, why })
    expect(kiosk.desk.list().assistants.map((one) => one.id)).toEqual(['02'])
  })

  it('keeps no PIN in clear, and the one who has it unlocks', async () => {
    const kiosk = await createKiosk()
    expect(await kiosk.order('02', PIN)).toEqual({ ok: true })
    expect(kiosk.journal()).toEqual(['technician assistant-added:02'])
    expect(await kiosk.unlock()).toBe('unlocked')
    expect(JSON.stringify(kiosk.store.db.prepare('SELECT * FROM assistant').all())).not.toContain(
      PIN,
    )
    expect(kiosk.desk.list().assistants).toMatchObject([{ id: '02', pin: true, card: false }])
  })
})
