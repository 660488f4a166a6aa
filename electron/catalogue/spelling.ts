/** How far two words may be apart and still be taken for one, by the letters of the shorter. */
export const spellingLimits = {
  /** In a word of three letters only the cheapest slips are supposed: it has many neighbours. */
  SHORT: 0.75,
  /** Four and five letters. */
  MIDDLE: 1,
  /** Six letters and more; a syllable has seven at most. */
  LONG: 1.5,
} as const

/** What each slip costs; a wrong letter out of nowhere is 1. */
const COST = {
  /** "khaii": a key that bounced, or that was not pressed twice. */
  DOUBLED: 0.4,
  /** "kahi": two fingers out of step. */
  SWAPPED: 0.6,
  /** "khau": the key beside it. */
  BESIDE: 0.6,
  EXTRA: 0.8,
  MISSING: 0.8,
  OTHER: 1,
  /** The first letter is the one that people get right. */
  AT_HEAD: 0.3,
} as const

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Keys side by side, or one above the other: the rows are half a key apart. */
const beside = new Set(
  rows.flatMap((row, at) =>
    Array.from(row).flatMap((letter, place) => {
      const below = rows[at + 1] ?? ''
      const near = [row[place + 1], below[place - 1], below[place]]
      return near.flatMap((other) =>
        other === undefined ? [] : [`${letter}${other}`, `${other}${letter}`],
      )
    }),
  ),
)

/** The dearest slip that may be supposed in a word of so many letters; 0: none. */
export function slipLimit(letters: number): number {
  if (letters < 3) return 0
  if (letters === 3) return spellingLimits.SHORT
  return letters < 6 ? spellingLimits.MIDDLE : spellingLimits.LONG
}

/** What it costs to type `typed` for `meant`; Infinity beyond `limit`. Both without tones. */
export function slipCost(typed: string, meant: string, limit: number): number {
  if (Math.abs(typed.length - meant.length) > limit / COST.DOUBLED) return Infinity
  let before: number[] = []
  let last: number[] = [0]
  for (let to = 1; to <= meant.length; to += 1) {
    last.push((last[to - 1] ?? 0) + COST.MISSING + (to === 1 ? COST.AT_HEAD : 0))
  }
  for (let at = 1; at <= typed.length; at += 1) {
    const letter = typed[at - 1] ?? ''
    const head = at === 1 ? COST.AT_HEAD : 0
    const line = [(last[0] ?? 0) + COST.EXTRA + head]
    let least = line[0] ?? 0
    for (let to = 1; to <= meant.length; to += 1) {
      const wanted = meant[to - 1] ?? ''
      const extra = letter === typed[at - 2] || letter === typed[at] ? COST.DOUBLED : COST.EXTRA
      const missing = wanted === meant[to - 2] ? COST.DOUBLED : COST.MISSING
      let cost = Math.min(
        (last[to - 1] ?? 0) + otherCost(letter, wanted, head),
        (last[to] ?? 0) + extra,
        (line[to - 1] ?? 0) + missing,
      )
      if (at > 1 && to > 1 && letter === meant[to - 2] && typed[at - 2] === wanted) {
        cost = Math.min(cost, (before[to - 2] ?? 0) + COST.SWAPPED)
      }
      line.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return Infinity
    before = last
    last = line
  }
  const cost = last[meant.length] ?? Infinity
  return cost > limit ? Infinity : cost
}

function otherCost(typed: string, meant: string, head: number): number {
  if (typed === meant) return 0
  return (beside.has(`${typed}${meant}`) ? COST.BESIDE : COST.OTHER) + head
}

/**
 * The same text for syllables that sound alike somewhere in the country: tr and ch, s and x,
 * d, gi and r, l and n at the head; n, ng and nh, t, c and ch at the end.
 */
export function soundOf(plain: string): string {
  return plain
    .replace(/^ngh/, 'ng')
    .replace(/^gh/, 'g')
    .replace(/^(?:k(?!h)|q)/, 'c')
    .replace(/^tr/, 'ch')
    .replace(/^(?:gi(?=[aeiou])|gi$|d|r)/, 'z')
    .replace(/^x/, 's')
    .replace(/^f/, 'ph')
    .replace(/^n(?!g)/, 'l')
    .replace(/(?:ng|nh)$/, 'n')
    .replace(/(?:ch|c)$/, 't')
    .replace(/y$/, 'i')
}
