const small = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const
const tens = [
  '',
  '',
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
] as const
const groups = ['', 'thousand', 'million', 'billion', 'trillion'] as const
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** Beyond it a number is said digit by digit. */
const MAX_COUNTED = 999_999_999_999_999

/** 0 to 99: "forty two". */
function belowHundred(value: number): string {
  if (value < 20) return small[value] ?? ''
  const ten = tens[Math.trunc(value / 10)] ?? ''
  return value % 10 === 0 ? ten : `${ten} ${small[value % 10] ?? ''}`
}

/** 1 to 999: "one hundred and five". */
function belowThousand(value: number): string {
  if (value < 100) return belowHundred(value)
  const hundreds = `${small[Math.trunc(value / 100)] ?? ''} hundred`
  return value % 100 === 0 ? hundreds : `${hundreds} and ${belowHundred(value % 100)}`
}

/** A whole number from 0 to 999,999,999,999,999 as it is read out; a greater one by its digits. */
export function numberInEnglish(value: number): string {
  if (value === 0) return small[0]
  if (!(value > 0 && value <= MAX_COUNTED)) return digitsInEnglish(String(value))
  const said: string[] = []
  for (
    let rest = Math.trunc(value), place = 0;
    rest > 0;
    rest = Math.trunc(rest / 1000), place += 1
  ) {
    const group = rest % 1000
    if (group === 0) continue
    const led = place === 0 && group < 100 && rest > 999 ? 'and ' : ''
    said.unshift(`${led}${belowThousand(group)} ${groups[place] ?? ''}`.trim())
  }
  return said.join(' ')
}

/** Digits one by one, as a telephone number is told. What is no digit is left out. */
export function digitsInEnglish(digits: string): string {
  return Array.from(digits, (digit) => (/\d/.test(digit) ? small[Number(digit)] : undefined))
    .filter((word) => word !== undefined)
    .join(' ')
}

/** A month from 1 to 12 by its name; another number as it is. */
export const monthInEnglish = (month: number): string => months[month - 1] ?? String(month)

/** What is said of numbers below a hundred, and what greater ones are put together from. */
export const englishNumberWords: readonly string[] = [
  ...Array.from({ length: 100 }, (_, value) => belowHundred(value)),
  ...Array.from({ length: 9 }, (_, index) => `${small[index + 1] ?? ''} hundred`),
  ...groups.slice(1),
  ...months,
  'and',
  'point',
  'star',
]
