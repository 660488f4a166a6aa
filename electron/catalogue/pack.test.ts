import * as fc from 'fast-check'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  boxes,
  buildForm,
  checkAnswer,
  nextQuestion,
  procedurePhrases,
  progress,
  questions,
  resolveValues,
  type Answers,
  type AnswerValue,
  type Field,
  type Procedure,
} from '../../shared/forms/index.ts'
import { card, today } from '../../shared/forms/testing.ts'
import { loadPack } from './index.ts'

const builtIn = fileURLToPath(new URL('../../resources/procedures/', import.meta.url))
const pack: Procedure[] = []
beforeAll(async () => {
  const loaded = await loadPack(builtIn)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, null, 1))
  pack.push(...loaded.value)
})
const procedure = (code: string): Procedure => {
  const found = pack.find((one) => one.code === code)
  if (!found) throw new Error(`no ${code}`)
  return found
}

describe('the built-in pack', () => {
  it('has the five procedures in the order of their groups', () => {
    expect(pack.map(({ code, ends }) => [code, ends])).toEqual([
      ['1.001193', 'filed'],
      ['1.004873', 'filed'],
      ['2.000815', 'counter'],
      ['1.004194', 'filed'],
      ['1.001776', 'filed'],
    ])
  })

  it('gives every phrase its own key', () => {
    const keys = pack.flatMap((one) => procedurePhrases(one).map(({ key }) => key))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('never takes an ethnic group for granted', () => {
    const fields = pack.flatMap(({ form }) => form.fields)
    const ethnic = fields.filter(({ key }) => key.endsWith('.ethnicity'))
    expect(ethnic.length).toBeGreaterThan(0)
    for (const { source, cases = [] } of ethnic) {
      for (const from of [source, ...cases.map((one) => one.source)]) {
        expect(['asked', 'field']).toContain(from.from)
      }
    }
  })

  it('loads and runs where code generation is switched off', async () => {
    const script = `
      import { loadPack } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const pack = await loadPack(${JSON.stringify(builtIn)})
      process.stdout.write(String(pack.ok && pack.value.length))`
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--disallow-code-generation-from-strings',
      '--input-type=module-typescript',
      '--eval',
      script,
    ])
    expect(stdout).toBe('5')
  })
})

/** Questions asked of a person who goes the most frequent way with their own card. */
describe('the effort of a citizen with a card', () => {
  it.each([
    ['1.001193', { known: 29, total: 44, asked: 15 }],
    ['1.004873', { known: 20, total: 26, asked: 6 }],
    ['2.000815', { known: 2, total: 7, asked: 5 }],
    ['1.004194', { known: 8, total: 15, asked: 7 }],
    ['1.001776', { known: 15, total: 35, asked: 20 }],
  ])('%s: %j', (code, effort) => {
    expect(progress(procedure(code), card, {})).toEqual(effort)
  })

  it('is what is then really asked', () => {
    for (const one of pack) {
      const { answers, asked } = walk(one, ({ input }) => usual(input))
      expect(asked).toBe(progress(one, card, {}).asked)
      expect(buildForm(one, card, answers, today).ok).toBe(true)
    }
  })
})

describe('the branches', () => {
  const asked = (code: string, answers: Answers) =>
    questions(procedure(code), card, answers).map(({ key }) => key)
  const values = (code: string, answers: Answers) => resolveValues(procedure(code), card, answers)

  it('of a marital-status confirmation follow the status', () => {
    const of = (status: string) =>
      asked('1.004873', { 'requester.relation': 'self', 'marital.status': status })
    expect(of('never').filter((key) => /^(marriage|divorce|death)\./.test(key))).toEqual([])
    expect(of('married')).toEqual(expect.arrayContaining(['marriage.spouse', 'marriage.office']))
    expect(of('divorced')).toEqual(expect.arrayContaining(['divorce.court', 'divorce.number']))
    expect(of('widowed')).toEqual(expect.arrayContaining(['death.office', 'death.date']))
    expect(of('period')).toEqual(expect.arrayContaining(['marital.periodFrom', 'marriage.spouse']))
  })

  it('of a birth leave the father out where the parents are not married', () => {
    const answers = { 'requester.relation': 'mother', 'parents.married': 'no' }
    expect(asked('1.001193', answers).filter((key) => key.startsWith('father.'))).toEqual([])
    expect(values('1.001193', answers)).toMatchObject({
      'register.case': 'mother-only',
      'mother.name': card.name,
      'mother.residence': card.address,
    })
  })

  it('of a birth ask whose ethnic group the child takes only where the parents differ', () => {
    const parents = (mother: string, father: string) => ({
      'requester.relation': 'grandparent',
      'parents.married': 'yes',
      'mother.ethnicity': mother,
      'father.ethnicity': father,
    })
    expect(asked('1.001193', parents('tay', 'tay'))).not.toContain('child.ethnicityFrom')
    expect(values('1.001193', parents('tay', 'tay'))['child.ethnicity']).toBe('tay')
    expect(asked('1.001193', parents('tay', 'nung'))).toContain('child.ethnicityFrom')
    const chosen = {
      ...parents('tay', 'other'),
      'father.ethnicityOther': 'Xtiêng',
      'child.ethnicityFrom': 'father',
    }
    expect(values('1.001193', chosen)['child.ethnicityOther']).toBe('Xtiêng')
  })

  it('of a dead parent keep the block and say so as the form does', () => {
    const dead = values('1.001193', { 'requester.relation': 'mother', 'father.lives': 'dead' })
    expect(dead['father.residence']).toBe('Đã chết')
    expect(dead).not.toHaveProperty('father.residenceKind')
  })

  it('of a residence write item 10 of CT01', () => {
    const stay = {
      'stay.house': 'Số 5, đường Mẫu',
      'stay.hamlet': 'Ấp Thử',
      'stay.from': { year: 2026, month: 11, day: 1 },
    }
    expect(values('1.004194', { ...stay, 'stay.term': 'one-year' })['request.text']).toBe(
      'Đăng ký tạm trú tại Số 5, đường Mẫu, Ấp Thử, thời hạn Một năm kể từ ngày 01/11/2026.',
    )
    const until = { 'stay.term': 'until', 'stay.until': { year: 2027, month: 5, day: 1 } }
    expect(values('1.004194', { ...stay, ...until })['request.text']).toBe(
      'Đăng ký tạm trú tại Số 5, đường Mẫu, Ấp Thử, thời hạn từ ngày 01/11/2026 đến ngày 01/05/2027.',
    )
  })

  it('of the issuing office follow the kind of card', () => {
    const place = (issued: typeof card.issued) =>
      resolveValues(procedure('1.004873'), { ...card, issued }, {})['requester.idPlace']
    expect(place({ year: 2024, month: 6, day: 30 })).toMatch(/^Cục Cảnh sát/)
    expect(place({ year: 2024, month: 7, day: 1 })).toBe('Bộ Công an')
  })
})

describe('any citizen', () => {
  it('who answers what is asked ends with a valid form, with or without a card', () => {
    fc.assert(
      fc.property(
        fc.nat(pack.length - 1),
        fc.boolean(),
        fc.infiniteStream(fc.nat(999)),
        (at, withCard, dice) => {
          const one = pack[at]
          if (!one) throw new Error('no procedure')
          const roll = () => dice.next().value
          const from = withCard ? card : null
          const { answers } = walk(one, (field) => any(field, roll), from)
          const built = buildForm(one, from, answers, today)
          expect(built).toMatchObject({ ok: true })
          const sent = built.ok ? Object.keys(built.value) : []
          const shown = boxes(one, from, answers).map(({ field }) => field)
          const hidden = sent.filter((key) => !shown.some((field) => field.key === key))
          expect(hidden).toEqual([])
          const missing = shown.filter(({ key, required }) => required && !sent.includes(key))
          expect(missing).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a pack is refused', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pack-'))
  })
  afterEach(() => rm(dir, { recursive: true }))
  const put = (name: string, text: string) => writeFile(join(dir, name), text)

  it('when it is not there or empty', async () => {
    const empty = { ok: false, error: [{ code: 'empty' }] }
    expect(await loadPack(dir)).toEqual(empty)
    expect(await loadPack(join(dir, 'nowhere'))).toEqual(empty)
  })

  it('with every bad file named', async () => {
    const good = await readFile(join(builtIn, '1.004194.json'), 'utf8')
    await put('1.000001.json', '{')
    await put('1.000002.json', '{}')
    await put('1.000003.json', good)
    await put('1.004194.json', good.replace('"key": "stay.house"', '"key": "stay.hamlet"'))
    const loaded = await loadPack(dir)
    expect(loaded).toMatchObject({
      ok: false,
      error: [
        { code: 'not-json', file: '1.000001.json' },
        { code: 'invalid', file: '1.000002.json', where: 'code' },
        { code: 'wrong-name', file: '1.000003.json' },
        { code: 'unsound', file: '1.004194.json' },
      ],
    })
  })
})

/** Answers question after question until none is left; undefined skips. */
function walk(
  one: Procedure,
  answer: (field: Field) => AnswerValue | undefined,
  from: typeof card | null = card,
) {
  const answers: Record<string, AnswerValue> = {}
  const skipped: string[] = []
  let asked = 0
  for (;;) {
    const field = nextQuestion(one, from, answers, skipped)
    if (!field) return { answers, asked }
    asked += 1
    const given = answer(field)
    if (given === undefined) skipped.push(field.key)
    else {
      const checked = checkAnswer(field, given, today)
      if (!checked.ok) throw new Error(`${field.key}: ${checked.error.code}`)
      answers[field.key] = checked.value
    }
  }
}

/** The first choice; else something that fits. */
function usual(input: Field['input']): AnswerValue {
  switch (input.kind) {
    case 'choice':
      return input.choices[0]?.value ?? ''
    case 'name':
      return 'Lê Mẫu Đơn'
    case 'text':
      return 'Số 5, Ấp Mẫu'
    case 'phone':
      return '0900000000'
    case 'personal-number':
      return '083190000000'
    case 'number':
      return input.min
    case 'date':
      return input.range === 'future'
        ? { year: 2027, month: 1, day: 2 }
        : { year: 2020, month: 1, day: 2 }
    default:
      throw new Error('unknown input')
  }
}

function any(field: Field, roll: () => number): AnswerValue | undefined {
  if (!field.required && roll() % 3 === 0) return undefined
  const { input } = field
  if (input.kind === 'choice') return input.choices[roll() % input.choices.length]?.value
  if (input.kind === 'number') return input.min + (roll() % (input.max - input.min + 1))
  if (input.kind === 'date' && input.partial && roll() % 2 === 0) return { year: 1958 }
  return usual(input)
}
