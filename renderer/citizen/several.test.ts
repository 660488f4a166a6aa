import { describe, expect, it } from 'vitest'
import { toggled } from './several.ts'

describe('several choices', () => {
  it('are added one by one, and taken back by a second touch', () => {
    expect(toggled(['walk'], 'see', 'none')).toEqual(['walk', 'see'])
    expect(toggled(['walk', 'see'], 'walk', 'none')).toEqual(['see'])
  })

  it('give way to the one that stands alone, and it to them', () => {
    expect(toggled(['walk', 'see'], 'none', 'none')).toEqual(['none'])
    expect(toggled(['none'], 'walk', 'none')).toEqual(['walk'])
  })
})
