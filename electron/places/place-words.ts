import { fold, toneLast } from '../../shared/domain/vietnamese.ts'

/** One word of a text, and where it stands there. */
export interface PlaceWord {
  /** Without tones; a lone y as i, because "Quý" and "Quí", "Mỹ" and "Mĩ" are both written. */
  readonly plain: string
  /** With its tone at the end. */
  readonly toned: string
  /** Index of its first letter in the text. */
  readonly at: number
  /** True where a comma, or nothing, stands before it. */
  readonly first: boolean
}

/** Splits a text into words: "P.3" and "P3" are two, as "phường 3" is. */
export function placeWords(text: string): PlaceWord[] {
  const found: PlaceWord[] = []
  let end = 0
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const first = found.length === 0 || /[,;\n]/u.test(text.slice(end, match.index))
    end = match.index + match[0].length
    const glued = /^([pqf])(\d{1,2})$/iu.exec(match[0])
    const parts = glued ? glued.slice(1) : [match[0]]
    for (const [index, part] of parts.entries()) {
      const at = match.index + (index === 0 ? 0 : 1)
      found.push({ ...plainAndToned(part), at, first: first && index === 0 })
    }
  }
  return found
}

function plainAndToned(word: string): Pick<PlaceWord, 'plain' | 'toned'> {
  const plain = fold(word)
    .replace(/^(qu|[hklmst])y$/u, '$1i')
    .replace(/^0+(?=\d)/u, '')
  return { plain, toned: toneLast(word.normalize('NFC')).replace(/^0+(?=\d)/u, '') }
}

/** What stands before the name of a unit, as people write it; the longer ones first. */
const KINDS: readonly (readonly [kind: string, ...words: string[]])[] = [
  ['thanh pho', 'thanh', 'pho'],
  ['thanh pho', 't', 'p'],
  ['thi xa', 'thi', 'xa'],
  ['thi xa', 't', 'x'],
  ['thi tran', 'thi', 'tran'],
  ['thi tran', 't', 't'],
  ['dac khu', 'dac', 'khu'],
  ['tinh', 'tinh'],
  ['tinh', 't'],
  ['thanh pho', 'tp'],
  ['quan', 'quan'],
  ['quan', 'q'],
  ['huyen', 'huyen'],
  ['huyen', 'h'],
  ['thi xa', 'tx'],
  ['phuong', 'phuong'],
  ['phuong', 'p'],
  ['phuong', 'f'],
  ['xa', 'xa'],
  ['xa', 'x'],
  ['thi tran', 'tt'],
  ['dac khu', 'dk'],
]

/** The name of a unit without its kind, ready to be compared. */
export interface PlaceName {
  /** "phuong"; '' where the kind is not written. */
  readonly kind: string
  /** Plain words in one, since "Đăk Ơ" is written "Đăkơ" too. */
  readonly key: string
  readonly toned: string
  readonly words: readonly PlaceWord[]
}

export function placeName(text: string): PlaceName {
  const words = placeWords(text)
  const { kind, length } = kindAt(words, 0)
  return nameOf(kind, words.slice(length))
}

export function nameOf(kind: string, words: readonly PlaceWord[]): PlaceName {
  return {
    kind,
    key: words.map(({ plain }) => plain).join(''),
    toned: words.map(({ toned }) => toned).join(''),
    words,
  }
}

/** The kind that begins at a word, and how many words it takes; never all that are left. */
function kindAt(words: readonly PlaceWord[], from: number): { kind: string; length: number } {
  for (const [kind, ...parts] of KINDS) {
    if (from + parts.length >= words.length) continue
    if (parts.every((part, index) => words[from + index]?.plain === part)) {
      return { kind, length: parts.length }
    }
  }
  return { kind: '', length: 0 }
}

/** The kind that ends before a word, and where it begins. */
export function kindBefore(words: readonly PlaceWord[], end: number, from: number) {
  for (const length of [2, 1]) {
    const start = end - length
    if (start < from) continue
    const found = kindAt(words, start)
    if (found.length === length && words.slice(start + 1, end).every(({ first }) => !first)) {
      return { kind: found.kind, start }
    }
  }
  return { kind: '', start: end }
}

/** The ones that were meant: of the kind that was written, with the tones that were written if any. */
export function meant<T extends PlaceName>(named: readonly T[], written: PlaceName): readonly T[] {
  const ofKind = named.filter(({ kind }) => written.kind === '' || kind === written.kind)
  const left = ofKind.length > 0 ? ofKind : named
  if (written.toned === '') return left
  const toned = left.filter((each) => each.toned === written.toned)
  return toned.length > 0 ? toned : left
}
