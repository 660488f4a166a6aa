import { describe, expect, it } from 'vitest'
import { sampleProcedure } from '../../test/fixtures/procedure.ts'
import { ending, successor } from '../../test/fixtures/versions.ts'
import { createWorld, road, settle, type World } from './service.test-data.ts'

describe('a procedure whose next version begins at midnight', () => {
  /** From nine in the morning of 21 November 2026 to one second before midnight on 28 February. */
  const TO_LAST_SECOND_MS = (99 * 24 + 15) * 3_600_000 - 1000
  const atLastSecond = () => {
    const world = createWorld(ending, successor)
    world.setBack(-TO_LAST_SECOND_MS)
    for (const step of road.slice(0, 6)) step(world)
    return world
  }

  it('is begun anew, without the old answers, by whoever goes back to choose it again', () => {
    const world = atLastSecond()
    world.setBack(-2000)
    for (let screens = 0; screens < 3; screens += 1) world.act({ type: 'back' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
    world.act({ type: 'choose', code: successor.code })
    expect(world.session.state().visit.answers).toEqual({})
    expect(world.screen()).toMatchObject({ procedure: { name: { text: successor.shortName } } })
  })

  it('keeps the answers of whoever chooses it again before midnight', () => {
    const world = atLastSecond()
    for (let screens = 0; screens < 3; screens += 1) world.act({ type: 'back' })
    world.act({ type: 'choose', code: ending.code })
    expect(world.session.state().visit.answers).toEqual({ status: 'divorced' })
  })

  it('is offered once on each day', () => {
    const world = atLastSecond()
    for (let screens = 0; screens < 3; screens += 1) world.act({ type: 'back' })
    const offered = () => {
      const view = world.screen()
      if (view.screen !== 'choose') return null
      return view.groups.flatMap(({ procedures }) => procedures.map(({ name }) => name.text))
    }
    expect(offered()).toEqual([ending.shortName])
    world.setBack(-2000)
    expect(offered()).toEqual([successor.shortName])
  })
})

describe('a form whose last day it is', () => {
  const lastDay = {
    ...sampleProcedure,
    form: { ...sampleProcedure.form, validTo: '2026-11-21' },
  }
  /** From nine in the morning to just before, and just after, midnight in Vietnam. */
  const TO_MIDNIGHT_MS = 15 * 3_600_000
  const offered = (world: World) => {
    const view = world.screen()
    return view.screen === 'choose' ? view.groups.flatMap(({ procedures }) => procedures) : null
  }

  it('is offered until midnight, and from then on no more, without a restart', () => {
    const world = createWorld(lastDay)
    world.setBack(1 - TO_MIDNIGHT_MS)
    for (const step of road.slice(0, 3)) step(world)
    expect(offered(world)).toHaveLength(1)
    world.setBack(-1)
    expect(offered(world)).toEqual([])
    expect(world.act({ type: 'choose', code: lastDay.code })).toBe('ignored')
  })

  it('is filed over midnight by whoever has begun, also after the core was killed', async () => {
    const world = createWorld(lastDay)
    world.setBack(1000 - TO_MIDNIGHT_MS)
    for (const step of road.slice(0, 5)) step(world)
    world.setBack(-2000)
    world.kill()
    for (const step of road.slice(5)) step(world)
    await settle()
    expect(world.screen().screen).toBe('done')
    expect(world.act({ type: 'another', code: lastDay.code })).toBe('ignored')
  })

  it('is not gone on with after midnight by whoever was offered a kept one before', () => {
    const world = createWorld(lastDay)
    world.setBack(1000 - TO_MIDNIGHT_MS)
    for (const step of road.slice(0, 6)) step(world)
    world.act({ type: 'finish' })
    world.act({ type: 'keep-draft' })
    for (const step of road.slice(0, 3)) step(world)
    expect(world.screen()).toMatchObject({ screen: 'resume', kept: { state: 'offered' } })
    world.setBack(-2000)
    const gone = { screen: 'resume', kept: { state: 'gone', why: 'form-changed' } }
    expect(world.screen()).toEqual(gone)
    expect(world.act({ type: 'resume-draft' })).toBe('ignored')
    world.act({ type: 'begin-anew' })
    expect(world.screen()).toMatchObject({ screen: 'choose' })
    expect(world.keptDrafts.size).toBe(0)
  })

  it('is the counter’s the day after, for whoever shows its sheet', () => {
    const world = createWorld(lastDay)
    world.setBack(-TO_MIDNIGHT_MS)
    world.session.scanned(`MCK:P:${lastDay.code}`)
    expect(world.screen()).toMatchObject({ screen: 'identify', problem: 'procedure' })
  })
})
