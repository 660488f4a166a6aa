import { groupNames, reviewView } from '../../../electron/session/index.ts'
import type { Places } from '../../../electron/places/index.ts'
import {
  FREQUENT_SHOWN,
  findByWords,
  SUGGESTIONS_SHOWN,
} from '../../../renderer/citizen/long-list.ts'
import { LONG_LIST_FROM } from '../../../shared/domain/long-list.ts'
import { fold } from '../../../shared/domain/vietnamese.ts'
import { unreachable } from '../../../shared/domain/result.ts'
import {
  components,
  isAddress,
  isCard,
  isDate,
  resolveValues,
  type AnswerValue,
  type Field,
  type Known,
  type Path,
  type Procedure,
} from '../../../shared/forms/index.ts'
import { walkKeys } from './key-walk.ts'
import { fewest, GROUP_PAGE, placeInGroup, plain } from './screens.ts'

/**
 * What a procedure costs whoever does not see: presses of the keypad from plugging in to leaving, by
 * the same way through the form as touches are counted. Down from the title to what is chosen, as
 * somebody goes who hears the screen for the first time; up to the keys beside the way on; digits on a
 * number row; letters by the rows of the keyboard on the screen.
 */

const SELECT = 1
const NEXT = 1
/** Every screen begins at its title; this is the first stop below it. */
const BELOW_TITLE = 1
const HINT = 1
/** "Tìm thủ tục" stands above the groups. */
const FIND = 1
const BOX = 1
/** Up from the title, over the end of the line: the keys above, those at the bottom, the way on. */
const SETTINGS = 3
const BOTTOM = { attract: 2, otherwise: 4 } as const
const GO = 1
/** Facts of the card beyond these hide behind a key (`review.tsx`). */
const KNOWN_SHOWN = 4

/** The jack, and the key that puts the screen out: above the way on and the key of the language. */
export const pressesToBegin = 1 + SETTINGS + BOTTOM.attract + GO + 1 + 1 + SELECT

/** To the first question: the notice, the card, the group, the procedure, and what it needs. */
function pressesToChoose(procedure: Procedure, pack: readonly Procedure[]): number {
  const groups = Object.keys(groupNames).filter((id) => pack.some(({ group }) => group === id))
  const place = placeInGroup(procedure, pack)
  if (place.alone || place.index >= GROUP_PAGE) throw new Error(`${procedure.code} lies elsewhere`)
  const toGroup = HINT + FIND + groups.indexOf(procedure.group) + BELOW_TITLE + SELECT + NEXT
  const toProcedure = HINT + place.index + BELOW_TITLE + SELECT + NEXT
  // From the first screen, the notice and "this is me" by "next"; and from what it needs.
  return 3 * NEXT + toGroup + toProcedure + NEXT
}

/** From the first question until the visit is over. */
export function pressesOf(
  procedure: Procedure,
  known: Known,
  { steps, answers }: Path,
  pack: readonly Procedure[],
  places: Places | null,
): number {
  const scope = { values: resolveValues(procedure, known, answers), today: known.today }
  const papers = components(procedure, scope).filter((one) => one.handling === 'scan')
  const review = reviewView(procedure, known, answers)
  const tables = review.tables.map(
    ({ rows, change }) => rows.flatMap(({ cells }) => cells).length + (change === null ? 0 : 1),
  )
  const onReview = [
    // What the card said, and the procedure with its fee: two sheets.
    2,
    review.answers.length,
    review.offered.length,
    review.assumed.length,
    papers.length,
    ...tables,
    review.known.length > KNOWN_SHOWN ? 1 : 0,
  ]
  return [
    pressesToBegin,
    pressesToChoose(procedure, pack),
    ...steps.map(({ field, value }) => pressesOfAnswer(field, value, places)),
    ...papers.map(() => NEXT),
    ...onReview,
    BELOW_TITLE + SELECT + NEXT,
    // "Xong, xoá thông tin" on the last screen.
    NEXT,
  ].reduce((all, one) => all + one, 0)
}

function pressesOfAnswer(field: Field, value: AnswerValue | null, places: Places | null): number {
  const { input, key } = field
  const hint = field.hint !== undefined || !field.required ? HINT : 0
  // A card that is waited for has no way on but this one.
  if (value === null) {
    return SETTINGS + BOTTOM.otherwise + (input.kind === 'card' ? 0 : GO) + 1 + SELECT
  }
  switch (input.kind) {
    case 'choice':
      return pressesOfChoice(input.choices, plain(value), hint)
    case 'card':
      return typeof value === 'object' && isCard(value) ? NEXT : 0
    case 'name':
    case 'text':
      return written(plain(value), hint, input.kind === 'text')
    case 'phone':
    case 'personal-number':
    case 'number':
    case 'money':
      return plain(value).length + NEXT
    case 'date':
      if (typeof value !== 'object' || !isDate(value) || value.day === undefined) break
      return 8 + NEXT
    case 'more':
      if (value === 'yes') break
      return NEXT
    case 'address':
      if (typeof value !== 'object' || !isAddress(value)) break
      return pressesOfPlace(value.text, input.detail, hint, places)
    case 'choices':
    case 'year':
      break
    default:
      return unreachable(input)
  }
  throw new Error(`${key}: nobody has counted this`)
}

const written = (text: string, hint: number, hasDigits: boolean): number =>
  walkKeys(text, hint + BOX + BELOW_TITLE, hasDigits).presses + NEXT

function pressesOfChoice(
  choices: readonly { readonly value: string; readonly label: string }[],
  value: string,
  hint: number,
): number {
  const index = choices.findIndex((one) => one.value === value)
  if (choices.length < LONG_LIST_FROM || index < FREQUENT_SHOWN) {
    return hint + index + BELOW_TITLE + SELECT + NEXT
  }
  // "Another", some letters, and up from the keyboard to the line that was found.
  const find = (words: string) =>
    findByWords(choices, (one) => one.label, words).map((one) => one.value)
  const typed = fewest(fold(choices[index]?.label ?? ''), find, value)
  const shown = find(typed).slice(0, SUGGESTIONS_SHOWN)
  const { presses, row } = walkKeys(typed, HINT + BOX + BELOW_TITLE, false)
  const toLine = 1 + row + shown.length - shown.indexOf(value)
  return hint + FREQUENT_SHOWN + BELOW_TITLE + SELECT + presses + toLine + SELECT + NEXT
}

/** In the kiosk's own commune, which is the first tile, and there the house in words. */
function pressesOfPlace(
  text: string,
  asksDetail: boolean,
  hint: number,
  places: Places | null,
): number {
  const own = places?.provinces()[0]?.commune?.name
  if (own === undefined || !text.includes(own)) throw new Error(`${text} is not here`)
  const toTile = hint + BELOW_TITLE + SELECT + NEXT
  return asksDetail ? toTile + written(text.slice(0, text.indexOf(`, ${own}`)), HINT, true) : toTile
}
