import { describe, expect, it } from 'vitest'
import {
  aloud,
  code,
  counted,
  month,
  privately,
  secret,
  spokenMessage,
  spokenOf,
} from './spoken.ts'

describe('how a value is said', () => {
  it('a code is told by its characters in the groups that are shown', () => {
    expect(spokenOf(code('KM 4T', false))).toEqual([{ said: 'ca em mờ, bốn tê', private: false }])
    expect(spokenOf(code('083 090', true))).toEqual([
      { said: 'không tám ba, không chín không', private: true },
    ])
  })
  it('a masked character is told as a star', () => {
    expect(spokenOf(code('08•• 12', true))).toEqual([
      { said: 'không tám sao sao, một hai', private: true },
    ])
  })
  it('a month and a number as people say them', () => {
    expect(month(4).spoken[0]?.said).toBe('tư')
    expect(counted(8000, '8.000').spoken[0]?.said).toBe('tám nghìn')
  })
})

describe('a message with values', () => {
  const message = 'Thẻ của {person}, {count} tờ'
  it('is the pieces of its text and what its values say', () => {
    const said = spokenMessage(message, (name) => (name === 'count' ? 2 : secret('An')))
    expect(said).toEqual([
      { said: 'Thẻ của ', private: false },
      { said: 'An', private: true },
      { said: ', ', private: false },
      { said: 'hai', private: false },
      { said: ' tờ', private: false },
    ])
  })
  it('can be made private as a whole', () => {
    const phrase = { key: 'k', text: 't', spoken: spokenOf(aloud('t')) }
    expect(privately(phrase).spoken).toEqual([{ said: 't', private: true }])
  })
})
