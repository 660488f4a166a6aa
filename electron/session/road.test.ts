import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allKinds,
  goodAnswers,
  motherCardText,
  typedMotherCardText,
} from '../../test/fixtures/all-kinds.ts'
import { sampleCardText } from '../../test/fixtures/procedure.ts'
import { boxes, buildForm, checkProcedure, type AnswerValue } from '../../shared/forms/index.ts'
import { parseCode, parseTypedCode } from '../identity/index.ts'
import { knownIn } from './known.ts'
import { acceptCard, cardOnScreen, dropCard, isNewCard, layCard } from './laid-card.ts'
import { reviewView } from './review-view.ts'
import { goOn, moveTo, nextOpen, openBox, previous, takeAnswer } from './road.ts'
import { leaveStop, stopHere, stopPlace } from './stop-road.ts'
import { dropRow } from './table-road.ts'
import { emptyVisit, type Visit } from './visit.ts'

const today = { year: 2026, month: 11, day: 22 }
const scanned = parseCode(sampleCardText, today)
if (scanned.kind !== 'id-card') throw new Error('the sample is no card')

const fresh: Visit = {
  ...emptyVisit,
  clientRef: 'ref',
  card: scanned.card,
  procedure: allKinds.code,
  day: today,
}
const begun = goOn(allKinds, fresh)
const answer = (visit: Visit, value: AnswerValue | null): Visit =>
  takeAnswer(allKinds, visit, visit.at ?? '', value)

describe('the form of these tests', () => {
  it('is one that a kiosk would take', () => expect(checkProcedure(allKinds)).toEqual([]))
})

/** From the first question to the one about a second card. */
const atCard = answer(begun, 'father')

describe('the card of a second person', () => {
  const mothers = parseCode(motherCardText, today)

  it('is shown before it is taken, and then answers what it can', () => {
    const laid = layCard(allKinds, atCard, mothers)
    expect(cardOnScreen(laid)?.name).toBe('Lý Thị Ví Dụ')
    expect(laid.answers).toEqual(atCard.answers)
    const taken = acceptCard(allKinds, laid)
    expect(taken).toMatchObject({ at: 'phone', laid: null })
    expect(openBox(allKinds, taken, 'mother.name')).toBeNull()
  })

  it('may be another one after all', () => {
    const again = dropCard(layCard(allKinds, atCard, mothers))
    expect(again).toEqual(atCard)
    const back = moveTo(acceptCard(allKinds, layCard(allKinds, atCard, mothers)), 'mother.card')
    expect(cardOnScreen(back)?.name).toBe('Lý Thị Ví Dụ')
    expect(cardOnScreen(dropCard(back))).toBeNull()
  })

  it('is not the applicant’s own', () => {
    const own = layCard(allKinds, atCard, scanned)
    expect(own).toMatchObject({ laid: null, refused: { problem: { code: 'same-card' } } })
    expect(isNewCard(allKinds, atCard, scanned)).toBe(false)
  })

  it('is no other code', () => {
    const other = layCard(allKinds, atCard, { kind: 'garbled' })
    expect(other.refused).toEqual({ value: null, problem: { code: 'not-a-card' } })
    expect(layCard(allKinds, other, { kind: 'unknown' })).toBe(other)
  })

  it('that lies there forgotten says nothing', () => {
    const laid = layCard(allKinds, atCard, mothers)
    expect(layCard(allKinds, laid, mothers)).toBe(laid)
    expect(isNewCard(allKinds, laid, mothers)).toBe(false)
  })

  it('from a scanner that types leaves the lost letters to be asked', () => {
    const typed = parseTypedCode(typedMotherCardText, today)
    const taken = acceptCard(allKinds, layCard(allKinds, atCard, typed))
    expect(taken.at).toBe('mother.name')
  })

  it('that is not there has its boxes asked', () => {
    expect(answer(atCard, null)).toMatchObject({ at: 'mother.name', skipped: ['mother.card'] })
  })

  it('is not asked for where the applicant is that person', () => {
    expect(answer(begun, 'mother').at).toBe('phone')
  })

  it('is taken at its own question alone', () => {
    expect(layCard(allKinds, begun, mothers)).toBe(begun)
  })
})

describe('a stop', () => {
  const stopped = answer(begun, 'nobody')

  it('comes with the answer that brings it about, and keeps that answer', () => {
    expect(stopped).toMatchObject({
      stopped: { why: 'form', stop: 'elsewhere' },
      at: 'who',
      answers: { who: 'nobody' },
    })
    expect(answer(leaveStop(stopped), 'father')).toMatchObject({ stopped: null, at: 'mother.card' })
  })

  it('comes when an answer is changed on the check page', () => {
    const changing = { ...moveTo(atCard, 'who'), changing: true }
    expect(answer(changing, 'nobody')).toMatchObject({
      stopped: { why: 'form', stop: 'elsewhere' },
      changing: true,
    })
  })

  it('of a later answer waits until the way comes to it again', () => {
    const later = {
      ...allKinds,
      form: {
        ...allKinds.form,
        stops: allKinds.form.stops.map((stop) => ({
          ...stop,
          when: { '==': [{ var: 'people' }, 'dao'] },
        })),
      },
    }
    const visit = moveTo({ ...atCard, answers: { who: 'father', people: 'dao' } }, 'who')
    expect(takeAnswer(later, visit, 'who', 'mother')).toMatchObject({ stopped: null, at: 'phone' })
    expect(stopPlace(later, visit)).toEqual({ stop: 'elsewhere', question: 'people' })
  })

  it('that the card alone brings about has no question to mend', () => {
    const always = {
      ...allKinds,
      form: {
        ...allKinds.form,
        stops: allKinds.form.stops.map((stop) => ({ ...stop, when: true })),
      },
    }
    expect(stopPlace(always, fresh)).toEqual({ stop: 'elsewhere', question: null })
  })
})

describe('an answer that a change elsewhere makes wrong', () => {
  const fussy = {
    ...allKinds,
    form: {
      ...allKinds.form,
      fields: allKinds.form.fields.map((field) =>
        field.key === 'people'
          ? {
              ...field,
              checks: [{ wrongIf: { '==': [{ var: 'who' }, 'mother'] }, say: 'Xem lại dân tộc.' }],
            }
          : field,
      ),
    },
  }

  it('is asked for again, with the reason, before the check page comes back', () => {
    const answers = { who: 'father', people: 'dao' }
    const changing = { ...moveTo({ ...atCard, answers, skipped: ['mother.card', 'phone'] }, 'who') }
    const changed = takeAnswer(fussy, { ...changing, changing: true }, 'who', 'mother')
    expect(changed).toMatchObject({
      at: 'people',
      changing: true,
      refused: { value: 'dao', problem: { code: 'check', phrase: { text: 'Xem lại dân tộc.' } } },
    })
  })
})

describe('what is filled in the usual way', () => {
  it('is not asked, and changed on the check page', () => {
    expect(reviewView(allKinds, knownIn(atCard), atCard.answers).assumed).toEqual([
      {
        key: 'copies',
        label: { key: 'procedure.9.000002.label.copies', text: 'Số bản' },
        value: { kind: 'number', number: 1 },
      },
    ])
    const changed = answer({ ...moveTo(atCard, 'copies'), changing: true }, 4)
    expect(reviewView(allKinds, knownIn(changed), changed.answers).assumed).toMatchObject([
      { value: { number: 4 } },
    ])
    const emptied = answer({ ...moveTo(changed, 'copies'), changing: true }, null)
    expect(emptied.refused?.problem).toEqual({ code: 'required' })
  })
})

/** What a page, or whoever speaks in its place, may bring about at any moment. */
type Deed =
  | { readonly do: 'answer'; readonly value: AnswerValue | null }
  | { readonly do: 'back' | 'on' | 'accept-card' | 'drop-card' }
  | { readonly do: 'change'; readonly key: string }
  | { readonly do: 'drop-row'; readonly row: number }
  | { readonly do: 'scan'; readonly text: string }

function after(visit: Visit, deed: Deed): Visit {
  if (visit.stopped !== null) return leaveStop(visit)
  switch (deed.do) {
    case 'answer':
      return answer(visit, deed.value)
    case 'back':
      return moveTo(visit, previous(allKinds, visit)?.key ?? visit.at)
    case 'on': {
      const place = stopPlace(allKinds, visit)
      return place === null ? goOn(allKinds, visit) : stopHere(visit, place)
    }
    case 'change':
      return visit.at !== null || openBox(allKinds, visit, deed.key) === null
        ? visit
        : { ...moveTo(visit, deed.key), changing: true }
    case 'drop-row':
      return dropRow(allKinds, visit, deed.row)
    case 'scan':
      return layCard(allKinds, visit, parseCode(deed.text, today))
    case 'accept-card':
      return acceptCard(allKinds, visit)
    case 'drop-card':
      return dropCard(visit)
  }
}

const keys = allKinds.form.fields.map(({ key }) => key)
const value = fc.constantFrom<AnswerValue | null>(
  null,
  'father',
  'mother',
  'nobody',
  'yes',
  'no',
  'dao',
  'Lê Thị Mẫu',
  '0912 000 000',
  0,
  7,
  1_200_000,
  '2019',
  { year: 1958 },
  { text: 'Ấp Mẫu, Xã Thử' },
  { text: '' },
  ['walk'],
  ['walk', 'none'],
  ['none'],
  [],
)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('answer' as const), value }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'back' as const,
        'on' as const,
        'accept-card' as const,
        'drop-card' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('change' as const), key: fc.constantFrom(...keys) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('drop-row' as const),
      row: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('scan' as const),
      text: fc.constantFrom(sampleCardText, motherCardText, 'x'),
    }),
  },
)

const choices: Readonly<Record<string, string>> = { who: 'father', people: 'dao' }

/** Answers whatever is asked as it should be, to the end. */
function finish(visit: Visit): Visit {
  let now = leaveStop(visit)
  for (let step = 0; step < 60 && now.at !== null; step += 1) {
    const kind = openBox(allKinds, now, now.at)?.field.input.kind ?? 'card'
    const next = choices[now.at] ?? goodAnswers[kind] ?? null
    now = leaveStop(answer(now, next))
    if (now.at === null) now = goOn(allKinds, now)
  }
  return now
}

describe('any sequence of answers, backs, changes, rows and cards', () => {
  it('stands at a question that is asked, and ends in a filing or a named refusal', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const visit = deeds.reduce(after, begun)
        const isAsked = visit.at === null || openBox(allKinds, visit, visit.at) !== null
        const known = knownIn(visit)
        const built = buildForm(allKinds, known, visit.answers)
        const complete = nextOpen(allKinds, visit) === null && stopPlace(allKinds, visit) === null
        const named = built.ok ? [] : built.error.map(({ problem }) => problem.code)
        const shown = new Set(
          boxes(allKinds, known, visit.answers)
            .filter(({ field }) => field.input.kind !== 'card')
            .map(({ field }) => field.key),
        )
        const sent = built.ok ? Object.keys(built.value) : []
        expect({
          isAsked,
          filed: built.ok,
          refused: named.length > 0,
          hidden: sent.filter((key) => !shown.has(key)),
        }).toEqual({ isAsked: true, filed: complete, refused: !complete, hidden: [] })
      }),
      { numRuns: 400 },
    )
  })

  it('can always be finished from where it stands', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const visit = finish(deeds.reduce(after, begun))
        expect(visit.at).toBeNull()
        const mended = finish(takeAnswer(allKinds, moveTo(visit, 'who'), 'who', 'father'))
        expect(buildForm(allKinds, knownIn(mended), mended.answers).ok).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
