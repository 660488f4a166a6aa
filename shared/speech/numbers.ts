/** How numbers are said in Vietnamese, in the words of the South (`lẻ`), which the North knows too. */
const digitWords = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const groupWords = ['', 'nghìn', 'triệu', 'tỷ', 'nghìn tỷ'] as const

/** Beyond it a number is said digit by digit. */
const MAX_COUNTED = 999_999_999_999_999

/** The last two digits of a group; `led`: something was said before them. */
function twoDigits(tens: number, ones: number, led: boolean): string[] {
  const one = digitWords[ones] ?? ''
  if (tens === 0) {
    if (ones === 0) return []
    return led ? ['lẻ', one] : [one]
  }
  const ten = tens === 1 ? ['mười'] : [digitWords[tens] ?? '', 'mươi']
  if (ones === 0) return ten
  if (ones === 5) return [...ten, 'lăm']
  if (tens === 1) return [...ten, one]
  if (ones === 1) return [...ten, 'mốt']
  return ones === 4 ? [...ten, 'tư'] : [...ten, one]
}

/** A group of three digits; behind another group its hundreds are said although they are none. */
function threeDigits(group: number, led: boolean): string[] {
  const hundreds = Math.trunc(group / 100)
  const said = led || hundreds > 0
  return [
    ...(said ? [digitWords[hundreds] ?? '', 'trăm'] : []),
    ...twoDigits(Math.trunc(group / 10) % 10, group % 10, said),
  ]
}

/** A whole number from 0 to 999.999.999.999.999 as it is read out; a greater one by its digits. */
export function numberInWords(value: number): string {
  if (value === 0) return digitWords[0]
  if (!(value > 0 && value <= MAX_COUNTED)) return digitsInWords(String(value))
  const groups: number[] = []
  for (let rest = Math.trunc(value); rest > 0; rest = Math.trunc(rest / 1000)) {
    groups.push(rest % 1000)
  }
  const said = groups
    .map((group, place) => ({ group, place }))
    .toReversed()
    .flatMap(({ group, place }, index) =>
      group === 0 ? [] : threeDigits(group, index > 0).concat(groupWords[place] ?? ''),
    )
  return said.filter((word) => word !== '').join(' ')
}

/** Digits one by one, as a telephone number is told: "không tám ba". What is no digit is left out. */
export function digitsInWords(digits: string): string {
  return Array.from(digits, (digit) => (/\d/.test(digit) ? digitWords[Number(digit)] : undefined))
    .filter((word) => word !== undefined)
    .join(' ')
}

/** The number of a month: the fourth has a word of its own. */
export function monthInWords(month: number): string {
  return month === 4 ? 'tư' : numberInWords(month)
}

/** What is said of numbers below a hundred, and what greater ones are put together from. */
export const numberWords: readonly string[] = [
  ...Array.from({ length: 100 }, (_, value) => numberInWords(value)),
  ...Array.from({ length: 9 }, (_, index) => [
    numberInWords((index + 1) * 100),
    `lẻ ${numberInWords(index + 1)}`,
  ]).flat(),
  'không trăm',
  'nghìn',
  'triệu',
  'tỷ',
  'nghìn tỷ',
  'đồng',
  'sao',
  'tư',
]
