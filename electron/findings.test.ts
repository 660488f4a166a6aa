import { expect, it } from 'vitest'
import { realProfile } from '../test/fixtures/real-profile.ts'
import { ending, successor } from '../test/fixtures/versions.ts'
import { findingsOf } from './findings.ts'

const commune = { state: 'none' } as const
const versions = [ending, successor]

it('finds nothing where every procedure can be filed on every day', () => {
  expect(findingsOf({ procedures: versions, commune, profile: realProfile() })).toEqual([])
})

it('says which procedures no counter serves, and what to write into the profile', () => {
  const profile = realProfile({ counters: { residence: 'Quầy 4' } })
  expect(findingsOf({ procedures: versions, commune, profile })).toEqual([
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
  expect(findingsOf({ procedures: versions, commune, profile })).toMatchObject([
    { code: 'no-such-people', cause: expect.stringContaining('Stiêng') },
  ])
})

it('says on which days nobody can file a procedure', () => {
  const late = { ...successor, form: { ...successor.form, validFrom: '2027-03-02' } }
  expect(findingsOf({ procedures: [ending, late], commune, profile: realProfile() })).toMatchObject(
    [
      {
        code: 'procedure-gap',
        cause: 'no version of 9.000001 is in force from 2027-03-01 to 2027-03-01',
        procedures: ['9.000001'],
      },
    ],
  )
})

it("says that a commune's own procedures were left out, and because of which file", () => {
  const problem = { code: 'changed', file: '9.000001.json' } as const
  const found = findingsOf({
    procedures: versions,
    commune: { state: 'refused', problem },
    profile: realProfile(),
  })
  expect(found).toMatchObject([
    { code: 'procedures-refused', cause: expect.stringContaining('changed 9.000001.json') },
  ])
})
