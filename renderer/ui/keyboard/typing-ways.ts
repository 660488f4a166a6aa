/**
 * The two ways of typing that people bring along from their telephones: Telex ("dduwowngf") and
 * VNI ("d9u7o7ng2"). A mark may be typed late ("duongwdf"); typed twice it is taken back and, in
 * Telex, becomes the letter that it is ("ass" writes "as"). Pure.
 */
import { dropTone, putTone, writeLetter, type Edit } from './compose.ts'
import {
  isLetter,
  isVowel,
  plain,
  putTogether,
  settle,
  takeApart,
  toneless,
  toneOf,
  tones,
  vowelsAt,
  type Letters,
  type Tone,
  type Vowels,
  type Written,
} from './syllable.ts'

/** How letters are typed: finished, or with the keys of Telex or of VNI. */
export type TypingWay = 'direct' | 'telex' | 'vni'

const CIRCUMFLEX = '\u0302'
const BREVE = '\u0306'
const HORN = '\u031b'
const OWN_MARK = /[\u0302\u0306\u031b]/gu

/** The keys of VNI: five tones, and what gives a letter its own mark. */
export const vniKeys = {
  acute: '1',
  grave: '2',
  hook: '3',
  tilde: '4',
  dot: '5',
  circumflex: '6',
  horn: '7',
  breve: '8',
  stroke: '9',
} as const

const telexTones: ReadonlyMap<string, Tone> = new Map([
  ['s', 'acute'],
  ['f', 'grave'],
  ['r', 'hook'],
  ['x', 'tilde'],
  ['j', 'dot'],
])
const vniTones: ReadonlyMap<string, Tone> = new Map([
  [vniKeys.acute, 'acute'],
  [vniKeys.grave, 'grave'],
  [vniKeys.hook, 'hook'],
  [vniKeys.tilde, 'tilde'],
  [vniKeys.dot, 'dot'],
])

/** Which own mark a key gives to which plain vowel. */
type Marking = Readonly<Record<string, string>>
const telexMarks: ReadonlyMap<string, Marking> = new Map([
  ['a', { a: CIRCUMFLEX }],
  ['e', { e: CIRCUMFLEX }],
  ['o', { o: CIRCUMFLEX }],
  ['w', { a: BREVE, o: HORN, u: HORN }],
])
const vniMarks: ReadonlyMap<string, Marking> = new Map([
  [vniKeys.circumflex, { a: CIRCUMFLEX, e: CIRCUMFLEX, o: CIRCUMFLEX }],
  [vniKeys.horn, { o: HORN, u: HORN }],
  [vniKeys.breve, { a: BREVE }],
])

/**
 * Runs of vowels with a mark of their own that Vietnamese has. A late mark goes only where it makes
 * one of them: in "ngoeo" the second o is a letter, in "tuana" the second a is a mark.
 */
const nuclei: ReadonlySet<string> = new Set(
  'ă oă â âu ây uâ uây ê êu iê iêu yê yêu uê uêu uyê ô ôi uô uôi ơ ơi uơ ươ ươi ươu ư ưa ưi ưu'.split(
    ' ',
  ),
)

/** Strikes a key in one of the ways. A digit of VNI that finds nothing to mark does nothing. */
export function strike(way: TypingWay, key: string): Edit {
  switch (way) {
    case 'direct':
      return writeLetter(key)
    case 'telex':
      return (written) => telex(written, key) ?? promote(writeLetter(key)(written))
    case 'vni':
      return /\d/.test(key)
        ? (written) => vni(written, key) ?? written
        : (written) => promote(writeLetter(key)(written))
  }
}

/** What a key of Telex marks; null where it is a letter. */
function telex(written: Written, key: string): Written | null {
  const lower = key.toLowerCase()
  const letters = takeApart(written)
  if (lower === 'd') return stroke(letters, key)
  const vowels = vowelsBefore(letters)
  if (vowels === null) return null
  const mark = toneOf(letters.all, vowels)
  if (lower === 'z') return mark === '' ? null : dropTone(written)
  const tone = telexTones.get(lower)
  if (tone !== undefined) {
    return mark === tones[tone] ? writeLetter(key)(dropTone(written)) : putTone(tone)(written)
  }
  const marking = telexMarks.get(lower)
  return marking === undefined ? null : markVowel(letters, vowels, marking, key)
}

/** What a digit of VNI marks; null where there is nothing to mark. */
function vni(written: Written, key: string): Written | null {
  const letters = takeApart(written)
  if (key === vniKeys.stroke) return stroke(letters, '')
  const vowels = vowelsBefore(letters)
  if (vowels === null) return null
  const tone = vniTones.get(key)
  if (tone !== undefined) {
    return toneOf(letters.all, vowels) === tones[tone] ? dropTone(written) : putTone(tone)(written)
  }
  const marking = vniMarks.get(key)
  return marking === undefined ? null : markVowel(letters, vowels, marking, '')
}

/** The vowels of the syllable that is being written: some of them stand before the caret. */
function vowelsBefore(letters: Letters): Vowels | null {
  const vowels = vowelsAt(letters)
  return vowels !== null && vowels.from < letters.at ? vowels : null
}

const ownMark = (letter: string): string => letter.match(OWN_MARK)?.[0] ?? ''

/** A vowel with another mark of its own; its tone stays. */
const remarked = (letter: string, mark: string): string =>
  `${letter.charAt(0)}${mark}${letter.slice(1).replaceAll(OWN_MARK, '')}`

/** The sounding vowels as `nuclei` writes them. */
function nucleusOf(all: readonly string[], { nucleus, to }: Vowels): string {
  return all.slice(nucleus, to).map(toneless).join('').normalize('NFC').toLowerCase()
}

/**
 * Gives a vowel its own mark, or both vowels of "uo" theirs; where it is there already, takes it
 * back and writes `undone`. Null where no vowel can have it.
 */
function markVowel(
  { all, at }: Letters,
  vowels: Vowels,
  marking: Marking,
  undone: string,
): Written | null {
  const { nucleus, to } = vowels
  const wanted = (index: number) => marking[plain(all[index])]
  const lacking = Array.from({ length: to - nucleus }, (_, step) => nucleus + step).filter(
    (index) => wanted(index) !== undefined && ownMark(all[index] ?? '') !== wanted(index),
  )
  const marked = (indexes: readonly number[]) =>
    all.map((letter, index) =>
      indexes.includes(index) ? remarked(letter, wanted(index) ?? '') : letter,
    )
  const open = to - nucleus === 2 && !isLetter(all[to])
  const single = lacking.map((index) => [index])
  const pairs = lacking.length > 1 && !open ? [lacking.slice(0, 2)] : []
  const found = [...pairs, ...single]
    .map(marked)
    .find((candidate) => nuclei.has(nucleusOf(candidate, vowels)))
  if (found !== undefined) return putTogether(settle({ all: found, at }))

  const given = Array.from({ length: to - nucleus }, (_, step) => nucleus + step).filter(
    (index) => wanted(index) !== undefined && !lacking.includes(index),
  )
  if (given.length === 0) return null
  const taken = all.map((letter, index) => (given.includes(index) ? remarked(letter, '') : letter))
  return writeLetter(undone)(putTogether({ all: taken, at }))
}

/** "ươ" is typed as "uow" or "uwo" too, once something follows: "thuở", but "thương". */
function promote(written: Written): Written {
  const { all, at } = takeApart(written)
  const vowels = vowelsAt({ all, at })
  if (vowels === null) return written
  const { nucleus, to } = vowels
  const followed = to - nucleus > 2 || isLetter(all[to])
  if (!followed || !/^(uơ|ưo)/.test(nucleusOf(all, vowels))) return written
  const both = all.map((letter, index) =>
    index === nucleus || index === nucleus + 1 ? remarked(letter, HORN) : letter,
  )
  return putTogether(settle({ all: both, at }))
}

const strokes: ReadonlyMap<string, string> = new Map([
  ['d', 'đ'],
  ['D', 'Đ'],
])
const strokesTaken: ReadonlyMap<string, string> = new Map([
  ['đ', 'd'],
  ['Đ', 'D'],
])

/** Gives the d before the caret, or the one that starts the syllable, its stroke, or takes it. */
function stroke({ all, at }: Letters, undone: string): Written | null {
  let start = at - 1
  if (plain(all[start]) !== 'd' && plain(all[start]) !== 'đ') {
    while (isLetter(all[start]) && !isVowel(all[start])) start -= 1
    while (isVowel(all[start])) start -= 1
  }
  const letter = all[start] ?? ''
  const given = strokes.get(letter)
  if (given !== undefined) return putTogether({ all: all.with(start, given), at })
  const taken = strokesTaken.get(letter)
  if (taken === undefined) return null
  return writeLetter(undone)(putTogether({ all: all.with(start, taken), at }))
}
