import { expect, it } from 'vitest'
import { realProfile } from '../test/fixtures/real-profile.ts'
import { ending, successor } from '../test/fixtures/versions.ts'
import { findingsOf as findAll } from './findings.ts'

const commune = { state: 'none' } as const
const versions = [ending, successor]
const findingsOf = (looked: Omit<Parameters<typeof findAll>[0], 'dictation'>) =>
  findAll({ ...looked, dictation: null })
const today = { year: 2026, month: 8, day: 1 }

it('finds nothing where every procedure can be filed on every day', () => {
  expect(findingsOf({ procedures: versions, commune, profile: realProfile(), today })).toEqual([])
})

it('says which procedures no counter serves, and what to write into the profile', () => {
  const profile = realProfile({ counters: { residence: 'Quầy 4' } })
  expect(findingsOf({ procedures: versions, commune, profile, today })).toEqual([
    {
      code: 'no-counter',
      cause: 'the profile has no counter for civil-status, so these procedures are not offered',
      remedy: 'name the counter in profile.json: "counters": { "civil-status": … }',
      procedures: ['9.000001'],
    },
  ])
})

it('says which people of the commune no list has', () => {
  const profile = realProfile({ peoples: ['Stiêng'] })
  expect(findingsOf({ procedures: versions, commune, profile, today })).toMatchObject([
    { code: 'no-such-people', cause: expect.stringContaining('Stiêng') },
  ])
})

it('says on which days nobody can file a procedure', () => {
  const late = { ...successor, form: { ...successor.form, validFrom: '2027-03-02' } }
  expect(
    findingsOf({ procedures: [ending, late], commune, profile: realProfile(), today }),
  ).toMatchObject([
    {
      code: 'procedure-gap',
      cause: 'no version of 9.000001 is in force from 2027-03-01 to 2027-03-01',
      procedures: ['9.000001'],
    },
  ])
})

it("says that a commune's own procedures were left out, and because of which file", () => {
  const problem = { code: 'changed', file: '9.000001.json' } as const
  const found = findingsOf({
    procedures: versions,
    commune: { state: 'refused', problem },
    profile: realProfile(),
    today,
  })
  expect(found).toMatchObject([
    { code: 'procedures-refused', cause: expect.stringContaining('changed 9.000001.json') },
  ])
})

it.each([
  ['121 days before its last day', { year: 2026, month: 10, day: 30 }, []],
  ['120 days before it', { year: 2026, month: 10, day: 31 }, ['no-successor']],
  ['on it', { year: 2027, month: 2, day: 28 }, ['no-successor']],
  ['after it', { year: 2027, month: 6, day: 1 }, ['no-successor']],
])('names a form without a successor %s', (_, day, expected) => {
  const found = findingsOf({ procedures: [ending], commune, profile: realProfile(), today: day })
  expect(found.map(({ code }) => code)).toEqual(expected)
})

it('has one line for all forms that end on the same day, and none for one that is followed', () => {
  const other = { ...ending, code: '9.000002' }
  const followed = { ...ending, code: '9.000003' }
  const next = { ...successor, code: '9.000003' }
  const found = findingsOf({
    procedures: [ending, other, followed, next],
    commune,
    profile: realProfile(),
    today: { year: 2027, month: 1, day: 4 },
  })
  expect(found).toEqual([
    {
      code: 'no-successor',
      cause:
        'the forms of these procedures end on 2027-02-28, and none follows: nobody can file them after it',
      remedy:
        "bring what follows in the commune's own pack, as CODE.from-YYYY-MM-DD.json, before that day",
      procedures: ['9.000001', '9.000002'],
    },
  ])
})

it('says that nobody can dictate where the program cannot be started', () => {
  const profile = realProfile({ dictation: { program: ['/opt/hear/hear-vi', '-'] } })
  const looked = { procedures: versions, commune, profile, today }
  expect(findAll({ ...looked, dictation: null })).toEqual([])
  expect(findAll({ ...looked, dictation: 'ENOENT' })).toEqual([
    {
      code: 'no-dictation',
      cause: '/opt/hear/hear-vi cannot be started (ENOENT): nobody can dictate',
      remedy: 'install it there, or correct "dictation" in profile.json; typing serves meanwhile',
      procedures: [],
    },
  ])
})
