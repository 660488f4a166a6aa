import { expect, it } from 'vitest'
import { guessedNamePart, isPartOfName, restOfName } from './person-name.ts'

it.each([
  ['Nguyễn Thị Hồng Ví Dụ', 'Nguyễn', 'Dụ', 'Thị Hồng Ví'],
  ['Lê Mẫu', 'Lê', 'Mẫu', null],
  ['Bơm', null, 'Bơm', null],
  ['', null, null, null],
])('guesses family, given and middle name of "%s"', (name, family, given, middle) => {
  expect(guessedNamePart(name, 'family')).toBe(family)
  expect(guessedNamePart(name, 'given')).toBe(given)
  expect(restOfName(name, [family ?? '', given ?? ''])).toBe(middle)
})

it('leaves to the middle what the bearer takes for neither family nor given name', () => {
  expect(restOfName('Y Blin Niê', ['Niê', 'Y Blin'])).toBeNull()
  expect(restOfName('Tôn Nữ Thị Ninh', ['Tôn Nữ', 'Ninh'])).toBe('Thị')
  expect(restOfName('Lê Văn Lê', ['Lê', 'Lê'])).toBe('Văn')
})

it('knows whole words that stand side by side', () => {
  expect(isPartOfName('Tôn Nữ Thị Ninh', 'Tôn Nữ')).toBe(true)
  expect(isPartOfName('Tôn Nữ Thị Ninh', 'Tôn Thị')).toBe(false)
  expect(isPartOfName('Nguyễn Văn A', 'Ng')).toBe(false)
})

it('looks for a part in what another part leaves, and never across the gap', () => {
  expect(guessedNamePart('Y Bhăm Niê', 'given', ['Niê'])).toBe('Bhăm')
  expect(guessedNamePart('Trần Ví', 'given', ['Trần Ví'])).toBeNull()
  expect(isPartOfName('Y Bhăm Niê', 'Y Bhăm', ['Y'])).toBe(false)
  expect(isPartOfName('Lê Văn Lê', 'Lê', ['Lê'])).toBe(true)
  expect(isPartOfName('Tôn Nữ Thị Ninh', 'Tôn Thị', ['Nữ'])).toBe(false)
})
