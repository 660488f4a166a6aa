import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  checkEntry,
  components,
  limitFor,
  questions,
  resolveValues,
  stopFor,
  type Answers,
  type Known,
  type Procedure,
} from '../../shared/forms/index.ts'
import { card as woman, known } from '../../shared/forms/testing.ts'
import { loadPack } from './index.ts'

const builtIn = fileURLToPath(new URL('../../resources/procedures/', import.meta.url))
const man = { ...woman, number: '083085000000', name: 'Trần Văn Ví Dụ', sex: 'male' } as const

let pack: Procedure[] = []
beforeAll(async () => {
  const loaded = await loadPack(builtIn)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, null, 1))
  pack = loaded.value
})
function procedure(code: string): Procedure {
  const found = pack.find((one) => one.code === code)
  if (!found) throw new Error(`no ${code}`)
  return found
}
const asked = (code: string, answers: Answers, by: Known = known) =>
  questions(procedure(code), by, answers).map(({ key }) => key)
const values = (code: string, answers: Answers, by: Known = known) =>
  resolveValues(procedure(code), by, answers)
const papers = (code: string, answers: Answers) =>
  components(procedure(code), { values: values(code, answers), today: known.today }).map(
    ({ name }) => name,
  )
const stop = (code: string, answers: Answers, by: Known = known) =>
  stopFor(procedure(code), by, answers)
const of = (person: string) => (key: string) => key.startsWith(`${person}.`)

describe('a copy of a civil-status record', () => {
  it('is asked for oneself without one question about the person but their ethnic group', () => {
    expect(asked('2.000635', { 'requester.relation': 'self' }).filter(of('subject'))).toEqual([
      'subject.ethnicity',
    ])
  })

  it('asks nothing that the card of the other person says', () => {
    const answers = { 'requester.relation': 'child', 'subject.card': man }
    expect(asked('2.000635', answers).filter(of('subject'))).toEqual([
      'subject.card',
      'subject.ethnicity',
    ])
    expect(values('2.000635', answers)).toMatchObject({
      'subject.name': man.name,
      'subject.residence': { text: man.address },
    })
  })

  it('asks for number and book only of who has the old paper at hand', () => {
    const birth = { 'requester.relation': 'self', 'registered.kind': 'birth' }
    const lost = asked('2.000635', { ...birth, 'registered.paperHere': 'no' })
    expect(lost.filter(of('registered'))).not.toContain('registered.number')
    const there = asked('2.000635', { ...birth, 'registered.paperHere': 'yes' })
    expect(there).toEqual(expect.arrayContaining(['registered.number', 'registered.book']))
  })

  it('keeps the block of the dead, whose death it is about', () => {
    const answers = { 'requester.relation': 'child', 'subject.lives': 'dead' }
    expect(values('2.000635', answers)['subject.residence']).toEqual({ text: 'Đã chết' })
  })

  it('needs an authorisation for another person alone', () => {
    expect(papers('2.000635', { 'requester.relation': 'self' })).not.toContain('Giấy ủy quyền')
    expect(papers('2.000635', { 'requester.relation': 'sibling' })).toContain('Giấy ủy quyền')
  })
})

describe('a confirmation of marital status', () => {
  it('follows the status, one period for each place of residence', () => {
    const period = { 'requester.relation': 'self', 'marital.status': 'period' }
    expect(asked('1.004873', period)).toEqual(
      expect.arrayContaining(['marital.periodPlace', 'marital.periodTo', 'marriage.spouse']),
    )
    expect(asked('1.004873', { ...period, 'stays.more.1': 'yes' })).toContain('stays.1.place')
    const divorced = { 'requester.relation': 'self', 'marital.status': 'divorced' }
    expect(asked('1.004873', divorced)).toContain('divorce.court')
    expect(papers('1.004873', divorced)).toContain('Bản án hoặc quyết định ly hôn')
  })

  it('says what the paper is not for, and for a marriage with whom', () => {
    expect(values('1.004873', { 'purpose.kind': 'loan' })['purpose.sentence']).toBe(
      'Vay vốn, không có giá trị đăng ký kết hôn',
    )
    const marriage = {
      'purpose.kind': 'marriage',
      'partner.card': man,
      'partner.office': { text: 'Xã Thử' },
    }
    expect(values('1.004873', marriage)['purpose.sentence']).toBe(
      `Đăng ký kết hôn với ${man.name} tại Xã Thử`,
    )
  })

  it('stops who is married and wants to marry', () => {
    const answers = { 'marital.status': 'married', 'purpose.kind': 'marriage' }
    expect(stop('1.004873', answers)?.key).toBe('already-married')
  })
})

describe('a birth', () => {
  const married = { 'requester.relation': 'mother', 'parents.married': 'yes' }

  it('takes both parents from their cards', () => {
    const answers = { ...married, 'father.card': man }
    expect(asked('1.001193', answers).filter((key) => /^(mother|father)\./.test(key))).toEqual([
      'mother.ethnicity',
      'father.card',
      'father.ethnicity',
    ])
  })

  it('leaves the father out where the parents are not married', () => {
    const answers = { 'requester.relation': 'mother', 'parents.married': 'no' }
    expect(asked('1.001193', answers).filter(of('father'))).toEqual([])
    expect(values('1.001193', answers)).toMatchObject({
      'register.case': 'mother-only',
      'mother.name': woman.name,
    })
  })

  it('leads a father who recognises the child to the joint procedure', () => {
    const recognise = { 'requester.relation': 'mother', 'parents.married': 'recognise' }
    expect(stop('1.001193', recognise)?.instead).toBe('1.000689')
    const alone = { 'requester.relation': 'father', 'parents.married': 'no' }
    expect(stop('1.001193', alone)?.instead).toBe('1.000689')
  })

  it.each(['abandoned', 'unknown-mother', 'foreign'])('leads %s to the counter', (special) => {
    const answers = { 'parents.married': 'special', 'register.special': special }
    expect(stop('1.001193', answers)?.key).toBe(special)
  })

  it('of a surrogate mother needs the paper of the hospital', () => {
    const answers = { 'parents.married': 'special', 'register.special': 'surrogacy' }
    expect(stop('1.001193', answers)).toBeNull()
    expect(papers('1.001193', answers)).toContain('Giấy của cơ sở y tế về việc mang thai hộ')
  })

  it('keeps the block of a dead parent and says so as the form does', () => {
    const dead = values('1.001193', { ...married, 'father.lives': 'dead' })
    expect(dead['father.residence']).toEqual({ text: 'Đã chết' })
    expect(dead).not.toHaveProperty('father.residenceKind')
    const typed = { ...married, 'father.residence': { text: 'Xã Thử' } }
    expect(values('1.001193', { ...typed, 'father.lives': 'dead' })['father.residence']).toEqual({
      text: 'Đã chết',
    })
  })

  it('asks whose ethnic group the child takes only where the parents differ', () => {
    const parents = (mother: string, father: string) => ({
      ...married,
      'mother.ethnicity': mother,
      'father.ethnicity': father,
    })
    expect(asked('1.001193', parents('tay', 'tay'))).not.toContain('child.ethnicityFrom')
    const mixed = { ...parents('tay', 'other'), 'father.ethnicityOther': 'Cil' }
    expect(asked('1.001193', mixed)).toContain('child.ethnicityFrom')
    const chosen = values('1.001193', { ...mixed, 'child.ethnicityFrom': 'father' })
    expect(chosen['child.ethnicityOther']).toBe('Cil')
  })

  it('takes the home of a father who files from his chip, in one tap', () => {
    const his: Known = { ...known, card: man, chip: { origin: 'Xã Cũ' } }
    const answers = { 'requester.relation': 'father', 'parents.married': 'yes' }
    expect(asked('1.001193', { ...answers, 'child.originFrom': 'father' }, his)).not.toContain(
      'child.origin',
    )
    expect(asked('1.001193', { ...answers, 'child.originFrom': 'mother' }, his)).toContain(
      'child.origin',
    )
  })

  it('asks of a twin the name and the sex, and no more of the same parents', () => {
    const first = values('1.001193', {
      ...married,
      'child.name': 'Trần Thị Mẫu',
      'child.birth': { year: 2026, month: 10, day: 1 },
      'child.sex': 'female',
      'child.birthPlace': { text: 'Trạm y tế xã Thử' },
      'child.origin': { text: 'Xã Thử' },
      'mother.ethnicity': 'tay',
      'father.card': man,
      'father.ethnicity': 'tay',
      'copies.count': 0,
    })
    const again: Known = { ...known, earlier: first }
    const answers = { 'twin.same': 'yes' }
    expect(asked('1.001193', answers, again)).toEqual([
      'twin.same',
      'child.name',
      'child.sex',
      'copies.count',
    ])
    expect(values('1.001193', answers, again)).toMatchObject({
      'child.birth': { year: 2026, month: 10, day: 1 },
      'father.name': man.name,
      'father.issued': man.issued,
    })
    expect(asked('1.001193', { ...married, 'twin.same': 'no' }, again)).toContain('father.name')
    // What the mother said of herself once is not asked in another procedure either.
    expect(asked('1.004873', { 'requester.relation': 'self' }, again)).not.toContain(
      'subject.ethnicity',
    )
  })
})

describe('a marriage', () => {
  it('has the applicant on the side that their card says', () => {
    expect(values('1.000894', { 'groom.card': man })).toMatchObject({
      'bride.name': woman.name,
      'groom.name': man.name,
    })
    expect(values('1.000894', { 'bride.card': woman }, { ...known, card: man })).toMatchObject({
      'bride.name': woman.name,
      'groom.name': man.name,
    })
  })

  it('stops a groom until the day he is old enough', () => {
    const born = (day: number) => ({ ...man, birth: { year: 2006, month: 11, day } })
    expect(stop('1.000894', { 'groom.card': born(25) })?.key).toBe('groom-age')
    expect(stop('1.000894', { 'groom.card': born(24) })).toBeNull()
  })

  it('stops a bride who is too young, and who is married', () => {
    const young = { ...woman, birth: { year: 2009, month: 3, day: 5 } }
    expect(stop('1.000894', { 'groom.card': man }, { ...known, card: young })?.key).toBe(
      'bride-age',
    )
    expect(stop('1.000894', { 'groom.card': man, 'bride.marital': 'married' })?.key).toBe(
      'already-married',
    )
  })

  it('does not take two cards of one sex', () => {
    const her = { ...woman, number: '083191000000' }
    expect(stop('1.000894', { 'groom.card': her })?.key).toBe('same-sex-cards')
  })

  it('counts a first marriage itself, and asks about the end of an earlier one', () => {
    const first = { 'groom.card': man, 'groom.marital': 'never' }
    expect(values('1.000894', first)['groom.times']).toBe(1)
    const again = asked('1.000894', { ...first, 'groom.marital': 'divorced' })
    expect(again).toEqual(expect.arrayContaining(['groom.times', 'groom.endOffice']))
  })

  it('asks about the other country only where no second card is there', () => {
    expect(asked('1.000894', { 'groom.card': man })).not.toContain('couple.citizens')
    expect(asked('1.000894', {})).toContain('couple.citizens')
    expect(stop('1.000894', { 'couple.citizens': 'no' })?.key).toBe('foreign')
  })
})

describe('a death', () => {
  it('takes the place from the last residence and the cause from one tap', () => {
    const answers = {
      'deceased.card': man,
      'death.where': 'home',
      'death.causeKind': 'old-age',
    }
    expect(values('1.000656', answers)).toMatchObject({
      'death.place': { text: man.address },
      'death.cause': 'Già yếu',
    })
  })

  it('without a notice asks the hour, needs proof, and promises no day', () => {
    const none = { 'notice.kind': 'none' }
    expect(asked('1.000656', none)).toContain('death.hour')
    expect(asked('1.000656', none)).not.toContain('notice.office')
    expect(papers('1.000656', none)).toContain('Giấy tờ chứng minh việc chết')
    const scope = { values: values('1.000656', none), today: known.today }
    expect(limitFor(procedure('1.000656'), scope).unit).toBe('UNKNOWN')
  })
})

describe('a correction', () => {
  const name = {
    'requester.relation': 'self',
    'change.kind': 'correct',
    'change.item': 'name',
    'change.nameOld': 'Nguyễn Thị Dụ',
    'change.nameNew': 'Nguyễn Thị Ví Dụ',
  }

  it('writes its sentence, and the person as they are registered', () => {
    expect(values('1.004859', name)).toMatchObject({
      'change.content': 'Cải chính họ, chữ đệm, tên: từ “Nguyễn Thị Dụ” thành “Nguyễn Thị Ví Dụ”',
      'subject.name': 'Nguyễn Thị Dụ',
      'subject.birth': woman.birth,
    })
  })

  it('of an ethnic group is only ever that', () => {
    const answers = {
      'change.kind': 'ethnicity',
      'change.ethnicityOld': 'kinh',
      'change.ethnicityNew': 'other',
      'change.ethnicityNewOther': 'Cil',
    }
    expect(asked('1.004859', answers)).not.toContain('change.item')
    const reason = 'Xác định lại theo dân tộc của cha hoặc mẹ'
    expect(values('1.004859', { ...answers, 'change.reason': 'Sai tên' })['change.reason']).toBe(
      reason,
    )
    expect(values('1.004859', answers)).toMatchObject({
      'change.content': 'Xác định lại dân tộc: từ Kinh thành Cil',
      'subject.ethnicity': 'kinh',
    })
  })

  it('of what is missing asks for no old value', () => {
    const answers = { ...name, 'change.kind': 'add' }
    expect(asked('1.004859', answers)).not.toContain('change.nameOld')
    expect(values('1.004859', answers)['subject.name']).toBe(woman.name)
  })
})

describe('guardianship, recognition and the joint filings', () => {
  it('ask of two cards only the ethnic groups of the people', () => {
    const guardian = { 'requester.role': 'guardian', 'ward.card': man }
    expect(asked('1.004837', guardian).filter((key) => /^(guardian|ward)\./.test(key))).toEqual([
      'guardian.ethnicity',
      'ward.card',
      'ward.ethnicity',
    ])
  })

  it('ask for the paper of the way that was chosen', () => {
    expect(papers('1.004837', { 'guardianship.kind': 'appointed' })).toContain(
      'Văn bản cử người giám hộ',
    )
    expect(papers('1.001022', { 'proof.kind': 'pledge' })).toContain(
      'Văn bản cam đoan của các bên, có ít nhất hai người làm chứng',
    )
  })

  it('know who is recognised from who files', () => {
    expect(values('1.001022', { 'requester.role': 'mother' })['recognition.as']).toBe('child')
    expect(asked('1.001022', { 'requester.role': 'child' })).toContain('recognition.as')
  })

  it('stop the mother who has another husband', () => {
    expect(stop('1.000689', { 'mother.marital': 'married' })?.key).toBe('mother-married')
  })

  it('take a parent who heads the household as they stand', () => {
    const answers = { 'requester.relation': 'mother', 'householder.who': 'mother' }
    expect(values('2.000986', answers)).toMatchObject({
      'householder.name': woman.name,
      'householder.relation': 'child',
    })
    expect(asked('2.000986', { ...answers, 'householder.who': 'grandparent' })).toEqual(
      expect.arrayContaining(['householder.card', 'householder.name', 'householder.relation']),
    )
  })

  it('write names in three boxes where the form has three, and ask for one name', () => {
    const answers = {
      'requester.relation': 'mother',
      'child.name': 'Nguyễn Thị Hồng Ví Dụ',
      'parents.married': 'no',
    }
    expect(values('2.000986', answers)).toMatchObject({
      'child.family': 'Nguyễn',
      'child.middle': 'Thị Hồng Ví',
      'child.given': 'Dụ',
    })
    const highlands = { ...answers, 'child.name': 'Y Bhăm Niê', 'child.family': 'Niê' }
    expect(values('2.000986', highlands)).toMatchObject({
      'child.family': 'Niê',
      'child.middle': 'Y',
      'child.given': 'Bhăm',
    })
    const parts = /\.(family|middle|given)$/
    expect(asked('2.000986', answers).filter((key) => parts.test(key))).toEqual([])
    expect(Object.keys(values('2.000986', answers)).filter((key) => parts.test(key))).toEqual([
      'child.family',
      'child.given',
      'child.middle',
      'mother.family',
      'mother.given',
      'mother.middle',
    ])
  })

  it('ask where the child is seen first, by one touch for the health post of the commune', () => {
    const here = { 'insurance.at': 'commune' }
    expect(asked('2.000986', here)).toContain('insurance.at')
    expect(asked('2.000986', here)).not.toContain('insurance.clinic')
    expect(values('2.000986', here)['insurance.clinic']).toBe('Trạm y tế xã nơi thường trú')
    expect(asked('2.000986', { 'insurance.at': 'elsewhere' })).toContain('insurance.clinic')
  })

  it('name no clinic that the citizen has withdrawn', () => {
    const elsewhere = { 'insurance.at': 'elsewhere', 'insurance.clinic': 'Bệnh viện thử' }
    const clinic = (answers: Answers, by: Known = known) =>
      values('2.000986', answers, by)['insurance.clinic']
    expect(clinic(elsewhere)).toBe('Bệnh viện thử')
    expect(clinic({ ...elsewhere, 'insurance.at': 'commune' })).toBe('Trạm y tế xã nơi thường trú')
    const twin: Known = { ...known, earlier: values('2.000986', elsewhere) }
    expect(clinic({ 'twin.same': 'yes' }, twin)).toBe('Bệnh viện thử')
  })

  it('leave the block of the parent who does not adopt empty', () => {
    const alone = { 'adoption.case': 'single' }
    expect(asked('2.001263', alone).filter(of('adoptiveFather'))).toEqual([])
    expect(values('2.001263', alone)['adoptiveMother.name']).toBe(woman.name)
  })
})

describe('a household that is divided', () => {
  const divorced = { 'householder.relation': 'spouse', 'split.divorced': 'yes' }

  it('asks about a divorce only who was married to the householder, or is the householder', () => {
    const about = (relation: string) =>
      asked('1.010038', { 'householder.relation': relation }).includes('split.divorced')
    expect(['child', 'sibling', 'parent', 'lodger', 'other'].filter(about)).toEqual([])
    expect(['spouse', 'self'].filter(about)).toEqual(['spouse', 'self'])
  })

  it('needs no word of a householder from whom the applicant is divorced, but the paper', () => {
    expect(values('1.010038', divorced)).not.toHaveProperty(['householder.consent'])
    expect(papers('1.010038', divorced)).toContain('Giấy tờ ly hôn')
    const married = { ...divorced, 'split.divorced': 'no' }
    expect(values('1.010038', married)['householder.consent']).toBe('vneid')
    expect(papers('1.010038', married)).not.toContain('Giấy tờ ly hôn')
  })

  it('takes nobody along as husband or wife after a divorce', () => {
    const split = procedure('1.010038')
    const relation = split.form.fields.find(({ key }) => key === 'members.1.relation')
    if (relation === undefined) throw new Error('no members')
    const take = (answers: Answers) =>
      checkEntry(split, known, { ...answers, 'members.more1': 'yes' }, relation, 'spouse').ok
    expect(take(divorced)).toBe(false)
    expect(take({ 'householder.relation': 'child' })).toBe(true)
  })
})
