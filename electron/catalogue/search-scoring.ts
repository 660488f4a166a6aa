import { hasVowel, LIKENESS, type Reading, type SearchIndex } from './search-index.ts'
import { soundsTheSame, type Word } from './search-words.ts'
import { isFiller, WEIGHT } from './word-weights.ts'
import type { AskedWord } from './wordings.ts'

/** What decides how well a text answers. */
export const scoringLimits = {
  /** A shorter run of letters is not taken for initials. */
  MIN_INITIALS: 3,
  /** Weight of each letter of initials. */
  INITIAL_WEIGHT: 1.2,
  INITIALS_AT_HEAD: 0.95,
  INITIALS_WITHIN: 0.8,
  /** Readings of a word that are looked at for what follows it. */
  PAIR_READINGS: 4,
  /** Two words that stand together say more than each; this much of a word's weight. */
  PAIR_SHARE: 0.6,
  /** What a text is worth that says much more than was asked; one that says just that is worth 1. */
  ANSWER_LEAST: 0.5,
  /** What a saying is worth that was said word for word among many others. */
  SAID_WHOLE: 0.55,
  SAID_WHOLE_LEAST: 0.93,
  SAID_WHOLE_WEIGHT: 4,
  /** Less of the query than this, by weight, brings in no text by itself. */
  REST: 0.25,
  /** What the words of all texts of a procedure together count beside its best text. */
  ALL_TEXTS: 0.15,
} as const

interface Term {
  readonly word: Word
  readonly readings: readonly Reading[]
  readonly weight: number
  /** As `AskedWord` has it. */
  readonly share: number
  readonly isFiller: boolean
  /** Letters that begin the words of a text; null where the word is one itself. */
  readonly initials: string | null
}

/**
 * Takes what a text answers. `score`, 0..1: how well, beside other texts. `evidence`, 0..1: how
 * unlikely it is that a text has the words by chance. Any few words stand somewhere in thousands of
 * names. It tells something that they answer much of the query, and either stand side by side as
 * they were asked, or are most of what the text says. A saying that was said word for word, or
 * nearly so, is all the evidence that there can be.
 */
export type TakeAnswer = (row: number, score: number, evidence: number) => void

/** Scores the texts of an index against one wording of a query. */
export function createScoring(index: SearchIndex, rows: number) {
  const { size, texts } = index
  const rowOf = Int32Array.from(texts, ({ row }) => row)
  /** By text: weight of what was asked that it answers, and of what it says that was asked. */
  const asked = new Float32Array(size)
  const told = new Float32Array(size)
  /** By text: how many of the words that were asked side by side stand so in it. */
  const besides = new Float32Array(size)
  const rowAsked = new Float32Array(rows)
  /** Of one term: its best likeness in each text and procedure, and the weight of the word there. */
  const like = new Float32Array(size)
  const weight = new Float32Array(size)
  const rowLike = new Float32Array(rows)
  const touched = new Int32Array(size)
  let count = 0

  const note = (text: number, likeness: number, of: number) => {
    const known = like[text] ?? 0
    if (known >= likeness) return
    if (known === 0) {
      touched[count] = text
      count += 1
    }
    like[text] = likeness
    weight[text] = of
  }

  function noteTerm(term: Term): void {
    for (const { word, likeness } of term.readings) {
      const of = index.weightOf(word)
      for (const [toned, held] of index.holding(word)) {
        const otherTone = likeness >= LIKENESS.KEYS && !soundsTheSame(term.word, toned)
        const sure = otherTone ? likeness * LIKENESS.OTHER_TONE : likeness
        for (const text of held) note(text, sure, of)
      }
    }
    const { initials } = term
    if (initials === null) return
    const { INITIALS_AT_HEAD, INITIALS_WITHIN } = scoringLimits
    texts.forEach((text, at) => {
      const place = text.initials.indexOf(initials)
      if (place < 0) return
      const share = initials.length / text.initials.length
      note(at, place === 0 ? INITIALS_AT_HEAD : INITIALS_WITHIN, text.weight * share)
    })
  }

  /** Adds what was noted of a term; `known`: only where something was found before. */
  function settle(share: number, known: boolean): void {
    for (let at = 0; at < count; at += 1) {
      const row = rowOf[touched[at] ?? 0] ?? 0
      const likeness = like[touched[at] ?? 0] ?? 0
      if ((rowLike[row] ?? 0) < likeness) rowLike[row] = likeness
    }
    for (let at = 0; at < count; at += 1) {
      const text = touched[at] ?? 0
      const likeness = like[text] ?? 0
      like[text] = 0
      const row = rowOf[text] ?? 0
      const best = rowLike[row] ?? 0
      rowLike[row] = 0
      if (known && !rowAsked[row]) continue
      rowAsked[row] = (rowAsked[row] ?? 0) + best * share
      if (known && !asked[text]) continue
      asked[text] = (asked[text] ?? 0) + likeness * share
      told[text] = (told[text] ?? 0) + likeness * (weight[text] ?? 0)
    }
    count = 0
  }

  /** Adds where two words stand together; returns what that weighs, 0 if nowhere. */
  function settlePair(first: Term, second: Term): number {
    const { PAIR_READINGS, PAIR_SHARE } = scoringLimits
    const found = new Map<number, number>()
    const share = Math.min(first.share, second.share)
    let weightOfPair = 0
    let surest = 0
    for (const one of first.readings.slice(0, PAIR_READINGS)) {
      for (const other of second.readings.slice(0, PAIR_READINGS)) {
        const held = index.together(one.word, other.word)
        if (held.length === 0) continue
        const likeness = one.likeness * other.likeness
        if (likeness > surest) {
          surest = likeness
          weightOfPair =
            share * PAIR_SHARE * Math.min(WEIGHT.MOST, Math.log(1 + size / held.length))
        }
        for (const text of held) found.set(text, Math.max(found.get(text) ?? 0, likeness))
      }
    }
    for (const [text, likeness] of found) {
      if (!asked[text]) continue
      asked[text] += likeness * weightOfPair
      besides[text] = (besides[text] ?? 0) + likeness * share
    }
    return weightOfPair
  }

  /** `total`: weight of the whole query; `neighbours`: how many of its words stand beside another. */
  function answerAll(total: number, neighbours: number, take: TakeAnswer): void {
    const { ANSWER_LEAST, ALL_TEXTS, SAID_WHOLE } = scoringLimits
    for (let text = 0; text < size; text += 1) {
      const found = asked[text] ?? 0
      const about = texts[text]
      if (found === 0 || !about || about.kind === 'field') continue
      const coverage = found / total
      const answered = Math.min(1, (told[text] ?? 0) / about.weight)
      const said =
        about.kind === 'saying' &&
        answered >= scoringLimits.SAID_WHOLE_LEAST &&
        about.weight >= scoringLimits.SAID_WHOLE_WEIGHT
      const own = Math.max(
        coverage * (ANSWER_LEAST + (1 - ANSWER_LEAST) * answered),
        said ? SAID_WHOLE * answered : 0,
      )
      const whole = Math.min(1, (rowAsked[about.row] ?? 0) / total)
      const together = neighbours > 0 ? Math.min(1, (besides[text] ?? 0) / neighbours) : 1
      const evidence = said ? 1 : coverage * Math.max(answered, together)
      take(about.row, own * (1 - ALL_TEXTS) + whole * ALL_TEXTS, evidence)
    }
  }

  return (
    wording: readonly AskedWord[],
    read: (word: Word) => readonly Reading[],
    take: TakeAnswer,
  ): void => {
    asked.fill(0)
    told.fill(0)
    besides.fill(0)
    rowAsked.fill(0)
    const terms = wording.map((each) => toTerm(index, each, read(each.word)))
    // Who says a word twice asks for no more than who says it once.
    const different = terms.filter(
      ({ word }, at) => terms.findIndex((other) => other.word.toned === word.toned) === at,
    )
    const telling = different.filter(({ isFiller: filler }) => !filler)
    let total = different.reduce((sum, { weight: each }) => sum + each, 0)
    const small = total * scoringLimits.REST
    let rest = total
    const weightiest = different.toSorted(
      (a, b) => Number(a.isFiller) - Number(b.isFiller) || b.weight - a.weight,
    )
    for (const term of weightiest) {
      noteTerm(term)
      // What tells nothing by itself adds to what the rest has found; and so do the last words of a
      // long query, which alone could not reach what a text must answer.
      settle(term.weight, (term.isFiller && telling.length > 0) || rest < small)
      rest -= term.weight
    }
    let neighbours = 0
    for (let at = 1; at < terms.length; at += 1) {
      const [first, second] = [terms[at - 1], terms[at]]
      if (!first || !second || (first.isFiller && second.isFiller)) continue
      const weightOfPair = settlePair(first, second)
      total += weightOfPair
      // "Bản sao" is one thing; "ở đâu" after a word is only how one asks.
      const belong = weightOfPair > 0 || !(first.isFiller || second.isFiller)
      if (belong) neighbours += Math.min(first.share, second.share)
    }
    if (total > 0) answerAll(total, neighbours, take)
  }
}

function toTerm(
  index: SearchIndex,
  { word, share }: AskedWord,
  readings: readonly Reading[],
): Term {
  const best = readings[0]
  const filler = isFiller(word)
  const initials =
    best?.likeness !== 1 &&
    word.plain.length >= scoringLimits.MIN_INITIALS &&
    !hasVowel(word.plain) &&
    /^[a-z]+$/.test(word.plain)
      ? word.plain
      : null
  const known = best ? index.weightOf(best.word) : WEIGHT.UNKNOWN
  // "Giặt" is nearly "giấy", which tells nothing; but it is another word, and that tells something.
  const telling = known === WEIGHT.FILLER ? WEIGHT.UNKNOWN : known
  const whole =
    initials === null
      ? filler
        ? WEIGHT.FILLER
        : telling
      : scoringLimits.INITIAL_WEIGHT * initials.length
  return { word, readings, weight: whole * share, share, isFiller: filler, initials }
}
