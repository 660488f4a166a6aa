import type { Places } from '../../../electron/places/index.ts'
import { FREQUENT_SHOWN } from '../../../renderer/citizen/long-list.ts'
import { LONG_LIST_FROM } from '../../../shared/domain/long-list.ts'
import { isAddress, type Field, type Path, type Procedure } from '../../../shared/forms/index.ts'
import { GROUP_PAGE, inGroup, plain } from './screens.ts'

/**
 * What a procedure costs whoever cannot read, beside what it costs whoever can: a touched tile says
 * itself and waits, and the way on is the same key, so a drawing that no neighbour has costs nothing
 * more. Tiles that look alike are told apart by ear, from the first to the one that is meant. Letters
 * are spelled aloud to an assistant, who steps in and types them.
 */
export interface PictureCost {
  /** Touches beside those of whoever reads. */
  readonly more: number
  /** Those of them that are the assistant's: unlocking, taking over, and leaving. */
  readonly assistant: number
  /** Screens on which tiles were told apart by ear alone. */
  readonly byEar: readonly string[]
  /** Screens whose letters were spelled aloud. */
  readonly spelled: readonly string[]
}

/** "Nghe và làm theo" on the first screen, where whoever reads lays the card at once. */
const LISTEN = 1
/** "Gọi người giúp". */
const CALL = 1
/** "Cán bộ mở khóa", two digits, six, and the key that unlocks. */
const UNLOCK = 1 + 2 + 6 + 1
/** "Làm thay", on each screen that is typed on. */
const TAKE_OVER = 1
/** "Tôi xong, rời máy": the declaration is the citizen's own. */
const STEP_OUT = 1

/** By the way that a citizen took through a form. */
export function pictureCost(
  procedure: Procedure,
  { steps }: Path,
  pack: readonly Procedure[],
  places: Places | null,
): PictureCost {
  const group = inGroup(procedure, pack)
  const page = Math.floor(group.indexOf(procedure) / GROUP_PAGE)
  const onPage = group.slice(page * GROUP_PAGE, (page + 1) * GROUP_PAGE)
  const toProcedure = touchesByEar(onPage, onPage.indexOf(procedure))
  const ears = steps.map(({ field, value }) => ({
    key: field.key,
    touches: value === null ? 0 : byEar(field, plain(value)),
  }))
  const spelled = steps.flatMap(({ field, value }) =>
    value !== null && isSpelled(field, value, places) ? [field.key] : [],
  )
  const assistant = spelled.length === 0 ? 0 : UNLOCK + spelled.length * TAKE_OVER + STEP_OUT
  const called = spelled.length === 0 ? 0 : CALL
  const heard = ears.reduce((all, { touches }) => all + touches, 0)
  return {
    more: LISTEN + toProcedure + heard + called + assistant,
    assistant,
    byEar: ears.filter(({ touches }) => touches > 0).map(({ key }) => key),
    spelled,
  }
}

interface Drawn {
  readonly drawing?: string | undefined
}

/** The tiles before the one that is meant which look like it, each touched to be heard. */
const touchesByEar = (tiles: readonly Drawn[], index: number): number =>
  tiles.slice(0, index).filter(({ drawing }) => drawing === tiles[index]?.drawing).length

function byEar({ input }: Field, value: string): number {
  if (input.kind !== 'choice') return 0
  const { choices } = input
  const isLong = choices.length >= LONG_LIST_FROM
  const shown = isLong ? choices.slice(0, FREQUENT_SHOWN) : choices
  const index = shown.findIndex((one) => one.value === value)
  // "Another", behind those that are shown, is touched before somebody is called.
  return touchesByEar(shown, index === -1 ? shown.length : index)
}

function isSpelled(
  { input }: Field,
  value: NonNullable<Path['steps'][number]['value']>,
  places: Places | null,
): boolean {
  if (input.kind === 'name' || input.kind === 'text') return true
  if (input.kind === 'choice') {
    const index = input.choices.findIndex((one) => one.value === plain(value))
    return input.choices.length >= LONG_LIST_FROM && index >= FREQUENT_SHOWN
  }
  if (input.kind !== 'address') return false
  const own = places?.provinces()[0]?.commune?.code
  const isHere = typeof value === 'object' && isAddress(value) && value.commune === own
  return input.detail || !isHere
}
