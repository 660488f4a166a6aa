import { fold } from '../../../shared/domain/vietnamese.ts'
import {
  isAddress,
  isCard,
  isDate,
  isList,
  type AnswerValue,
  type Field,
  type Procedure,
} from '../../../shared/forms/index.ts'
import type { Places } from '../../../electron/places/index.ts'
import {
  FREQUENT_SHOWN,
  findByWords,
  SUGGESTIONS_SHOWN,
} from '../../../renderer/citizen/long-list.ts'
import { LONG_LIST_FROM } from '../../../shared/domain/long-list.ts'
import { cost, sum, type Cost } from './cost.ts'
import { directKeys, telexKeys } from './typing.ts'

/** What each screen of the page costs whoever makes no mistake on it. */

/** Reads, and touches the way on. */
const readOn = cost({ taps: 1, screens: 1 })
/** A tile, then "go on". */
const chooseOne = cost({ taps: 2, screens: 1, decisions: 1 })
/** Tiles on one page of a group (`choose-by-picture.tsx`). */
export const GROUP_PAGE = 6

/**
 * From the first screen to the first question: the card is laid at once, the notice, "this is me",
 * the group, the procedure on its page, and what it needs.
 */
export function costOfBeginning(place: { readonly index: number; readonly alone: boolean }): Cost {
  const turns = Math.floor(place.index / GROUP_PAGE)
  return sum([
    cost({ screens: 1 }),
    cost({ taps: 1, screens: 1, decisions: 1 }),
    cost({ taps: 1, screens: 1, decisions: 1 }),
    chooseOne,
    place.alone ? cost({}) : sum([chooseOne, cost({ taps: turns, screens: turns })]),
    readOn,
  ])
}

/**
 * From the last screen of one filing to the first question of the next, with the same card. The first
 * of what usually comes next is chosen already; where there is none, "something else" is.
 */
export function costOfAnother(
  place: { readonly index: number; readonly alone: boolean },
  after: readonly string[],
  code: string,
): Cost {
  const at = after.indexOf(code)
  const isChosen = at === 0 || after.length === 0
  const another = cost({ taps: isChosen ? 2 : 3, screens: 2, decisions: 1 })
  if (at >= 0) return sum([another, readOn])
  const { taps, screens, decisions } = costOfBeginning(place)
  // Without the first screen, the notice and "this is me".
  return sum([another, cost({ taps: taps - 2, screens: screens - 3, decisions: decisions - 2 })])
}

/**
 * The check page, on which the declaration is touched and then the filing is sent; and the last screen,
 * which asks for nothing.
 */
export const costOfEnding = cost({ taps: 2, screens: 2 })

/** A sheet that lies under the camera is taken by itself; the citizen looks at it and goes on. */
export const costOfPaper = cost({ taps: 1, screens: 2, feeds: 1 })

/** One question; `value` null leaves it. */
export function costOfAnswer(
  { input, key }: Field,
  value: AnswerValue | null,
  places: Places | null,
): Cost {
  if (value === null) return cost({ taps: 1, screens: 1, decisions: 1 })
  switch (input.kind) {
    case 'choice':
      return costOfChoice(input.choices, plain(value))
    case 'choices': {
      const tiles = typeof value === 'object' && isList(value) ? value.length : 0
      return cost({ taps: tiles + 1, screens: 1, decisions: tiles })
    }
    case 'more':
      return cost({ taps: 1, screens: 1, decisions: 1 })
    case 'card':
      return typeof value === 'object' && isCard(value) ? readOn : cost({})
    case 'name':
    case 'text':
      return sum([readOn, written(plain(value))])
    case 'phone':
    case 'personal-number':
    case 'number':
    case 'money':
      return sum([readOn, digits(plain(value).length)])
    case 'date':
    case 'year':
      return sum([readOn, costOfDate(value, input.kind === 'year')])
    case 'address':
      if (typeof value !== 'object' || !isAddress(value)) throw new Error(`${key} is no place`)
      return costOfPlace(value, input.detail, places)
  }
}

export const plain = (value: AnswerValue): string =>
  typeof value === 'object' ? '' : String(value)

const digits = (count: number): Cost =>
  cost({ taps: count, characters: count, keys: count, telexKeys: count })

const written = (text: string): Cost => {
  const keys = directKeys(text)
  return cost({ taps: keys, keys, telexKeys: telexKeys(text), characters: [...text].length })
}

/** Words by which something is looked for are no part of the filing. */
const sought = (text: string): Cost => ({ ...written(text), characters: 0 })

/** Two digits for day and month, as on paper; the boxes follow by themselves. */
function costOfDate(value: AnswerValue, yearOnly: boolean): Cost {
  if (typeof value !== 'object' || !isDate(value)) throw new Error('no date')
  if (value.month !== undefined && value.day !== undefined) return digits(8)
  // Past the empty boxes by the pad's own key.
  const boxes = yearOnly ? 0 : value.month === undefined ? 2 : 1
  return sum([
    digits(value.month === undefined ? 4 : 6),
    cost({ taps: boxes, keys: boxes, telexKeys: boxes }),
  ])
}

function costOfChoice(
  choices: readonly { readonly value: string; readonly label: string }[],
  value: string,
): Cost {
  const isShown = choices.findIndex((one) => one.value === value) < FREQUENT_SHOWN
  if (choices.length < LONG_LIST_FROM || isShown) return chooseOne
  const label = choices.find((one) => one.value === value)?.label ?? ''
  const typed = fewest(
    fold(label),
    (words) => findByWords(choices, (one) => one.label, words).map((one) => one.value),
    value,
  )
  // "Another", the line that was found, and there "go on".
  return sum([cost({ taps: 3, screens: 2, decisions: 1 }), sought(typed)])
}

/** As few letters from the left as bring the wanted line among those that are shown. */
export function fewest(
  text: string,
  find: (words: string) => readonly string[],
  wanted: string,
): string {
  for (let length = 1; length <= text.length; length += 1) {
    const words = text.slice(0, length)
    if (find(words).slice(0, SUGGESTIONS_SHOWN).includes(wanted)) return words
  }
  throw new Error('a list that does not find its own line')
}

/**
 * The kiosk's own commune is the first tile; in its province the likeliest communes stand there before
 * a letter is typed.
 */
function costOfPlace(
  { text, commune }: { readonly text: string; readonly commune?: string | undefined },
  asksDetail: boolean,
  places: Places | null,
): Cost {
  if (places === null) return sum([readOn, written(text)])
  const code = commune ?? ''
  const [own] = places.provinces()
  const near = places.suggest({ words: text }).find((one) => one.code === code)
  if (near?.kind !== 'commune' || own === undefined) {
    // As an old paper has it: the third tile, and all of it in words.
    return sum([chooseOne, readOn, written(text)])
  }
  const detail = asksDetail ? text.slice(0, text.indexOf(`, ${near.name}`)) : ''
  const below = asksDetail ? sum([readOn, written(detail)]) : cost({})
  if (own.commune?.code === code) return sum([chooseOne, below])
  const isNear = near.province.code === own.code
  const within = isNear ? { province: own.code } : {}
  const find = (words: string) => places.suggest({ words, ...within }).map((one) => one.code)
  const isFirst = isNear && find('').slice(0, SUGGESTIONS_SHOWN).includes(code)
  const name = fold(near.name.replace(/^(Xã|Phường|Đặc khu) /u, ''))
  const words = isFirst ? '' : fewest(name, find, code)
  // Where the commune has no tile of its own, the province is chosen beforehand.
  const isChosen = isNear && own.commune === null
  return sum([
    cost({ taps: isChosen ? 1 : 2, screens: 1, decisions: 1 }),
    // A line of the list; without anything below it, "go on" there.
    cost({ taps: asksDetail ? 1 : 2, screens: 1, decisions: 1 }),
    sought(words),
    below,
  ])
}

/** The procedures of its group as they stand there. */
export const inGroup = (procedure: Procedure, pack: readonly Procedure[]): readonly Procedure[] =>
  pack
    .filter((one) => one.group === procedure.group)
    .toSorted((a, b) => Number(b.often === true) - Number(a.often === true))

/** Where a procedure stands among those of its group. */
export function placeInGroup(procedure: Procedure, pack: readonly Procedure[]) {
  const group = inGroup(procedure, pack)
  return { index: group.indexOf(procedure), alone: group.length === 1 }
}
