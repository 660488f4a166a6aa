import { splitWords, type Word } from './search-words.ts'

/** Weights of words, by what they tell of a procedure. */
export const WEIGHT = {
  /** Said around the thing that is wanted. */
  FILLER: 0.25,
  /** For whom: it tells little, and something. */
  PERSON: 0.7,
  /** A word that no name holds must not outweigh one that some do. */
  UNKNOWN: 1.6,
  LEAST: 0.9,
  MOST: 5.5,
} as const

const fillers = splitWords(
  'tôi tui mình em muốn mún xin làm cần cho của để ở đâu như thế nào gì thủ tục với ạ hỏi về và hoặc ' +
    'là thì được các những một cái giấy tờ việc bị khi phải có ơi giúp giùm đi nhờ nay sao vậy theo ' +
    'tại do cháu chị anh hôm rồi xong vừa',
)
const fillerSounds = new Set(fillers.map(({ plain }) => plain))
const fillerWords = new Set(fillers.map(({ toned }) => toned))
const persons = new Set(
  splitWords('ông bà cha mẹ bố má ba con bé người vợ chồng').map(({ plain }) => plain),
)

/** Whether a word tells nothing by itself; "hỏi" does not, "hội" does, "hoi" is taken for "hỏi". */
export function isFiller({ plain, toned, marked }: Word): boolean {
  return marked ? fillerWords.has(toned) : fillerSounds.has(plain)
}

/**
 * How much a word tells, given in how many of all texts it stands, and in how many of these it is a
 * filler.
 */
export function weightOf(plain: string, holding: number, asFiller: number, texts: number): number {
  if (asFiller * 2 > holding) return WEIGHT.FILLER
  if (persons.has(plain)) return WEIGHT.PERSON
  return Math.min(WEIGHT.MOST, Math.max(WEIGHT.LEAST, Math.log(1 + texts / holding)))
}
