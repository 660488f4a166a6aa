import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { englishNumberWords, monthInEnglish, numberInEnglish } from './english-numbers.ts'
import { characterInEnglish, englishLetterWords } from './letters.ts'

describe('English numbers', () => {
  it.each([
    [0, 'zero'],
    [7, 'seven'],
    [15, 'fifteen'],
    [40, 'forty'],
    [42, 'forty two'],
    [100, 'one hundred'],
    [105, 'one hundred and five'],
    [999, 'nine hundred and ninety nine'],
    [1_000, 'one thousand'],
    [1_005, 'one thousand and five'],
    [8_000, 'eight thousand'],
    [1_250_000, 'one million two hundred and fifty thousand'],
    [1_000_001, 'one million and one'],
    [
      1_000_000_000_000_000,
      'one zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero',
    ],
  ])('%d is %s', (value, said) => expect(numberInEnglish(value)).toBe(said))

  it('are put together from words that have a clip', () => {
    const known = new Set(englishNumberWords.flatMap((words) => words.split(' ')))
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999_999 }), (value) =>
        numberInEnglish(value)
          .split(' ')
          .every((word) => known.has(word)),
      ),
    )
  })
  it('differ from each other', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        (one, other) => one === other || numberInEnglish(one) !== numberInEnglish(other),
      ),
    )
  })
})

it('months have their names', () => {
  expect([1, 9, 12].map(monthInEnglish)).toEqual(['January', 'September', 'December'])
})

it('letters of Vietnamese are told by their marks, in words that have a clip', () => {
  expect(characterInEnglish('ệ')).toBe('e dot below with a hat')
  expect(characterInEnglish('Đ')).toBe('d with a stroke')
  expect(characterInEnglish('-')).toBe('')
  for (const letter of 'ăâđêôơưáảãĕƀčñ\u0306') {
    const said = characterInEnglish(letter)
    expect(said).not.toBe('')
    expect(withoutClips(said)).toBe('')
  }
  expect(withoutClips('e with a ring')).toBe('with a ring')
})

/** What no clip says, once a clip is taken for each piece from the left, the longest first. */
function withoutClips(said: string): string {
  const longest = englishLetterWords
    .filter((words) => said === words || said.startsWith(`${words} `))
    .toSorted((one, other) => other.length - one.length)[0]
  return longest === undefined ? said : withoutClips(said.slice(longest.length + 1))
}
