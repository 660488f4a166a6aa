import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildForm, type EnteredValue } from '../../shared/forms/index.ts'
import { allKinds, goodAnswers, motherCardText } from '../../test/fixtures/all-kinds.ts'
import { sampleCardText, sampleProcedure, typedCardText } from '../../test/fixtures/procedure.ts'
import {
  sessionViewSchema,
  type CitizenAction,
  type Screen,
  type SessionView,
} from '../../shared/contract/index.ts'
import { knownIn } from './known.ts'
import { SESSION_LIMITS } from './limits.ts'
import { createWorld, settle, walk } from './service.test-data.ts'

describe('any sequence of touches', () => {
  const action: fc.Arbitrary<CitizenAction> = fc.oneof(
    fc.constantFrom<CitizenAction>(
      { type: 'start' },
      { type: 'agree-notice', edition: '2026-1' },
      { type: 'refuse-notice' },
      { type: 'take-number', group: sampleProcedure.group },
      { type: 'take-number', group: 'business' },
      { type: 'take-ticket' },
      { type: 'thumb-print' },
      { type: 'confirm-card' },
      { type: 'reject-card' },
      { type: 'choose', code: sampleProcedure.code },
      { type: 'choose', code: '0.000000' },
      { type: 'begin' },
      { type: 'accept-review' },
      { type: 'declare' },
      { type: 'reprint' },
      { type: 'back' },
      { type: 'finish' },
      { type: 'keep-draft' },
      { type: 'resume-draft' },
      { type: 'begin-anew' },
      { type: 'call-help' },
      { type: 'end-help' },
      { type: 'stay' },
    ),
    fc.record({
      type: fc.constant('answer' as const),
      key: fc.constantFrom('status', 'court', 'phone', 'name', '__proto__'),
      value: fc.constantFrom(null, '', 'single', 'divorced', 'Tòa', '0912 000 000', 7),
    }),
    fc.record({
      type: fc.constant('change' as const),
      key: fc.constantFrom('status', 'court', 'phone', 'name'),
    }),
    fc.record({
      type: fc.constant('write-card-part' as const),
      part: fc.constantFrom('name', 'address'),
      text: fc.constantFrom('Lê Ví Dụ', 'Ấp Mẫu', '', '7'),
    }),
  )
  const step = fc.oneof(
    { weight: 8, arbitrary: action },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        { scan: sampleCardText },
        { scan: typedCardText, from: 'wedge' as const },
        { scan: 'MCK:S:01932b6e-0000-7000-8000-00000000000a' },
        { scan: 'MCK:T:KM4:20261121:A027' },
        { scan: `MCK:P:${sampleProcedure.code}` },
        { scan: 'MCK:P:9.999999' },
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom('kill' as const, 'wait' as const) },
    { weight: 1, arbitrary: fc.constant('printed' as const) },
  )

  it('ends on a screen that can be shown, and never makes a second filing of one visit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.boolean(), async (steps, reads) => {
        const world = createWorld()
        if (reads) world.readNotice()
        for (const one of steps) {
          if (one === 'kill') world.kill()
          else if (one === 'printed') await world.printed({ state: 'printed' })
          else if (one === 'wait') world.wait(SESSION_LIMITS.IDLE_MS)
          else if ('scan' in one) {
            world.session.scanned(one.scan, 'from' in one ? one.from : 'reader')
          } else world.act(one)
          sessionViewSchema.parse(world.screen())
        }
        await settle()
        for (const visit of world.filed.values()) {
          expect(visit.card).not.toBeNull()
          expect(visit.cardWritten.toSorted()).toEqual(visit.card?.unsure?.toSorted() ?? [])
          expect(Object.keys(visit.answers)).toContain('status')
        }
        // Two papers with one number: the second says so.
        const unmarked = [...world.tickets, ...world.counterNotes].filter((one) => !one.reprint)
        expect(unmarked.length).toBe(new Set(unmarked.map(({ number }) => number)).size)
      }),
      { numRuns: 150 },
    )
  })
})

describe('any sequence of touches over several filings', () => {
  const pack = [sampleProcedure, { ...allKinds, after: [sampleProcedure.code] }]

  /** The touch that leads on from each screen that has one of its own. */
  const onwards: Partial<Readonly<Record<Screen, CitizenAction>>> = {
    prepare: { type: 'begin' },
    review: { type: 'accept-review' },
    declare: { type: 'declare' },
    done: { type: 'another', code: allKinds.code },
    choose: { type: 'choose', code: allKinds.code },
    confirm: { type: 'confirm-card' },
  }

  /** What a citizen who knows the way does on this screen. */
  function wayOn(screen: SessionView): CitizenAction {
    if (screen.screen !== 'answer') return onwards[screen.screen] ?? { type: 'back' }
    const { key, input } = screen.question
    const value = input.kind === 'choice' ? input.choices[0]?.value : goodAnswers[input.kind]
    return { type: 'answer', key, value: value ?? null }
  }

  const keys = allKinds.form.fields.map(({ key }) => key)
  const deed = fc.oneof(
    { weight: 60, arbitrary: fc.constant('on' as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom<CitizenAction>(
        { type: 'back' },
        { type: 'accept-card' },
        { type: 'drop-card' },
        { type: 'drop-row', row: 1 },
        { type: 'drop-row', row: 2 },
        { type: 'do-instead' },
        { type: 'take-ticket' },
        { type: 'reprint' },
        { type: 'another', code: null },
        { type: 'another', code: sampleProcedure.code },
        { type: 'accept-review' },
        { type: 'thumb-print' },
      ),
    },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('change' as const), key: fc.constantFrom(...keys) }),
    },
    {
      weight: 5,
      arbitrary: fc.constantFrom<EnteredValue | null>('nobody', 'mother', 'yes', ['walk'], null, 0),
    },
    { weight: 2, arbitrary: fc.constantFrom({ scan: motherCardText }, { scan: sampleCardText }) },
    { weight: 1, arbitrary: fc.constant('kill' as const) },
  )

  it('shows only what can be shown, and files only what each form allows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 40, maxLength: 120 }), async (deeds) => {
        const world = createWorld(...pack)
        await walk(world, 3)
        for (const one of deeds) {
          const shown = world.screen()
          if (one === 'kill') world.kill()
          else if (one === 'on') world.act(wayOn(shown))
          else if (one !== null && typeof one === 'object' && 'scan' in one) {
            world.session.scanned(one.scan)
          } else if (one !== null && typeof one === 'object' && 'type' in one) world.act(one)
          else if (shown.screen === 'answer') {
            world.act({ type: 'answer', key: shown.question.key, value: one })
          }
          await settle()
          sessionViewSchema.parse(world.screen())
        }
        for (const visit of world.filed.values()) {
          const procedure = pack.find(({ code }) => code === visit.procedure) ?? sampleProcedure
          expect(buildForm(procedure, knownIn(visit), visit.answers).ok).toBe(true)
        }
        expect(world.filed.size).toBeLessThanOrEqual(SESSION_LIMITS.FILINGS_MAX)
      }),
      { numRuns: 120 },
    )
  })
})
