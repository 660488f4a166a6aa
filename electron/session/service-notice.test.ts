import shippedNotice from '../../resources/papers/notice.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { sampleCardText, sampleProcedure } from '../../test/fixtures/procedure.ts'
import type { CitizenAction } from '../../shared/contract/index.ts'
import { SESSION_LIMITS } from './limits.ts'
import { noticeOn, noticeTextsSchema, noticeView } from './notice.ts'
import { sampleNotice } from './notice.test-data.ts'
import { createWorld, type World } from './service.test-data.ts'

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
