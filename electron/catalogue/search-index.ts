import { createSplitting, withFinalI, withoutKeys, type Word } from './search-words.ts'
import { slipCost, slipLimit, soundOf } from './spelling.ts'
import { isFiller, weightOf } from './word-weights.ts'

/** A text by which a procedure is found: its name, or what people call it. */
export interface IndexedText {
  /** Place of the procedure among the rows. */
  readonly row: number
  /** First letters of its words, "thủ tục" left out. */
  readonly initials: string
  /** Weight of all that it says, remarks in brackets left out. */
  readonly weight: number
  /** `field`: says where the procedure belongs, not what it is. */
  readonly kind: 'name' | 'saying' | 'field'
}

/** A word of the vocabulary that a typed word may stand for. */
export interface Reading {
  /** Number of the word. */
  readonly word: number
  /** 0..1: how surely it is meant. */
  readonly likeness: number
}

/** How much is lost with each way of reading a word. */
export const LIKENESS = {
  KEYS: 0.97,
  OTHER_TONE: 0.65,
  /** The beginning of a word; more of it is surer. */
  PREFIX_LEAST: 0.5,
  SOUND: 0.7,
  /** Lost with each unit of `slipCost`. */
  SLIP: 0.4,
  /** Another reading where the word as typed is one already. */
  BESIDES: 0.62,
} as const

/** Bounds of what is read into a word. */
export const indexLimits = {
  /** A shorter beginning of a word matches too much. */
  MIN_PREFIX: 2,
  /** Words run together are cut where they are longer than a syllable can be. */
  MIN_GLUED: 5,
  MAX_PIECES: 16,
} as const

type Source = Pick<IndexedText, 'row' | 'kind'> & { readonly text: string }

/** An inverted index over all texts; a word number is its place in the vocabulary. */
export function createIndex(sources: readonly Source[]) {
  const numbers = new Map<string, number>()
  const vocabulary: string[] = []
  /** For each word, by its tones, the texts that hold it, ascending. */
  const postings: Map<string, number[]>[] = []
  const pairs = new Map<number, number[]>()
  const split = createSplitting()
  const spoken = sources.map(({ text }) => split(text))
  spoken.forEach((words, text) => {
    let before = -1
    for (const { plain, toned } of words) {
      let number = numbers.get(plain)
      if (number === undefined) {
        number = vocabulary.push(plain) - 1
        numbers.set(plain, number)
        postings.push(new Map())
      }
      const held = postings[number]?.get(toned)
      if (!held) postings[number]?.set(toned, [text])
      else if (held.at(-1) !== text) held.push(text)
      if (before >= 0) {
        const key = pairKey(before, number)
        const held = pairs.get(key)
        if (!held) pairs.set(key, [text])
        else if (held.at(-1) !== text) held.push(text)
      }
      before = number
    }
  })
  const size = sources.length
  const weights = vocabulary.map((plain, word) => {
    const byTone = [...(postings[word] ?? [])]
    const holding = new Set(byTone.flatMap(([, held]) => held)).size
    const fillers = byTone.filter(([toned]) => isFiller({ plain, toned, marked: true }))
    return weightOf(plain, holding, new Set(fillers.flatMap(([, held]) => held)).size, size)
  })
  const texts = sources.map(({ row, kind, text }, at): IndexedText => {
    const words = spoken[at] ?? []
    const head = words[0]?.plain === 'thu' && words[1]?.plain === 'tuc' ? 2 : 0
    const said = text.includes('(') ? split(text.replace(/\([^)]*\)/g, ' ')) : words
    const told = new Set((said.length > 0 ? said : words).map(({ plain }) => plain))
    let weight = 0
    for (const plain of told) weight += weights[numbers.get(plain) ?? -1] ?? 0
    return {
      row,
      kind,
      weight,
      initials: words
        .slice(head)
        .map(({ plain }) => plain.slice(0, 1))
        .join(''),
    }
  })
  const sorted = vocabulary.map((plain, word) => ({ plain, word })).sort(byPlain)
  const letters = vocabulary.map(lettersOf)
  const bySound = new Map<string, number[]>()
  vocabulary.forEach((plain, word) => {
    const key = soundOf(plain)
    const alike = bySound.get(key)
    if (alike) alike.push(word)
    else bySound.set(key, [word])
  })

  /** Best likeness of each word that a typed one may stand for. */
  function readings(typedWord: Word): Map<number, number> {
    const { plain } = typedWord
    const found = new Map<number, number>()
    const add = (word: number, likeness: number) => {
      if ((found.get(word) ?? 0) < likeness) found.set(word, likeness)
    }
    const exact = numbers.get(plain)
    if (exact !== undefined) add(exact, 1)
    if (isFiller(typedWord)) return found
    const meant = withoutKeys(plain)
    const typed = meant === null ? undefined : numbers.get(meant)
    if (typed !== undefined) add(typed, LIKENESS.KEYS)
    const sure = exact !== undefined || typed !== undefined
    const share = sure ? LIKENESS.BESIDES : 1
    if (plain.length >= indexLimits.MIN_PREFIX && (!sure || plain.length > 2)) {
      for (let at = lowerBound(sorted, plain); at < sorted.length; at += 1) {
        const known = sorted[at]
        if (!known?.plain.startsWith(plain)) break
        const told = plain.length / known.plain.length
        add(known.word, share * (LIKENESS.PREFIX_LEAST + (1 - LIKENESS.PREFIX_LEAST) * told))
      }
    }
    for (const word of bySound.get(soundOf(plain)) ?? []) add(word, share * LIKENESS.SOUND)
    if (/\d/.test(plain) || !hasVowel(plain)) return found
    // A word that is one already is not taken for one that is a wrong letter away.
    const limit = sure ? Math.min(slipLimit(plain.length), 0.6) : slipLimit(plain.length)
    if (limit === 0) return found
    const has = lettersOf(plain)
    vocabulary.forEach((known, word) => {
      if (Math.abs(known.length - plain.length) > 2) return
      // Each slip changes two letters of the set at most.
      if (bitsOf(has ^ (letters[word] ?? 0)) > 4) return
      const cost = slipCost(plain, known, limit)
      if (cost !== Infinity) add(word, share * (1 - LIKENESS.SLIP * cost))
    })
    return found
  }

  return {
    texts,
    size,
    weightOf: (word: number): number => weights[word] ?? 0,
    /** The texts that hold a word, by its tones. */
    holding: (word: number): ReadonlyMap<string, readonly number[]> => postings[word] ?? new Map(),
    /** The texts in which one word follows another. */
    together: (first: number, second: number): readonly number[] =>
      pairs.get(pairKey(first, second)) ?? [],
    /** What a typed word may stand for, surest first; empty: nothing known. */
    read(word: Word): Reading[] {
      return [...readings(word)]
        .map(([number, likeness]) => ({ word: number, likeness }))
        .sort((a, b) => b.likeness - a.likeness)
    },
    /** "khaisinh" as two words; null where it cannot be cut into known ones. */
    cut(plain: string): string[] | null {
      if (plain.length < indexLimits.MIN_GLUED || numbers.has(plain)) return null
      // The fewest pieces, and of these the commonest words.
      const best: ({ pieces: string[]; cost: number } | null)[] = [{ pieces: [], cost: 0 }]
      for (let end = 1; end <= plain.length; end += 1) {
        best[end] = null
        for (let start = Math.max(0, end - 7); start < end - 1; start += 1) {
          const piece = withFinalI(plain.slice(start, end))
          const number = numbers.get(piece)
          const before = best[start]
          if (!before || number === undefined || !hasVowel(piece)) continue
          const cost = before.cost + 4 + (weights[number] ?? 0)
          const known = best[end]
          if (!known || cost < known.cost) best[end] = { pieces: [...before.pieces, piece], cost }
        }
      }
      const pieces = best[plain.length]?.pieces
      return pieces && pieces.length > 1 && pieces.length <= indexLimits.MAX_PIECES ? pieces : null
    },
  }
}
export type SearchIndex = ReturnType<typeof createIndex>

export const hasVowel = (plain: string) => /[aeiouy]/.test(plain)

const pairKey = (first: number, second: number) => first * 65_536 + second

const byPlain = (a: { plain: string }, b: { plain: string }) => (a.plain < b.plain ? -1 : 1)

/** The first place at which `word` could stand in a sorted list. */
function lowerBound(sorted: readonly { readonly plain: string }[], word: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.plain ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}

/** The letters of a word as bits. */
function lettersOf(plain: string): number {
  let bits = 0
  for (const letter of plain) bits |= 1 << (letter.charCodeAt(0) & 31)
  return bits
}

function bitsOf(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1
  return count
}
